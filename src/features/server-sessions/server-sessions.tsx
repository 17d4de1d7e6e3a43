import { Suspense, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { keyOf } from '../../console/slot-key.ts';
import { useServices } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { SlotRule } from '../../providers/contract.ts';
import type { ServerSessionsFace } from '../../providers/server-sessions-face.ts';
import type { SessionView } from '../../sessions/record.ts';
import { useLater } from '../../ui/use-later.ts';
import { CountedSessions, SomebodyElse } from './slot-parts.ts';
import { useSeen } from './use-seen.ts';
import { UserSessions } from './user-sessions.tsx';

interface ServerSessionsProps {
  readonly connection: Connection;
  readonly rule: SlotRule;
  readonly face: () => Promise<ServerSessionsFace>;
  /** At that connection and not over. */
  readonly sessions: readonly SessionView[];
  readonly session: SessionView;
  /** Places that may be held there and that nobody uses. */
  readonly held: ReactNode;
  readonly onChoose: (id: string) => void;
}

/** The sessions of the user in view, of the other users of this browser, and of a person that was looked up. */
export function ServerSessions(props: ServerSessionsProps) {
  const { connection, rule, face, sessions, session, held, onChoose } = props;
  const { slotCounts } = useServices();
  const inViewKey = keyOf(connection.id, session.identity.name);
  const rights = useStore(slotCounts, (counts) => counts.get(inViewKey)?.rights);
  const mayFind = useLater(SomebodyElse, rights?.reach === 'any-user') !== undefined;
  const names = [...new Set([session, ...sessions].map(({ identity }) => identity.name))];

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4.5">
      {mayFind && (
        <Suspense>
          <SomebodyElse {...{ connection, rule, face, askerKey: inViewKey, asker: session.id }} />
        </Suspense>
      )}
      {names.map((name) => (
        <OwnSessions key={name} {...{ connection, rule, name, sessions, onChoose }} inView={session.id} />
      ))}
      {held}
    </div>
  );
}

/** What the count is drawn with. */
export const fetchCounted = (): Promise<unknown> => CountedSessions.load();

interface OwnProps extends Pick<ServerSessionsProps, 'connection' | 'rule' | 'sessions' | 'onChoose'> {
  readonly name: string;
  readonly inView: string;
}

function OwnSessions({ connection, rule, name, sessions, inView, onChoose }: OwnProps) {
  const { slotCounts } = useServices();
  const count = useStore(slotCounts, (counts) => counts.get(keyOf(connection.id, name)));
  const seen = useSeen(count, sessions, name, inView);
  if (seen.length === 0) return null;
  return <UserSessions {...{ connection, name, rule, count, seen, onChoose }} endAllAlso={null} />;
}
