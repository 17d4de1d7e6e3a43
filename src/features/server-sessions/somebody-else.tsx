import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useServices, useSessions } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { SlotRule } from '../../providers/contract.ts';
import type { Person, ServerSessionsFace } from '../../providers/server-sessions-face.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Panel } from '../../ui/panel.tsx';
import { FindPerson } from './find-person.tsx';
import { useSeen } from './use-seen.ts';
import { UserSessions } from './user-sessions.tsx';

interface SomebodyElseProps {
  readonly connection: Connection;
  readonly rule: SlotRule;
  readonly face: () => Promise<ServerSessionsFace>;
  /** The session with the right to look, and the count of its user. */
  readonly asker: string;
  readonly askerKey: string;
}

/** Finds a person, for whoever may look at others, and shows that person's sessions. */
export function SomebodyElse({ askerKey, ...where }: SomebodyElseProps) {
  const [person, setPerson] = useState<Person | null>(null);
  return (
    <>
      <Panel title="Somebody else">
        <FindPerson askerKey={askerKey} onFound={setPerson} />
      </Panel>
      {person && <PersonSessions key={person.id} {...where} person={person} onClose={() => setPerson(null)} />}
    </>
  );
}

interface PersonProps extends Omit<SomebodyElseProps, 'askerKey'> {
  readonly person: Person;
  readonly onClose: () => void;
}

function PersonSessions({ connection, rule, face, person, asker, onClose }: PersonProps) {
  const { slotCounts, slotCounter } = useServices();
  const [also, setAlso] = useState<string | null>(null);
  const count = useStore(slotCounts, (counts) =>
    [...counts.values()].find((one) => one.connection === connection.id && one.person?.id === person.id),
  );
  const here = useSessions().filter((one) => one.connection === connection.id);
  // Which of them are this person's the server's list tells, by its own names of them.
  const seen = useSeen(count, count?.sessions ? here : none, asker);

  useEffect(() => {
    let stop: (() => void) | null = null;
    let left = false;
    void slotCounter
      .load()
      .then((counter) => counter.watch(asker, person))
      .then((stopWatching) => {
        if (left) stopWatching();
        else stop = stopWatching;
      });
    void face().then(({ others }) => setAlso(others.endAllAlso));
    return () => {
      left = true;
      stop?.();
    };
  }, [slotCounter, asker, person, face]);

  if (!count) {
    return (
      <Panel title={`Sessions of ${person.name}`}>
        <p className="text-ink-2">Counting…</p>
      </Panel>
    );
  }
  return <UserSessions {...{ connection, rule, count, seen, onClose }} name={person.name} endAllAlso={also} />;
}

const none: readonly SessionView[] = [];
