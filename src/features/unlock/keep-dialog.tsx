import { useRef, useState } from 'react';
import { useForgetful } from '../../console/use-services.ts';
import type { DeskFailure, VaultDesk } from '../../console/vault-desk.ts';
import type { Later } from '../../lib/later.ts';
import { Button } from '../../ui/button.tsx';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useNotify } from '../../ui/notices.tsx';
import { DeskForm } from './desk-form.tsx';
import { FailureBand } from './failure-band.tsx';
import { failureWords } from './failure-words.ts';
import { NewPassphrase, readNewPassphrase, type Weakness } from './new-passphrase.tsx';
import { useDeskWork } from './use-desk-work.ts';

type Choice = 'passphrase' | 'passkey' | 'nothing';

const choices = [
  {
    value: 'passphrase',
    title: 'Passphrase',
    description:
      'Sessions are kept in this browser, encrypted. After a reload or a restart, one unlock shows them again.',
  },
  {
    value: 'passkey',
    title: 'Passphrase and passkey',
    description:
      'As above, and a passkey of this device opens it as well. Either opens it: it is as strong as the passphrase.',
  },
  {
    value: 'nothing',
    title: 'Don’t keep anything',
    description:
      'Memory only: a reload forgets. On leaving the page, sessions that hold a slot are logged out; the others live on at their servers until they end.',
  },
] as const;

/** The vault stands by then, so the words for a change that failed would not hold here. */
const withoutPasskey = (failure: DeskFailure) => ({
  tone: 'warn' as const,
  title: `The vault is made, the passkey was not added. ${failureWords(failure).title}`,
  more: `The vault opens with the passphrase alone. A passkey can be added later, in Settings.${failure === 'no-prf' ? ' You may delete the one that was just made, where your passkeys are kept.' : ''}`,
});

const openedByAnother = {
  tone: 'warn',
  title: 'The passphrase that was typed here opens nothing.',
  more: 'Another tab had made the vault already. It opens with the passphrase that was set there.',
} as const;

interface KeepDialogProps {
  readonly vault: Later<VaultDesk>;
  readonly onClose: () => void;
}

/** Asked once: what becomes of the sessions when the page goes. What is open already moves in. */
export function KeepDialog({ vault, onClose }: KeepDialogProps) {
  const [choice, setChoice] = useState<Choice>('passphrase');
  const [weakness, setWeakness] = useState<Weakness>({});
  const form = useRef<HTMLFormElement>(null);
  const work = useDeskWork(vault);
  const notify = useNotify();
  const forgetful = useForgetful();
  const possible = 'PublicKeyCredential' in window;

  async function keep(passphrase: string): Promise<void> {
    const made = await work.run(async (desk) => {
      const done = await desk.create(passphrase);
      // What is open here moves into the other vault at once, and this dialog goes.
      if (!done.ok && done.failure === 'exists') notify(openedByAnother);
      return done;
    });
    if (!made) return;
    notify({ tone: 'ok', title: 'Sessions are kept from now on.', more: 'What was open has moved into the vault.' });
    if (choice === 'passkey') {
      const added = await (await vault.load()).addPasskey(passphrase);
      if (added.ok) notify({ tone: 'ok', title: 'The passkey opens the vault as well.' });
      else notify(withoutPasskey(added.failure));
    }
    onClose();
  }

  async function decide(): Promise<void> {
    if (choice === 'nothing') {
      (await vault.load()).keepNothing();
      onClose();
      return;
    }
    if (!form.current) return;
    const read = readNewPassphrase(new FormData(form.current));
    setWeakness('weakness' in read ? read.weakness : {});
    if ('passphrase' in read) await keep(read.passphrase);
  }

  return (
    <Dialog
      title="Keep sessions in this browser?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" busy={work.busy} onClick={() => void decide()}>
            {choice === 'nothing' ? 'Don’t keep anything' : 'Keep sessions'}
          </Button>
        </>
      }
    >
      <ChoiceList
        label="What is kept"
        value={choice}
        choices={choices.filter(({ value }) => possible || value !== 'passkey')}
        onChange={setChoice}
      />
      <FailureBand failure={work.failure} forgetful={forgetful} />
      {choice !== 'nothing' && (
        <DeskForm form={form} onSend={decide}>
          <NewPassphrase weakness={weakness} />
          {/* Enter sends a form with two fields only where it has a button. */}
          <button type="submit" hidden />
        </DeskForm>
      )}
    </Dialog>
  );
}
