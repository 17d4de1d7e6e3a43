import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  /** What the next step is and what it brings. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** Nothing here yet: says the next step, with its button. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1 px-4 py-10 text-center">
      <p className="font-semibold">{title}</p>
      <div className="max-w-prose text-ink-2">{children}</div>
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
