import { useEffect, useState } from 'react';
import type { Services } from '../console/services.ts';
import { useServices } from '../console/use-services.ts';
import type { SessionView } from '../sessions/record.ts';

/** What is looked at, and what was there to be looked at so far. */
interface View {
  readonly id: string | null;
  readonly known: ReadonlySet<string>;
  /** When the newest of them was opened. */
  readonly newestAtMs: number;
}

const nothing: View = { id: null, known: new Set(), newestAtMs: -Infinity };

/** By connection: who comes back to a page finds what they left there. */
const views = new WeakMap<Services, Map<string, View>>();

/**
 * The session that a provider's page is about. It stays, dead or alive, until the person chooses another, signs in, or
 * ends it: another person's session never takes its place by itself. `sessions`: not over, newest first.
 */
export function useSessionInView(
  connection: string,
  sessions: readonly SessionView[],
): { readonly session: SessionView | undefined; choose(id: string): void } {
  const services = useServices();
  const [before, setView] = useState(() => views.get(services)?.get(connection) ?? nothing);
  const view = nextView(before, sessions);
  if (view !== before) setView(view);
  useEffect(() => {
    const known = views.get(services) ?? new Map<string, View>();
    views.set(services, known.set(connection, view));
  }, [services, connection, view]);
  return {
    session: sessions.find(({ id }) => id === view.id),
    choose: (id) => setView((now) => ({ ...now, id })),
  };
}

function nextView(view: View, sessions: readonly SessionView[]): View {
  const stays = sessions.find(({ id }) => id === view.id);
  if (stays ? sessions.every(({ id }) => view.known.has(id)) : view.id === null && sessions.length === 0) return view;
  // Sessions of before, that a vault brings back, are no sign-in.
  const opened = sessions.find(({ id, openedAtMs }) => !view.known.has(id) && openedAtMs >= view.newestAtMs);
  const first = sessions.find(({ tokens }) => tokens) ?? sessions[0];
  return {
    id: ((view.id === null ? undefined : opened) ?? stays ?? first)?.id ?? null,
    known: new Set([...view.known, ...sessions.map(({ id }) => id)]),
    newestAtMs: Math.max(view.newestAtMs, ...sessions.map(({ openedAtMs }) => openedAtMs)),
  };
}
