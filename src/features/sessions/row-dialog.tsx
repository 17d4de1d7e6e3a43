import type { Provider } from '../../providers/contract.ts';
import type { SessionView } from '../../sessions/record.ts';
import { ForgetDialog } from './forget-dialog.tsx';
import { SessionFacts } from './session-facts.tsx';

export type RowDialogKind = 'forget' | 'facts';

interface RowDialogProps {
  readonly kind: RowDialogKind;
  readonly session: SessionView;
  readonly provider: Provider | undefined;
  readonly where: string;
  /** Names this row alone. */
  readonly whose: string;
  readonly onForget: () => void;
  readonly onClose: () => void;
}

/** The dialogs that a row opens. */
export function RowDialog({ kind, session, provider, where, whose, onForget, onClose }: RowDialogProps) {
  if (kind === 'facts') {
    return <SessionFacts session={session} where={where} whose={whose} provider={provider} onClose={onClose} />;
  }
  return (
    provider && (
      <ForgetDialog session={session} provider={provider} whose={whose} onForget={onForget} onClose={onClose} />
    )
  );
}
