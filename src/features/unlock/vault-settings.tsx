import { useState } from 'react';
import { useKeeping, useServices } from '../../console/use-services.ts';
import type { VaultDesk } from '../../console/vault-desk.ts';
import type { Later } from '../../lib/later.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { useLater } from '../../ui/use-later.ts';
import { idleChoices, type IdleLimit } from '../../vault/auto-lock.ts';
import { AskToKeep } from './ask-to-keep.tsx';
import { ChangePassphrase } from './change-passphrase.tsx';
import { Passkeys } from './passkeys.tsx';
import { StorageUse } from './storage-use.tsx';
import { WipeDialog } from './wipe-dialog.tsx';

/** What is kept in this browser, and how it opens. */
export function VaultSettings() {
  const { vault } = useServices();
  const { keeping } = useKeeping();
  const part = useLater<VaultDesk>(vault ?? never, keeping === 'vault');
  if (!vault) return null;
  if (keeping !== 'vault') return <NothingKept />;
  return part ? <OpenVault desk={part} vault={vault} /> : <Panel title="Vault">Reading…</Panel>;
}

const never: Later<VaultDesk> = { load: () => new Promise(() => undefined), now: () => undefined };

function NothingKept() {
  return (
    <Panel title="Vault" note="nothing is kept">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p className="min-w-0 flex-1 basis-64">
          Sessions live in the memory of this page: a reload forgets them. They can be kept in this browser, encrypted,
          and opened again with a passphrase.
        </p>
        <AskToKeep />
      </div>
    </Panel>
  );
}

interface OpenVaultProps {
  readonly desk: VaultDesk;
  readonly vault: Later<VaultDesk>;
}

function OpenVault({ desk, vault }: OpenVaultProps) {
  const [wipes, setWipes] = useState(false);
  return (
    <Panel title="Vault" note="open" actions={<Button onClick={() => void desk.lock()}>Lock now</Button>}>
      <div className="grid gap-5">
        <AutoLock desk={desk} />
        <Passkeys desk={desk} vault={vault} />
        <ChangePassphrase vault={vault} />
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
          <p className="min-w-0 flex-1 basis-64 text-ink-2">
            <StorageUse desk={desk} />
          </p>
          <Button look="danger" aria-haspopup="dialog" onClick={() => setWipes(true)}>
            Wipe the vault
          </Button>
        </div>
      </div>
      {wipes && <WipeDialog onClose={() => setWipes(false)} />}
    </Panel>
  );
}

const labels: Readonly<Record<`${IdleLimit}`, string>> = {
  5: 'After 5 minutes',
  15: 'After 15 minutes',
  30: 'After 30 minutes',
  60: 'After 1 hour',
  240: 'After 4 hours',
  null: 'Only when the browser closes',
};

function AutoLock({ desk }: { readonly desk: VaultDesk }) {
  const [limit, setLimit] = useState(desk.idleLimit);
  return (
    <div className="max-w-sm">
      <SelectField
        label="Lock by itself"
        hint="Counted from the last pointer or key in any tab. While it is locked nothing is refreshed."
        value={String(limit)}
        options={idleChoices.map((choice) => ({ value: String(choice), label: labels[`${choice}`] }))}
        onChange={({ target }) => {
          const chosen = idleChoices.find((choice) => String(choice) === target.value);
          if (chosen === undefined) return;
          desk.setIdleLimit(chosen);
          setLimit(chosen);
        }}
      />
    </div>
  );
}
