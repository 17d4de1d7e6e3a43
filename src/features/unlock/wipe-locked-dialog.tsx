import type { VaultDesk } from '../../console/vault-desk.ts';
import type { Later } from '../../lib/later.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface WipeLockedDialogProps {
  readonly vault: Later<VaultDesk>;
  readonly onClose: () => void;
}

/** What is lost, and what lives on, before anything is deleted. */
export function WipeLockedDialog({ vault, onClose }: WipeLockedDialogProps) {
  return (
    <Dialog
      title="Wipe the vault?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" onClick={() => void vault.load().then((desk) => desk.wipe())}>
            Wipe
          </Button>
        </>
      }
    >
      <p>Every session and kept key is deleted from this browser, in every tab. It cannot be undone.</p>
      <p>
        Nothing is logged out, because no token can be read: the sessions live on at their servers until they end. To
        end them first, unlock the vault.
      </p>
    </Dialog>
  );
}
