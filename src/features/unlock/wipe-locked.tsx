import { createElement, useState } from 'react';
import type { VaultDesk } from '../../console/vault-desk.ts';
import type { Later } from '../../lib/later.ts';
import { Band } from '../../ui/band.tsx';
import { Button } from '../../ui/button.tsx';
import { wipeLockedDialog } from './unlock-parts.ts';

/** The only way on for whoever has lost the passphrase. Nothing can be logged out: the tokens cannot be read. */
export function WipeLocked({ vault }: { readonly vault: Later<VaultDesk> }) {
  const [asks, setAsks] = useState<'no' | 'yes' | 'in-vain'>('no');
  const Dialog = asks === 'yes' && wipeLockedDialog.now()?.WipeLockedDialog;
  const ask = (): void => {
    wipeLockedDialog.load().then(
      () => setAsks('yes'),
      () => setAsks('in-vain'),
    );
  };
  return (
    <div className="text-sm text-ink-2">
      Lost the passphrase?{' '}
      <Button look="quiet" size="small" aria-haspopup="dialog" onClick={ask}>
        Wipe the vault
      </Button>
      {asks === 'in-vain' && (
        <Band tone="warn" title="The question could not be fetched. Check that Keyward still runs." alerts>
          Nothing was deleted.
        </Band>
      )}
      {Dialog && createElement(Dialog, { vault, onClose: () => setAsks('no') })}
    </div>
  );
}
