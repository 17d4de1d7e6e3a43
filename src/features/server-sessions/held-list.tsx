import { useState } from 'react';
import { chooseFreeAtStart, freesAtStart } from '../../console/free-at-start.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';
import { heldWords } from './held-words.ts';
import { useFreeing, useHeld } from './use-held.ts';

/** Places that this browser took and did not give back: what it can still free, and what it cannot. */
export function HeldList({ connection }: { readonly connection: string }) {
  const held = useHeld(connection);
  const { busy, failed, free } = useFreeing(connection);
  const [byItself, setByItself] = useState(freesAtStart);
  const freeable = held.filter((one) => one.freeable).length;

  if (held.length === 0) return null;
  return (
    <Band
      tone="warn"
      title={`${String(held.length)} ${held.length === 1 ? 'session' : 'sessions'} that this browser opened may still hold a slot.`}
    >
      <div className="grid gap-2">
        <ul>
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
            <Switch
              shown
              label="From now on by itself at the start"
              checked={byItself}
              onChange={(on) => {
                setByItself(on);
                chooseFreeAtStart(on);
              }}
            />
          </div>
        )}
        {failed && (
          <p>Not all of them could be freed. They stay in this list; try again, or wait for the time that is said.</p>
        )}
      </div>
    </Band>
  );
}
