import { createElement, useEffect, useRef, useState } from 'react';
import type { DeskFailure, PasskeyView, VaultDesk } from '../../console/vault-desk.ts';
import { prepareMoments } from '../../lib/format-time.ts';
import type { Later } from '../../lib/later.ts';
import { Band } from '../../ui/band.tsx';
import { Brand } from '../../ui/brand.tsx';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useLater } from '../../ui/use-later.ts';
import { DeskForm } from './desk-form.tsx';
import { textIn } from './text-in.ts';
import { failureBand } from './unlock-parts.ts';
import { useDeskWork } from './use-desk-work.ts';
import { WipeLocked } from './wipe-locked.tsx';
import { wrongWords } from './wrong-words.ts';

const FIELD = 'keyward-passphrase';

/**
 * All there is while the vault is locked: no session, no key, no call. Another tab that is unlocked opens this one before
 * anybody types.
 */
export function LockScreen({ vault }: { readonly vault: Later<VaultDesk> }) {
  const work = useDeskWork(vault);
  const passkeys = usePasskeys(vault);
  const form = useRef<HTMLFormElement>(null);

  useEffect(() => {
    document.title = 'Locked · Keyward';
    form.current?.querySelector('input')?.focus();
    prepareMoments();
  }, []);

  async function unlock(): Promise<void> {
    if (!form.current) return;
    const passphrase = textIn(new FormData(form.current), FIELD);
    const opened = await work.run((desk) => desk.unlock({ kind: 'passphrase', passphrase }));
    // Gone either way: the next try is typed anew.
    form.current.reset();
    if (!opened) form.current.querySelector('input')?.focus();
  }

  return (
    <main className="mx-auto grid max-w-md gap-4 px-4 py-[12vh]">
      <Brand />
      <div className="panel grid gap-3.5 p-4">
        <div>
          <h1 className="text-xl font-semibold">Locked</h1>
          <p className="mt-0.5 wrap-anywhere text-ink-2">
            Refresh stops while it is locked: nothing is sent. What is due by then is refreshed after it is unlocked.
          </p>
        </div>
        <NotOpened failure={work.failure} />
        <DeskForm form={form} onSend={unlock}>
          <TextField name={FIELD} kind="secret" label="Passphrase" autoComplete="current-password" />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary" busy={work.busy}>
              Unlock
            </Button>
            {passkeys.length > 0 && (
              <Button busy={work.busy} onClick={() => void work.run((desk) => desk.unlock({ kind: 'passkey' }))}>
                Use a passkey
              </Button>
            )}
          </div>
        </DeskForm>
        {passkeys.length > 0 && (
          <p className="text-sm text-ink-2">Either opens it: it is as strong as the passphrase.</p>
        )}
      </div>
      <WipeLocked vault={vault} />
      <p role="status" className="text-sm font-semibold text-ink-2">
        Locked: refresh stops
      </p>
    </main>
  );
}

/** Why it was not opened, in full once the words have come: the gateway, which has them, may be away. */
function NotOpened({ failure }: { readonly failure: DeskFailure | null }) {
  const isWrong = failure === 'wrong';
  const words = useLater(failureBand, failure !== null && !isWrong);
  if (words) return createElement(words.FailureBand, { failure });
  if (failure === null) return null;
  return (
    <Band tone="bad" title={isWrong ? wrongWords.title : 'The vault was not opened.'} alerts>
      {isWrong ? wrongWords.next : 'Nothing was changed.'}
    </Band>
  );
}

/** Those that can be used at this address. */
function usePasskeys(vault: Later<VaultDesk>): readonly PasskeyView[] {
  const [passkeys, setPasskeys] = useState<readonly PasskeyView[]>([]);
  useEffect(() => {
    const read = async (): Promise<void> => {
      const desk = await vault.load();
      if (!desk.passkeysPossible) return;
      const usable = (await desk.passkeys()).filter(({ usableHere }) => usableHere);
      setPasskeys(usable);
      // Before the press: the gateway, which has it, may be away by then.
      if (usable.length > 0) await import('../../vault/passkey.ts');
    };
    read().catch(() => undefined);
  }, [vault]);
  return passkeys;
}
