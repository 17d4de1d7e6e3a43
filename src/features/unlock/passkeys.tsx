import { useEffect, useRef, useState } from 'react';
import type { PasskeyView, VaultDesk } from '../../console/vault-desk.ts';
import type { Later } from '../../lib/later.ts';
import { formatDateTime } from '../../lib/format-time.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { DeskForm } from './desk-form.tsx';
import { FailureBand } from './failure-band.tsx';
import { failureWords } from './failure-words.ts';
import { textIn } from './text-in.ts';
import { useDeskWork } from './use-desk-work.ts';

const FIELD = 'keyward-passphrase';

interface PasskeysProps {
  readonly desk: VaultDesk;
  readonly vault: Later<VaultDesk>;
}

/** Passkeys that open the vault beside the passphrase. */
export function Passkeys({ desk, vault }: PasskeysProps) {
  const [passkeys, setPasskeys] = useState<readonly PasskeyView[]>([]);
  const [turn, setTurn] = useState(0);
  const [adds, setAdds] = useState(false);
  const notify = useNotify();
  useEffect(() => {
    desk.passkeys().then(setPasskeys, () => undefined);
  }, [desk, turn]);

  async function remove(id: string): Promise<void> {
    const done = await desk.removePasskey(id);
    setTurn((now) => now + 1);
    if (done.ok) {
      notify({
        tone: 'ok',
        title: 'The passkey no longer opens the vault.',
        more: 'It is still where your passkeys are kept; delete it there.',
      });
    } else {
      const { title, next } = failureWords(done.failure);
      notify({ tone: 'bad', title, more: next });
    }
  }

  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="font-semibold">Passkeys</p>
          <p className="text-sm text-ink-2">
            {desk.passkeysPossible
              ? 'Either opens the vault, the passphrase or a passkey: it is as strong as the passphrase.'
              : 'This browser has no passkeys. The passphrase opens the vault.'}
          </p>
        </div>
        {desk.passkeysPossible && (
          <Button aria-haspopup="dialog" onClick={() => setAdds(true)}>
            Add a passkey
          </Button>
        )}
      </div>
      {passkeys.length > 0 && (
        <ul aria-label="Passkeys of the vault" className="grid gap-1.5">
          {passkeys.map(({ id, createdAtMs, usableHere }) => (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
              <span>
                Passkey of {formatDateTime(createdAtMs)}
                {!usableHere && <span className="text-ink-3"> · made at another address, of no use here</span>}
              </span>
              <Button
                size="small"
                aria-label={`Remove the passkey of ${formatDateTime(createdAtMs)}`}
                onClick={() => void remove(id)}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {adds && (
        <AddDialog
          vault={vault}
          onClose={() => {
            setAdds(false);
            setTurn((now) => now + 1);
          }}
        />
      )}
    </div>
  );
}

function AddDialog({ vault, onClose }: { readonly vault: Later<VaultDesk>; readonly onClose: () => void }) {
  const form = useRef<HTMLFormElement>(null);
  const work = useDeskWork(vault);
  const notify = useNotify();

  async function add(): Promise<void> {
    if (!form.current) return;
    const passphrase = textIn(new FormData(form.current), FIELD);
    if (!(await work.run((desk) => desk.addPasskey(passphrase)))) return;
    notify({ tone: 'ok', title: 'The passkey opens the vault as well.' });
    onClose();
  }

  return (
    <Dialog
      title="Add a passkey"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" busy={work.busy} onClick={() => void add()}>
            Add it
          </Button>
        </>
      }
    >
      <p>
        The browser asks three times: to make the passkey, to read its key, and to prove that the same key comes again.
      </p>
      <FailureBand failure={work.failure} />
      <DeskForm form={form} onSend={add}>
        <TextField
          name={FIELD}
          kind="secret"
          label="Passphrase"
          autoComplete="current-password"
          hint="The open page does not hold what a passkey has to wrap."
        />
      </DeskForm>
    </Dialog>
  );
}
