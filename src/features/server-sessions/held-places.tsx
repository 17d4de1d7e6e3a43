import type { ReactNode } from 'react';
import type { Held } from '../../sessions/slot-ledger.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import { Button } from '../../ui/button.tsx';
import { heldWords } from './held-words.ts';
import { useFreeing, useStrike } from './use-held.ts';

interface HeldPlacesProps {
  readonly connection: string;
  readonly held: readonly Held[];
  /** Of the list. */
  readonly className?: string;
  /** Said where not all of them could be freed. */
  readonly notFreed: ReactNode;
  /** Beside the button. */
  readonly children?: ReactNode;
}

/** Places that may be held, and a press that frees those which can be freed from here. */
export function HeldPlaces({ connection, held, className, notFreed, children }: HeldPlacesProps) {
  const { busy, failed, free } = useFreeing(connection);
  const freeable = held.filter((one) => one.freeable).length;
  return (
    <>
      <ul className={className}>
        {held.map((one) => (
          <li key={one.id} className="tabular-nums">
            {heldWords(one)}
            {one.isGuess && <Strike held={one} />}
          </li>
        ))}
      </ul>
      {freeable > 0 && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button size="small" busy={busy} onClick={() => void free()}>
            Free {freeable}
          </Button>
          {children}
        </div>
      )}
      {failed && notFreed}
    </>
  );
}

/** Only a person can compare what the server has with a sign-in whose answer told nothing, or a session without an end. */
function Strike({ held }: { readonly held: Held }) {
  const { name, openedAtMs } = held;
  const { strike, failed } = useStrike(held);
  const at = formatClockTime(openedAtMs);
  const what = name === null ? `sign-in of ${at}` : `session of ${name}, opened ${at},`;
  return (
    <>
      {' '}
      <Button size="small" look="quiet" onClick={() => void strike()}>
        {name === null ? 'It opened nothing, or is ended' : 'It is ended'}
        <span className="sr-only">: take the {what} off this list</span>
      </Button>
      {failed && <span role="alert"> Still in the list: it could not be taken off in this browser’s storage.</span>}
    </>
  );
}
