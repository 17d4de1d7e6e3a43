import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { CallRecord } from '../http/call.ts';
import type { Connection, Hello } from '../http/envelope.ts';
import type { SessionView } from '../sessions/record.ts';
import { helloQuery } from './hello-query.ts';
import type { Services } from './services.ts';

const ServicesContext = createContext<Services | null>(null);

export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('A screen was rendered outside of ServicesProvider');
  return services;
}

/** Every session of this console, without its secrets. */
export const useSessions = (): readonly SessionView[] => useStore(useServices().state, (state) => state.sessions);

/** The last calls, newest first. */
export const useCalls = (): readonly CallRecord[] => useStore(useServices().state, (state) => state.calls);

/** When the next session is refreshed, on the hybrid clock; null where none waits for a time. */
export const useNextRefresh = (): number | null => useStore(useServices().state, (state) => state.nextRefreshAtMs);

export const useOnline = (): boolean => useStore(useServices().state, (state) => state.online);

/** What the gateway said of itself; undefined before its first answer. `failed` where it does not answer. */
export function useHello(): { readonly hello: Hello | undefined; readonly failed: boolean } {
  const { caller } = useServices();
  const { data, isError } = useQuery(helloQuery(caller));
  return { hello: data, failed: isError };
}

const none: readonly Connection[] = [];

export const useConnections = (): readonly Connection[] => useHello().hello?.connections ?? none;
