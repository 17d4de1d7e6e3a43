import { useEffect } from 'react';
import { useSessions } from '../../console/use-services.ts';
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
  | 'provider'
  | 'connection'
  | 'renderFreeing'
  | 'renderSecret'
  | 'renderCopy'
  | 'pause'
  | 'onDismiss'
  | 'onUse'
  | 'onTake'
> & {
  readonly outcome: Outcome;
};

/** What became of it, in words. */
export function Said({
  outcome,
  provider,
  connection,
  renderFreeing,
  renderSecret,
  renderCopy,
  pause,
  onDismiss,
  onUse,
  onTake,
}: SaidProps) {
  switch (outcome.kind) {
    case 'opened':
      return <Opened {...{ outcome, provider, connection, renderSecret, renderCopy, onDismiss, onUse }} />;
    case 'checked':
      return (
        <Band tone="ok" title={outcome.sentence}>
          <p>Checked once at {formatClockTime(outcome.atMs)}. Nothing was kept, and no session was opened.</p>
          {outcome.removed.length > 0 && <p>{removedSentence(outcome.removed)}</p>}
        </Band>
      );
    case 'failed':
      return <FailedBand {...{ outcome, pause, renderFreeing, onTake }} connection={connection.id} />;
    default:
      return outcome satisfies never;
  }
}

type OpenedProps = Pick<
  SaidProps,
  'provider' | 'connection' | 'renderSecret' | 'renderCopy' | 'onDismiss' | 'onUse'
> & {
  readonly outcome: Extract<Outcome, { kind: 'opened' }>;
};

/** Over with its session: what came along with one that was forgotten is dropped with it. */
function Opened({ outcome, provider, connection, renderSecret, renderCopy, onDismiss, onUse }: OpenedProps) {
  const isOver = useSessions().some(({ id, ended }) => id === outcome.session.id && ended);
  useEffect(() => {
    if (isOver) onDismiss(outcome);
  }, [isOver, onDismiss, outcome]);
  if (isOver) return null;
  return (
    <>
      <OpenedBand
        outcome={outcome}
        provider={provider}
        connection={connection}
        copy={renderCopy?.(outcome.session.id)}
      />
      {outcome.shownOnce.length > 0 && (
        <ShownOncePanel
          shown={outcome.shownOnce}
          renderSecret={renderSecret}
          onClose={() => {
            onDismiss(outcome);
            // The ways in close with it, and the focus would be lost.
            onUse(outcome.session.id);
          }}
        />
      )}
    </>
  );
}
