import type { Connection } from '../../http/envelope.ts';
import { Button } from '../../ui/button.tsx';
import type { PlaceAtVendor } from '../../providers/session-face.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { PlaceElsewhere } from '../../ui/place-elsewhere.tsx';

interface ForgetCredentialProps {
  readonly label: string;
  /** Names of what it minted and what is still open; empty where nothing is. */
  readonly minted: string;
  readonly connection: Connection;
  /** Where the credential itself is ended. */
  readonly endsAt: PlaceAtVendor | undefined;
  readonly onForget: () => void;
  readonly onClose: () => void;
}

/** Says what goes with the credential and what lives on. */
export function ForgetCredential({ label, minted, connection, endsAt, onForget, onClose }: ForgetCredentialProps) {
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
      {endsAt && <PlaceElsewhere words={endsAt.words} page={endsAt.page?.(connection)} />}
    </Dialog>
  );
}
