import { useState } from 'react';
import type { VaultDesk } from '../../console/vault-desk.ts';
import type { Later } from '../../lib/later.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** The only way on for whoever has lost the passphrase. Nothing can be logged out: the tokens cannot be read. */
export function WipeLocked({ vault }: { readonly vault: Later<VaultDesk> }) {
  const [asks, setAsks] = useState(false);
  return (
    <div className="text-sm text-ink-2">
      Lost the passphrase?{' '}
      <Button look="quiet" size="small" aria-haspopup="dialog" onClick={() => setAsks(true)}>
        Wipe the vault
      </Button>
      {asks && (
        <Dialog
          title="Wipe the vault?"
          onClose={() => setAsks(false)}
          actions={
            <>
              <Button onClick={() => setAsks(false)}>Keep it</Button>
              <Button look="danger" onClick={() => void vault.load().then((desk) => desk.wipe())}>
                Wipe
              </Button>
            </>
          }
        >
          <p>Every session and kept key is deleted from this browser, in every tab. It cannot be undone.</p>
          <p>
            Nothing is logged out, because no token can be read: the sessions live on at their servers until they end.
            To end them first, unlock the vault.
          </p>
        </Dialog>
      )}
    </div>
  );
}
