import type { ReactNode } from 'react';

const looks = {
  plain: 'border-line-strong text-ink-2',
  strong: 'border-ink bg-ink text-panel font-semibold',
  warn: 'border-warn text-warn',
  bad: 'border-bad text-bad',
} as const;

/** A word about a thing: "preferred", "you", "deprecated". */
export function Badge({
  look = 'plain',
  children,
}: {
  readonly look?: keyof typeof looks;
  readonly children: ReactNode;
}) {
  return (
    <span className={`inline-block rounded-sm border px-1.25 text-xs leading-3.5 font-normal ${looks[look]}`}>
      {children}
    </span>
  );
}
