import { useRef, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Failure } from '../../http/failure.ts';
import { fail } from '../../lib/result.ts';
import type { Person } from '../../providers/server-sessions-face.ts';
import { findPeople, type Found } from '../../refresh/act-at-server.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { noAsker } from './carry-out-ending.ts';

interface FindPersonProps {
  /** The count whose session has the right to look. */
  readonly askerKey: string;
  readonly onFound: (person: Person) => void;
}

/** Finds somebody by user name, e-mail or id. One exact answer is shown at once; others are offered. */
export function FindPerson({ askerKey, onFound }: FindPersonProps) {
  const { hands, slotCounter } = useServices();
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<(Found & { readonly text: string }) | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function find(text: string, first: number): Promise<void> {
    if (busy || text.trim() === '') return;
    setBusy(true);
    setFailure(null);
    const asker = await (await slotCounter.load()).askerOf(askerKey);
    const answer = asker ? await findPeople(hands, asker, text, first) : fail(noAsker);
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.failure);
      return;
    }
    const [only, second] = answer.value.people;
    if (answer.value.exact && only && !second) {
      setFound(null);
      onFound(only);
      return;
    }
    const before = first > 0 ? (found?.people ?? []) : [];
    setFound({ ...answer.value, text, people: [...before, ...answer.value.people] });
  }

  return (
    <div className="grid gap-2">
      <form
        role="search"
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          void find(input.current?.value ?? '', 0);
        }}
      >
        <input
          ref={input}
          type="search"
          className="input max-w-80 min-w-40 flex-1"
          aria-label="Find a person by user name, e-mail or id"
          placeholder="A person: user name, e-mail or id"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={200}
        />
        <Button type="submit" busy={busy}>
          Find
        </Button>
      </form>
      {failure && (
        <Band tone="warn" title={failure.sentence} alerts>
          {failure.next}
        </Band>
      )}
      {found && (
        <div className="grid gap-1.5">
          <p className="text-ink-2" role="status">
            {found.people.length === 0
              ? 'Nobody of this name, e-mail or id, and nobody whose name holds it.'
              : `Nobody is called exactly that. ${String(found.people.length)}${found.more ? ' and more' : ''} whose name or e-mail holds it:`}
          </p>
          <ul className="grid gap-1">
            {found.people.map((person) => (
              <li key={person.id} className="flex flex-wrap items-baseline gap-x-3">
                <Button
                  size="small"
                  onClick={() => {
                    setFound(null);
                    onFound(person);
                  }}
                >
                  {person.name}
                </Button>
                <span className="text-ink-2">{[person.fullName, person.email].filter(Boolean).join(' · ')}</span>
                {person.enabled === false && <span className="text-warn">disabled</span>}
              </li>
            ))}
          </ul>
          {found.more && (
            <div>
              <Button size="small" busy={busy} onClick={() => void find(found.text, found.people.length)}>
                Show more
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
