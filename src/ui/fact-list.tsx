import type { ReactNode } from 'react';

interface FactListProps {
  readonly facts: readonly { readonly label: string; readonly value: ReactNode; readonly mono?: boolean }[];
}

/** Names on the left, values on the right. */
export function FactList({ facts }: FactListProps) {
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      {facts.map(({ label, value, mono = false }) => (
        <div key={label} className="flex items-baseline justify-between gap-4">
          <dt className="shrink-0 text-ink-2">{label}</dt>
          <dd className={`min-w-0 text-right wrap-anywhere ${mono ? 'font-mono text-sm' : ''}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
