import { useQuery } from '@tanstack/react-query';
import { useServices, useSessions } from '../../console/use-services.ts';
import { CreateDialog } from './create-dialog.tsx';
import { GuidedDialog } from './guided-dialog.tsx';
import type { KeyEntry } from './key-entry.ts';
import { KeyFactsDialog } from './key-facts-dialog.tsx';
import type { KeyAction } from './key-line.tsx';
import { RenameDialog } from './rename-dialog.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import type { Source } from './use-inventory.ts';

export type OpenDialog =
  | { readonly kind: 'create'; readonly source: Source }
  | { readonly kind: Exclude<KeyAction, 'revoke' | 'follow'>; readonly source: Source; readonly entry: KeyEntry };

interface KeyDialogsProps {
  readonly open: OpenDialog;
  readonly signInHref: (provider: string, connection: string) => string;
  readonly onClose: () => void;
  readonly onChanged: (connection: string) => void;
}

/** Whatever a button or a menu of the page has opened. */
export function KeyDialogs({ open, signInHref, onClose, onChanged }: KeyDialogsProps) {
  const sessions = useSessions();
  const { source } = open;
  switch (open.kind) {
    case 'create':
      return source.face?.create ? (
        <CreateDialog {...{ source, onClose }} />
      ) : (
        <Guided {...{ source, signInHref, onClose }} />
      );
    case 'rotate':
      return <RotateDialog entry={open.entry} {...{ source, onClose }} />;
    case 'rename':
      return (
        <RenameDialog entry={open.entry} {...{ source, onClose }} onChanged={() => onChanged(source.connection.id)} />
      );
    case 'facts':
      return <KeyFactsDialog entry={open.entry} {...{ source, sessions, onClose }} />;
    default:
      return open satisfies never;
  }
}

interface GuidedProps extends Pick<KeyDialogsProps, 'signInHref' | 'onClose'> {
  readonly source: Source;
}

function Guided({ source: { connection, face }, signInHref, onClose }: GuidedProps) {
  const { hands } = useServices();
  const { data } = useQuery({
    queryKey: ['face', connection.provider],
    queryFn: () => hands.provider(connection.provider),
    staleTime: Infinity,
    structuralSharing: false,
  });
  const guide = face?.createGuide?.(connection);
  if (!guide) return null;
  const way = data?.signIn.find(({ id }) => id === face?.maker?.way);
  return (
    <GuidedDialog
      {...{ connection, guide, onClose }}
      way={way?.kind === 'form' ? way : undefined}
      signInHref={signInHref(connection.provider, connection.id)}
    />
  );
}
