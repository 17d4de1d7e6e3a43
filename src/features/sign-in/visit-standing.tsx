import { Button } from '../../ui/button.tsx';
import { State } from '../../ui/state.tsx';
import type { Visit, VisitState } from './code-visit.ts';

interface VisitStandingProps {
  readonly state: Exclude<VisitState, { kind: 'ready' | 'preparing' }>;
  readonly visit: Visit;
  readonly providerName: string;
}

/** Where a visit to the vendor's page stands, with what the person can do about it. */
export function VisitStanding({ state, visit, providerName }: VisitStandingProps) {
  switch (state.kind) {
    case 'waiting':
      return (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <span role="status">
            <State kind="busy">Waiting for {providerName} in the other tab…</State>
          </span>
          <Button size="small" onClick={visit.giveUp}>
            Cancel
          </Button>
          <a className="text-ink-2 underline" href={state.href} target="_blank" rel="noopener noreferrer">
            Open {providerName} again
          </a>
          {state.gatewayAway && (
            <p role="alert" className="basis-full">
              The gateway of this console does not answer, and {providerName} sends the browser back to it.{' '}
              <span className="text-ink-2">
                This page goes on waiting. Check that the program runs; if it was stopped, this sign-in has to begin
                again.
              </span>
            </p>
          )}
        </div>
      );
    case 'trading':
      return (
        <span role="status">
          <State kind="busy">{providerName} sent the browser back. Trading its code for a token…</State>
        </span>
      );
    case 'unprepared':
      return (
        <div role="alert" className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <span className="min-w-0 flex-1 basis-60">
            {state.failure.sentence} <span className="text-ink-2">{state.failure.next}</span>
          </span>
          <Button size="small" onClick={visit.again}>
            Try again
          </Button>
        </div>
      );
    default:
      return state satisfies never;
  }
}
