import { createContext, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import type { CallRecord } from '../http/call.ts';
import type { Connection, Hello } from '../http/envelope.ts';
import type { Provider } from '../providers/contract.ts';
import type { CredentialView } from '../sessions/credential.ts';
import type { SessionView } from '../sessions/record.ts';
import { isForgetful, type KeepingState } from './keeping.ts';
import type { ConsoleState, Notice, Services } from './services.ts';

const ServicesContext = createContext<Services | null>(null);

export const ServicesProvider = ServicesContext.Provider;

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (!services) throw new Error('Outside of ServicesProvider');
  return services;
}

const useConsole = <Value>(select: (state: ConsoleState) => Value): Value => useStore(useServices().state, select);

/** Every session of this console, without its secrets. */
export const useSessions = (): readonly SessionView[] => useConsole((state) => state.sessions);

/** Every credential that is kept for minting again, without its secrets. */
export const useCredentials = (): readonly CredentialView[] => useConsole((state) => state.credentials);

/** What everybody at the console should know, newest first. */
export const useAnnouncements = (): readonly Notice[] => useConsole((state) => state.notices);

/** The last calls, newest first. */
export const useCalls = (): readonly CallRecord[] => useConsole((state) => state.calls);

export const useOnline = (): boolean => useConsole((state) => state.offlineSinceMs === null);

/** What becomes of the sessions when the page goes, and whether this browser's storage does its part. */
export const useKeeping = (): KeepingState => useStore(useServices().keeping);

/** A reload forgets every session. */
export const useForgetful = (): boolean => useStore(useServices().keeping, isForgetful);

/** What the gateway said of itself; undefined before its first answer. `failed` where it does not answer. */
export function useHello(): { readonly hello: Hello | undefined; readonly failed: boolean } {
  const hello = useConsole((state) => state.hello);
  const failed = useConsole((state) => state.silentSinceMs !== null);
  return { hello: hello ?? undefined, failed };
}

/** Until the sessions were read, there being none says nothing. */
export const useSessionsRead = (): boolean => useConsole((state) => state.sessionsRead);

const none: readonly Connection[] = [];

export const useConnections = (): readonly Connection[] => useHello().hello?.connections ?? none;

/** What connections are called, by id: also those that the operator's file names no longer, as far as they were heard of. */
export const useConnectionNames = (): ReadonlyMap<string, string> => useConsole((state) => state.names);

/** The faces of these providers as far as their chunks have arrived; those that have not are asked for. */
export function useFaces(ids: readonly string[]): ReadonlyMap<string, Provider> {
  const { hands } = useServices();
  const wanted = [...new Set(ids)].sort().join(' ');
  useEffect(() => {
    // What is drawn without them comes first.
    const timer = setTimeout(() => {
      for (const id of wanted.split(' ')) if (id !== '') hands.provider(id).catch(() => undefined);
    });
    return () => clearTimeout(timer);
  }, [hands, wanted]);
  return useConsole((state) => state.faces);
}
