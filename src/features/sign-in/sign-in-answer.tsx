import { createElement, type ReactNode, type Ref } from 'react';
import type { Connection } from '../../http/envelope.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import type { Provider } from '../../providers/contract.ts';
import type { ShownOnce } from '../../providers/sign-in-way.ts';
import { useLater } from '../../ui/use-later.ts';
import type { Doubt, Outcome, Pause } from './sign-in-desk.ts';
import { signInParts } from './sign-in-parts.ts';

/** What an answer needs of the page around it. */
export interface Answering {
  readonly provider: Provider;
  readonly connection: Connection;
  /** The sessions of this browser at that connection with what ends them; shown where too many are open. */
  readonly openSessions: ReactNode;
  /** Draws a secret that is shown once, with its copy button. */
  readonly renderSecret: (shown: ShownOnce) => ReactNode;
  /**
   * Fetches what the page does with a session. Nothing is sent before it is here: a token that nobody can copy, or a
   * session that nobody can log out, because the gateway has died since, is worse than none.
   */
  readonly ahead?: () => Promise<unknown>;
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
  const parts = useLater(signInParts, doubts.length > 0 || outcome !== null);
  if (!parts) return null;
  if (doubts.length > 0) {
    return (
      <div ref={ref} tabIndex={-1} role="group" aria-label="Before this is sent" className="rounded-lg">
        {createElement(parts.DoubtBand, {
          doubts,
          rule: rest.provider.slots?.(rest.connection),
          onUse,
          onSure,
          onWithdraw,
        })}
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
      {createElement(parts.Said, { outcome, onUse, ...rest })}
    </div>
  );
}
