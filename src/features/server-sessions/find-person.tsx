import { memo, useCallback, useRef, useState } from 'react';
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

type FoundFor = Found & { readonly text: string };

/** As it was typed. What it holds must not turn the words around it. */
const Quoted = ({ text }: { readonly text: string }) => (
  <>
    “<bdi>{text}</bdi>”
  </>
);

function FoundWords({ text, exact, people, more }: FoundFor) {
  const quoted = <Quoted text={text} />;
  if (people.length === 0) return <>Nobody has the user name, e-mail or id {quoted}, or a name that holds it.</>;
  const many = `${String(people.length)}${more ? ' and more' : ''}`;
  return exact ? (
    <>
      {many} have exactly {quoted} as user name, e-mail or id:
    </>
  ) : (
    <>
      Nobody is called exactly {quoted}. {many} whose name or e-mail holds it:
    </>
  );
}

/** Drawn once: the next page of two hundred adds its own twenty. */
const FoundPerson = memo(function FoundPerson({
  person,
  onPick,
}: {
  readonly person: Person;
  readonly onPick: (person: Person) => void;
}) {
  const { name, fullName, email, enabled } = person;
  return (
    <li className="flex flex-wrap items-baseline gap-x-3">
      <Button size="small" onClick={() => onPick(person)}>
        {name}
      </Button>
      <span className="text-ink-2">{[fullName, email].filter(Boolean).join(' · ')}</span>
      {enabled === false && <span className="text-warn">disabled</span>}
    </li>
  );
});

/** Finds somebody by user name, e-mail or id. One exact answer is shown at once; others are offered. */
export function FindPerson({ askerKey, onFound }: FindPersonProps) {
  const { hands, slotCounter } = useServices();
  const input = useRef<HTMLInputElement>(null);
  const asking = useRef<object | null>(null);
  /** What is asked for now; null where nothing is. */
  const [asked, setAsked] = useState<string | null>(null);
  const [found, setFound] = useState<FoundFor | null>(null);
  const [failure, setFailure] = useState<(Failure & { readonly text: string }) | null>(null);

  const pick = useCallback(
    (person: Person) => {
      asking.current = null;
      setAsked(null);
      setFound(null);
      onFound(person);
    },
    [onFound],
  );

  async function find(typed: string, first: number): Promise<void> {
    const text = typed.trim();
    if (text === '' || text === asked) return;
    const mine = (asking.current = {});
    setAsked(text);
    setFailure(null);
    if (first === 0) setFound(null);
    const asker = await (await slotCounter.load()).askerOf(askerKey);
    const answer = asker ? await findPeople(hands, asker, text, first) : fail(noAsker);
    // Somebody else is looked for by now.
    if (asking.current !== mine) return;
    setAsked(null);
    if (!answer.ok) {
      setFailure({ ...answer.failure, text });
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
        <Button type="submit">
          {asked !== null && <span className="mark" data-mark="busy" aria-hidden="true" />}
          Find
        </Button>
      </form>
      <span className="sr-only" role="status">
        {asked !== null && (
          <>
            Looking for <Quoted text={asked} />…
          </>
        )}
      </span>
      {failure && (
        <Band
          tone="warn"
          title={
            <>
              Looking for <Quoted text={failure.text} />: {failure.sentence}
            </>
          }
          alerts
        >
          {failure.next}
        </Band>
      )}
      {found && (
        <div className="grid gap-1.5">
          <p className="wrap-anywhere text-ink-2" role="status">
            <FoundWords {...found} />
          </p>
          <ul className="grid gap-1">
            {found.people.map((person) => (
              <FoundPerson key={person.id} person={person} onPick={pick} />
            ))}
          </ul>
          {found.more && !found.exact && (
            <div>
              <Button size="small" busy={asked !== null} onClick={() => void find(found.text, found.people.length)}>
                Show more
              </Button>
            </div>
          )}
        </div>
      )}
    </div>
  );
}
