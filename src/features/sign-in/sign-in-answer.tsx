import { createElement, useEffect, useRef, type ReactNode, type Ref } from 'react';
import type { Connection } from '../../http/envelope.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import type { Provider } from '../../providers/contract.ts';
import type { FormValues, ShownOnce } from '../../providers/sign-in-way.ts';
import { useAnnounce } from '../../ui/live-region.tsx';
import { useLater } from '../../ui/use-later.ts';
import type { Doubt, Outcome, Pause, Refusal, Via } from './sign-in-desk.ts';
import { signInParts } from './sign-in-parts.ts';

/** What an answer needs of the page around it. */
export interface Answering {
  readonly provider: Provider;
  readonly connection: Connection;
  /** What makes room where the vendor refused because too many sessions are open. */
  readonly renderFreeing: (refusal: Refusal) => ReactNode;
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
  /** The way in that is in sight. */
  readonly way: Via;
  readonly ref: Ref<HTMLDivElement>;
  readonly outcome: Outcome | null;
  readonly doubts: readonly Doubt[];
  readonly pause: Pause | undefined;
  readonly onSure: () => void;
  readonly onWithdraw: () => void;
  readonly onDismiss: () => void;
  /** The person takes what a failure offers. Absent where there is no form that it could go into. */
  readonly onTake?: (offered: FormValues) => void;
}

/** What became of the last press of the button. Takes the focus, so that it is read first. */
export function SignInAnswer({ ref, way, doubts, outcome, onUse, onSure, onWithdraw, ...rest }: SignInAnswerProps) {
  const parts = useLater(signInParts, doubts.length > 0 || outcome !== null);
  const foreign = outcome?.via && outcome.via.id !== way.id ? outcome.via : undefined;
  useSaidAloud(foreign ? outcome : null);
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
      {foreign && <p className="text-sm text-ink-2">By the way in “{foreign.label}”, not by this form:</p>}
      {createElement(parts.Said, { outcome, onUse, ...rest })}
    </div>
  );
}

/** What came while the person was busy elsewhere takes no focus, and so is said. */
function useSaidAloud(outcome: Outcome | null): void {
  const announce = useAnnounce();
  const last = useRef<Outcome | null>(null);
  useEffect(() => {
    if (outcome?.via && outcome !== last.current) announce(`${outcome.via.label}: ${sentenceOf(outcome)}`);
    last.current = outcome;
  }, [announce, outcome]);
}

function sentenceOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'opened':
      return `signed in as ${outcome.name}.`;
    case 'checked':
      return outcome.sentence;
    case 'failed':
      return outcome.failure.sentence;
    default:
      return outcome satisfies never;
  }
}
