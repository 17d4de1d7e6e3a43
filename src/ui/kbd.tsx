import type { ReactNode } from 'react';

/** A key of the keyboard. */
export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="rounded-sm border border-line-strong bg-panel px-1 font-mono text-xs text-ink-2">{children}</kbd>
  );
}
