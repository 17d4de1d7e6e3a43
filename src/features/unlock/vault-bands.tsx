import { useState } from 'react';
import { useKeeping, useServices } from '../../console/use-services.ts';
import { Band } from '../../ui/band.tsx';
import type { StorageTrouble } from '../../sessions/record-store.ts';
import { Button } from '../../ui/button.tsx';
import { failureWords } from './failure-words.ts';

/** What is wrong with what is kept, for as long as it is wrong. */
export function VaultBands() {
  const { trouble, held, damaged } = useKeeping();
  const { vault } = useServices();
  const [forgetting, setForgetting] = useState(false);

  async function forget(): Promise<void> {
    setForgetting(true);
    await (await vault?.load())?.forgetDamaged();
    setForgetting(false);
  }

  return (
    <>
      {trouble !== null && (
        <Band tone="bad" title={failureWords(trouble).title} alerts>
          {consequence(trouble, held)}
        </Band>
      )}
      {damaged > 0 && (
        <Band
          tone="warn"
          title={
            damaged === 1
              ? 'One record of the vault cannot be read. It is set aside.'
              : `${damaged} records of the vault cannot be read. They are set aside.`
          }
          action={
            <Button size="small" busy={forgetting} onClick={() => void forget()}>
              Delete {damaged === 1 ? 'it' : 'them'}
            </Button>
          }
        >
          Everything else is usable. What was in {damaged === 1 ? 'it' : 'them'} cannot be restored: sign in again where
          a session is missing.
        </Band>
      )}
    </>
  );
}

function consequence(trouble: StorageTrouble, held: number): string {
  if (held > 0) {
    const waits = held === 1 ? 'One answer waits' : `${held} answers wait`;
    return `${waits} in the memory of this tab until it can be stored. Do not close this tab. It goes on by itself.`;
  }
  return trouble === 'superseded'
    ? 'Nothing is refreshed in this tab any more, and nothing stored was lost. Reload this page.'
    : 'Nothing is refreshed until it does. Tokens that are still good can be copied, and nothing stored was lost.';
}
