import { useState } from 'react';
import { chooseFreeAtStart, freesAtStart } from '../../console/free-at-start.ts';
import { Band } from '../../ui/band.tsx';
import { Switch } from '../../ui/switch.tsx';
import { HeldPlaces } from './held-places.tsx';
import { useHeld } from './use-held.ts';

/** Places that this browser took and did not give back: what it can still free, and what it cannot. */
export function HeldList({ connection }: { readonly connection: string }) {
  const held = useHeld(connection);
  const [byItself, setByItself] = useState(freesAtStart);
  if (held.length === 0) return null;
  return (
    <Band
      tone="warn"
      title={`${String(held.length)} ${held.length === 1 ? 'session' : 'sessions'} that this browser opened may still hold a slot.`}
    >
      <div className="grid gap-2">
        <HeldPlaces
          {...{ connection, held }}
          notFreed={
            <p>Not all of them could be freed. They stay in this list; try again, or wait for the time that is said.</p>
          }
        >
          <Switch
            shown
            label="From now on by itself at the start"
            checked={byItself}
            onChange={(on) => {
              setByItself(on);
              chooseFreeAtStart(on);
            }}
          />
        </HeldPlaces>
      </div>
    </Band>
  );
}
