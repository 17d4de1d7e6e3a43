import { Suspense } from 'react';
import { useStore } from 'zustand';
import { useServices, useSessions } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { SlotRule } from '../../providers/contract.ts';
import { ocp } from '../../providers/ocp/index.ts';
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
      about={about}
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
