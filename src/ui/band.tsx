import type { ReactNode } from 'react';
import type { StateKind } from './state.tsx';

export type Tone = 'ok' | 'warn' | 'bad' | 'busy';

export const markOf: Readonly<Record<Tone, StateKind>> = {
  ok: 'ready',
  warn: 'attention',
  bad: 'bad',
  busy: 'busy',
};

const grounds: Readonly<Record<Tone, string>> = {
  ok: 'bg-ok-ground text-ok',
  warn: 'bg-warn-ground text-warn',
  bad: 'bg-bad-ground text-bad',
  busy: 'bg-busy-ground text-busy',
};

interface BandProps {
  readonly tone: Tone;
  /** What happened, in one sentence. */
  readonly title: ReactNode;
  /** Whether it took effect, and what to do next. */
  readonly children?: ReactNode;
  readonly action?: ReactNode;
  /** Read out when it appears: a failure, the answer to what was just done. */
  readonly alerts?: boolean;
  /** The last line of a panel: no corners of its own. */
  readonly flush?: boolean;
}

/** A sentence that matters now, on the ground of its state. */
export function Band({ tone, title, children, action, alerts = false, flush = false }: BandProps) {
  return (
    <div
      role={alerts ? 'alert' : undefined}
      className={`flex items-start gap-3 px-3.5 py-2.5 ${grounds[tone]} ${flush ? 'rounded-b-[7px]' : 'rounded-lg'}`}
    >
      <span className="mark mt-1.25" data-mark={markOf[tone]} aria-hidden="true" />
      {/* Where there is no room beside the words, the action stands under them. */}
      <div className="flex min-w-0 flex-1 flex-wrap items-start gap-x-3 gap-y-2">
        <div className="min-w-0 flex-1 basis-60">
          <p className="font-semibold wrap-anywhere">{title}</p>
          {children !== undefined && <div className="mt-0.5 wrap-anywhere text-ink-2">{children}</div>}
        </div>
        {action !== undefined && <div className="flex shrink-0 gap-2">{action}</div>}
      </div>
    </div>
  );
}
