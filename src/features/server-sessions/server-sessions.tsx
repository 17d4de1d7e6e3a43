import { Suspense, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { keyOf } from '../../console/slot-key.ts';
import { useServices } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { SlotRule } from '../../providers/contract.ts';
import type { ServerSessionsFace } from '../../providers/server-sessions-face.ts';
import type { Identity } from '../../providers/tokens.ts';
import type { SessionView } from '../../sessions/record.ts';
import { useLater } from '../../ui/use-later.ts';
import { CountedSessions, SomebodyElse } from './slot-parts.ts';
import { isOnePerson, useSeen } from './use-seen.ts';
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
  const people = [session, ...sessions]
    .map(({ identity }) => identity)
    .filter((one, at, all) => all.findIndex((other) => isOnePerson(other, one)) === at);

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4.5">
      {mayFind && (
        <Suspense>
          <SomebodyElse {...{ connection, rule, face, askerKey: inViewKey, asker: session.id }} />
        </Suspense>
      )}
      {people.map((who) => (
        <OwnSessions key={who.name} {...{ connection, rule, who, sessions, onChoose }} inView={session.id} />
      ))}
      {held}
    </div>
  );
}

/** What the count is drawn with. */
export const fetchCounted = (): Promise<unknown> => CountedSessions.load();

interface OwnProps extends Pick<ServerSessionsProps, 'connection' | 'rule' | 'sessions' | 'onChoose'> {
  readonly who: Identity;
  readonly inView: string;
}

function OwnSessions({ connection, rule, who, sessions, inView, onChoose }: OwnProps) {
  const { name } = who;
  const { slotCounts } = useServices();
  const count = useStore(slotCounts, (counts) => counts.get(keyOf(connection.id, name)));
  const own = sessions.filter(({ identity }) => isOnePerson(identity, who));
  const seen = useSeen(count, own, inView);
  // Refused tokens leave it open whether the slot is held, until it has certainly freed itself.
  const doubtful = useSeen(
    undefined,
    own.filter(({ id }) => count?.refused.includes(id)),
    inView,
  );
  // What a list said that nobody can have anew stays, with its age.
  if (!count?.sessions && seen.length === 0 && doubtful.length === 0) return null;
  return <UserSessions {...{ connection, name, rule, count, seen, onChoose }} endAllAlso={null} />;
}
