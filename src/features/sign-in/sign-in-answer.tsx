import { createElement, type ReactNode, type Ref } from 'react';
import type { Connection } from '../../http/envelope.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import type { Provider } from '../../providers/contract.ts';
import type { FormValues, ShownOnce } from '../../providers/sign-in-way.ts';
import { useLater } from '../../ui/use-later.ts';
import type { Doubt, Outcome, Pause, Refusal } from './sign-in-desk.ts';
import { signInParts } from './sign-in-parts.ts';

/** What an answer needs of the page around it. */
export interface Answering {
  readonly provider: Provider;
  readonly connection: Connection;
  /** What makes room where the vendor refused because too many sessions are open. */
  readonly renderFreeing: (refusal: Refusal) => ReactNode;
  /** Fetches what that draws. */
  readonly fetchFreeing?: () => Promise<unknown>;
  /** Draws a secret that is shown once, with its copy button. */
  readonly renderSecret: (shown: ShownOnce) => ReactNode;
  /** Draws the copy button of a session that was opened just now, beside the words that say so. */
  readonly renderCopy?: ((sessionId: string) => ReactNode) | undefined;
  /**
   * Fetches what the page does with a session. Nothing is sent before it is here: a token that nobody can copy, or a
   * session that nobody can log out, because the gateway has died since, is worse than none.
   */
  readonly ahead?: () => Promise<unknown>;
  /** The person takes a session that is open already. */
  readonly onUse: (sessionId: string) => void;
}

export interface SignInAnswerProps extends Answering {
  readonly ref?: Ref<HTMLDivElement>;
  readonly outcome: Outcome | null;
  /** Above it, in the same group: which way in it came by. */
  readonly lead?: ReactNode;
  /** What is asked before a form is sent. */
  readonly asked?: Asked;
  readonly pause: Pause | undefined;
  readonly onDismiss: (read: Outcome) => void;
  /** The person takes what a failure offers. Absent where there is no form that it could go into. */
  readonly onTake?: (offered: FormValues) => void;
}

interface Asked {
  readonly doubts: readonly Doubt[];
  readonly onSure: () => void;
  readonly onWithdraw: () => void;
}

/** What became of the last press of the button. Takes the focus, so that it is read first. */
export function SignInAnswer({ ref, lead, asked, outcome, onUse, ...rest }: SignInAnswerProps) {
  const asks = asked !== undefined && asked.doubts.length > 0;
  const parts = useLater(signInParts, asks || outcome !== null);
  if (!parts) return null;
  if (asks) {
    return (
      <div ref={ref} tabIndex={-1} role="group" aria-label="Before this is sent" className="rounded-lg">
        {createElement(parts.DoubtBand, {
          ...asked,
          rule: rest.provider.slots?.(rest.connection),
          onUse,
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
      {lead}
      {createElement(parts.Said, { outcome, onUse, ...rest })}
    </div>
  );
}
