import { Suspense } from 'react';
import { useStore } from 'zustand';
import { useServices, useSessions } from '../../console/use-services.ts';
import { openAt } from '../../features/sign-in/sign-in-desk.ts';
import type { Connection } from '../../http/envelope.ts';
import type { SlotRule } from '../../providers/contract.ts';
import { ocp } from '../../providers/ocp/index.ts';
import type { SessionView } from '../../sessions/record.ts';
import { lazyPart, type Fetchable } from '../../ui/lazy-part.ts';
import { ProviderPage } from '../provider-page.tsx';

const sessionsPart = () => import('../../features/server-sessions/server-sessions.tsx');
const ServerSessions = lazyPart(async () => (await sessionsPart()).ServerSessions);
const HeldList = lazyPart(async () => (await import('../../features/server-sessions/held-list.tsx')).HeldList);

/** Both at once: the list that came later would push the table away. */
const withHeldList: Fetchable = {
  load: () => Promise.all([ServerSessions.load(), HeldList.load()]),
  arrived: () => ServerSessions.arrived() && HeldList.arrived(),
};

const fetchCounted = async (): Promise<unknown> => (await sessionsPart()).fetchCounted();

/** OCP's IAM: sign in with user name and password, and see and end the limited sessions at the server. */
export function Page() {
  const { state } = useServices();
  const sessions = useSessions();
  const signIns = useStore(state, ({ leftSignIns }) => leftSignIns);
  const mayHold =
    sessions.some(({ provider, leftover }) => provider === ocp.id && leftover) ||
    signIns.some(({ provider, lostAtMs }) => provider === ocp.id && lostAtMs !== null);
  const held = ({ id }: Connection) =>
    mayHold && (
      <Suspense>
        <HeldList connection={id} />
      </Suspense>
    );
  return (
    <ProviderPage
      provider={ocp}
      about={(connection) => [...about(connection), ...usedHere(sessions, connection)]}
      ahead={mayHold ? withHeldList : ServerSessions}
      beforeSignIn={fetchCounted}
      withoutSession={held}
      own={({ connection, sessions: open, session, choose }) => (
        <ServerSessions
          connection={connection}
          rule={ocp.slots(connection)}
          face={ocp.serverSessions}
          sessions={open}
          session={session}
          held={held(connection)}
          onChoose={choose}
        />
      )}
    />
  );
}

function about(connection: Connection): readonly string[] {
  const { settings } = connection;
  return [
    `realm ${settings['realm'] ?? 'master'}`,
    `client ${settings['clientId'] ?? 'ocp'}`,
    limitWords(ocp.slots(connection).limit),
  ];
}

function limitWords(limit: SlotRule['limit']): string {
  if (limit === 'none') return 'no session limit set';
  if (limit === 'unknown') return 'session limit unknown';
  return `limit ${String(limit)} sessions`;
}

/** "alice: 2 of 5 used by this browser": known before a sign-in, without asking anybody. */
function usedHere(sessions: readonly SessionView[], connection: Connection): readonly string[] {
  const { limit } = ocp.slots(connection);
  const used = new Map<string, number>();
  for (const { identity } of openAt(sessions, connection.id)) {
    used.set(identity.name, (used.get(identity.name) ?? 0) + 1);
  }
  const most = typeof limit === 'number' ? ` of ${String(limit)}` : '';
  return [...used].map(([name, count]) => `${name}: ${String(count)}${most} used by this browser`);
}
