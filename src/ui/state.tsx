import type { ReactNode } from 'react';

/** ● ready, ◌ busy, ◆ attention, ■ bad, ○ unknown: every state has a shape of its own, and always its word. */
export type StateKind = 'ready' | 'busy' | 'attention' | 'bad' | 'unknown';

const colours: Readonly<Record<StateKind, string>> = {
  ready: 'text-ok',
  busy: 'text-busy',
  attention: 'text-warn',
  bad: 'text-bad',
  unknown: 'text-ink-3',
};

interface StateProps {
  readonly kind: StateKind;
  /** The word. */
  readonly children: ReactNode;
  /** More about it, for the tooltip. */
  readonly title?: string | undefined;
}

export function State({ kind, children, title }: StateProps) {
  return (
    <span className={`inline-flex items-baseline gap-1.75 font-semibold ${colours[kind]}`} title={title}>
      <span className="mark" data-mark={kind} aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}
