import type { ReactNode } from 'react';
import { markOf, type Tone } from './band.tsx';

const edges: Readonly<Record<Tone, string>> = {
  ok: 'border-l-ok text-ok',
  warn: 'border-l-warn text-warn',
  bad: 'border-l-bad text-bad',
  busy: 'border-l-busy text-busy',
};

interface NeedCardProps {
  readonly tone: Tone;
  readonly title: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** Something that needs a person, with the next step beside it. */
export function NeedCard({ tone, title, children, action }: NeedCardProps) {
  return (
    <div
      className={`flex items-start gap-3 rounded-lg border border-l-3 border-line bg-panel px-3 py-2 ${edges[tone]}`}
    >
      <div className="min-w-0 flex-1">
        <p className="flex items-baseline gap-1.75 font-semibold">
          <span className="mark" data-mark={markOf[tone]} aria-hidden="true" />
          <span className="text-ink">{title}</span>
        </p>
        <div className="text-ink-2">{children}</div>
      </div>
      {action !== undefined && <div className="shrink-0">{action}</div>}
    </div>
  );
}
