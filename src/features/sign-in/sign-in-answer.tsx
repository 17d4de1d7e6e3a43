import { lazy, Suspense, type ReactNode, type Ref } from 'react';
import type { Connection } from '../../http/envelope.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import type { Provider } from '../../providers/contract.ts';
import type { ShownOnce } from '../../providers/sign-in-way.ts';
import type { Doubt, Outcome, Pause } from './sign-in-desk.ts';

// The words come with the first answer: most who open the page have not pressed yet.
const Said = lazy(async () => ({ default: (await import('./said.tsx')).Said }));
const DoubtBand = lazy(async () => ({ default: (await import('./doubt-band.tsx')).DoubtBand }));

/** What an answer needs of the page around it. */
export interface Answering {
  readonly provider: Provider;
  readonly connection: Connection;
  /** The sessions of this browser at that connection with what ends them; shown where too many are open. */
  readonly openSessions: ReactNode;
  /** Draws a secret that is shown once, with its copy button. */
  readonly renderSecret: (shown: ShownOnce) => ReactNode;
  /** The person takes a session that is open already. */
  readonly onUse: (sessionId: string) => void;
}

export interface SignInAnswerProps extends Answering {
  readonly ref: Ref<HTMLDivElement>;
  readonly outcome: Outcome | null;
  readonly doubts: readonly Doubt[];
  readonly pause: Pause | undefined;
  readonly onSure: () => void;
  readonly onWithdraw: () => void;
  readonly onDismiss: () => void;
}

/** What became of the last press of the button. Takes the focus, so that it is read first. */
export function SignInAnswer({ ref, doubts, outcome, onUse, onSure, onWithdraw, ...rest }: SignInAnswerProps) {
  if (doubts.length > 0) {
    return (
      <div ref={ref} tabIndex={-1} role="group" aria-label="Before this is sent" className="rounded-lg">
        <Suspense>
          <DoubtBand
            doubts={doubts}
            rule={rest.provider.slots?.(rest.connection)}
            onUse={onUse}
            onSure={onSure}
            onWithdraw={onWithdraw}
          />
        </Suspense>
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
      className="grid gap-2.5 rounded-lg"
    >
      <Suspense>
        <Said outcome={outcome} {...rest} />
      </Suspense>
    </div>
  );
}
