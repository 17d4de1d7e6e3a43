import { Band } from '../../ui/band.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import type { KeepHere } from './use-keep-here.ts';

/** Keeping a new key is for the person to choose: the box starts empty. */
export function KeepHereBox({ keep: { offer, ticked, busy, failure, tick } }: { readonly keep: KeepHere }) {
  return (
    offer && (
      <>
        <CheckBox {...offer} checked={ticked} disabled={busy} onChange={({ target }) => tick(target.checked)} />
        {failure && (
          <Band tone="bad" title={failure.sentence} alerts>
            {failure.next} The new key is still shown above.
          </Band>
        )}
      </>
    )
  );
}
