import { useRef, useState } from 'react';
import type { VaultDesk } from '../../console/vault-desk.ts';
import type { Later } from '../../lib/later.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DeskForm } from './desk-form.tsx';
import { FailureBand } from './failure-band.tsx';
import { NewPassphrase, readNewPassphrase, type Weakness } from './new-passphrase.tsx';
import { textIn } from './text-in.ts';
import { useDeskWork } from './use-desk-work.ts';

const BEFORE = 'keyward-passphrase';

export function ChangePassphrase({ vault }: { readonly vault: Later<VaultDesk> }) {
  const [asks, setAsks] = useState(false);
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-semibold">Passphrase</p>
        <p className="text-sm text-ink-2">
          It always opens the vault. Whoever knows it and takes this disk can read all.
        </p>
      </div>
      <Button aria-haspopup="dialog" onClick={() => setAsks(true)}>
        Change passphrase
      </Button>
      {asks && <ChangeDialog vault={vault} onClose={() => setAsks(false)} />}
    </div>
  );
}

function ChangeDialog({ vault, onClose }: { readonly vault: Later<VaultDesk>; readonly onClose: () => void }) {
  const [weakness, setWeakness] = useState<Weakness>({});
  const form = useRef<HTMLFormElement>(null);
  const work = useDeskWork(vault);
  const notify = useNotify();

  async function change(): Promise<void> {
    if (!form.current) return;
    const typed = new FormData(form.current);
    const read = readNewPassphrase(typed);
    setWeakness('weakness' in read ? read.weakness : {});
    if ('weakness' in read) return;
    const changed = await work.run((desk) => desk.changePassphrase(textIn(typed, BEFORE), read.passphrase));
    if (!changed) return;
    notify({ tone: 'ok', title: 'The passphrase is changed.', more: 'The old one no longer opens the vault.' });
    onClose();
  }

  return (
    <Dialog
      title="Change passphrase"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={work.busy} onClick={() => void change()}>
            Change it
          </Button>
        </>
      }
    >
      <FailureBand failure={work.failure} />
      <DeskForm form={form} onSend={change}>
        <TextField name={BEFORE} kind="secret" label="Passphrase until now" autoComplete="current-password" />
        <NewPassphrase weakness={weakness} />
        <button type="submit" hidden />
      </DeskForm>
      <p className="text-sm text-ink-2">
        Whoever has an older copy of this disk can still open that copy with the old passphrase. After a leak, wipe the
        vault and sign in again.
      </p>
    </Dialog>
  );
}
