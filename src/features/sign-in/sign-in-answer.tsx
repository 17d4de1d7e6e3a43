import type { ReactNode, Ref } from 'react';
import { formatClockTime } from '../../lib/format-time.ts';
import { DoubtBand } from './doubt-band.tsx';
import { FailedBand } from './failed-band.tsx';
import { OpenedBand } from './opened-band.tsx';
import type { Attempt, Doubt, Outcome, Pause } from './sign-in-desk.ts';

interface SignInAnswerProps {
  readonly ref: Ref<HTMLDivElement>;
  readonly attempt: Omit<Attempt, 'values'>;
  readonly outcome: Outcome | null;
  readonly doubts: readonly Doubt[];
  readonly pause: Pause | undefined;
  readonly openSessions: ReactNode;
  readonly onUse: (sessionId: string) => void;
  readonly onSure: () => void;
  readonly onWithdraw: () => void;
}

/** What became of the last press of the button. Takes the focus, so that it is read first. */
export function SignInAnswer({
  ref,
  attempt,
  outcome,
  doubts,
  pause,
  openSessions,
  onUse,
  onSure,
  onWithdraw,
}: SignInAnswerProps) {
  const { provider, connection } = attempt;
  if (doubts.length > 0) {
    return (
      <div ref={ref} tabIndex={-1} role="group" aria-label="Before this is sent" className="rounded-lg">
        <DoubtBand
          doubts={doubts}
          rule={provider.slots?.(connection)}
          onUse={onUse}
          onSure={onSure}
          onWithdraw={onWithdraw}
        />
      </div>
    );
  }
  if (!outcome) return null;
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role="group"
      aria-label={`Answer of ${formatClockTime(outcome.atMs)}`}
      className="rounded-lg"
    >
      {outcome.kind === 'opened' ? (
        <OpenedBand outcome={outcome} provider={provider} connection={connection} />
      ) : (
        <FailedBand outcome={outcome} pause={pause} openSessions={openSessions} />
      )}
    </div>
  );
}
