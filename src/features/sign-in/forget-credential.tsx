import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

interface ForgetCredentialProps {
  readonly label: string;
  /** Names of what it minted and what is still open; empty where nothing is. */
  readonly minted: string;
  readonly onForget: () => void;
  readonly onClose: () => void;
}

/** Says what goes with the credential and what lives on. */
export function ForgetCredential({ label, minted, onForget, onClose }: ForgetCredentialProps) {
  return (
    <Dialog
      title={`Forget ${label}?`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" onClick={onForget}>
            Forget
          </Button>
        </>
      }
    >
      <p>It is dropped from this browser. Nothing is sent, it stays valid at the vendor, and this cannot be undone.</p>
      <p>
        {minted === ''
          ? 'No token that it minted is open here.'
          : `These tokens live on, and are not minted again when they end: ${minted}.`}
      </p>
    </Dialog>
  );
}
