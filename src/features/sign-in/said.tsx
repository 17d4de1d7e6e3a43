import { formatClockTime } from '../../lib/format-time.ts';
import { Band } from '../../ui/band.tsx';
import { FailedBand } from './failed-band.tsx';
import { OpenedBand } from './opened-band.tsx';
import { removedSentence } from './removed-by-cleaning.ts';
import { ShownOncePanel } from './shown-once-panel.tsx';
import type { SignInAnswerProps } from './sign-in-answer.tsx';
import type { Outcome } from './sign-in-desk.ts';

type SaidProps = Pick<
  SignInAnswerProps,
  'provider' | 'connection' | 'openSessions' | 'renderSecret' | 'pause' | 'onDismiss'
> & {
  readonly outcome: Outcome;
};

/** What became of it, in words. */
export function Said({ outcome, provider, connection, openSessions, renderSecret, pause, onDismiss }: SaidProps) {
  switch (outcome.kind) {
    case 'opened':
      return (
        <>
          <OpenedBand outcome={outcome} provider={provider} connection={connection} />
          {outcome.shownOnce.length > 0 && (
            <ShownOncePanel shown={outcome.shownOnce} renderSecret={renderSecret} onClose={onDismiss} />
          )}
        </>
      );
    case 'checked':
      return (
        <Band tone="ok" title={outcome.sentence}>
          <p>Checked once at {formatClockTime(outcome.atMs)}. Nothing was kept, and no session was opened.</p>
          {outcome.removed.length > 0 && <p>{removedSentence(outcome.removed)}</p>}
        </Band>
      );
    case 'failed':
      return <FailedBand outcome={outcome} pause={pause} openSessions={openSessions} />;
    default:
      return outcome satisfies never;
  }
}
