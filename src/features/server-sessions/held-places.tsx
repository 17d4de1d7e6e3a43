import type { ReactNode } from 'react';
import type { Held } from '../../sessions/slot-ledger.ts';
import { Button } from '../../ui/button.tsx';
import { heldWords } from './held-words.ts';
import { useFreeing } from './use-held.ts';

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
