import type { ReactNode } from 'react';

interface CodeBlockProps {
  /** What it is: "curl example". */
  readonly label: string;
  readonly children: ReactNode;
  /** The copy button. */
  readonly action?: ReactNode;
  /** The last part of a panel: no corners and edges of its own. */
  readonly flush?: boolean;
}

/** Code to copy. Long lines wrap: nothing scrolls sideways. */
export function CodeBlock({ label, children, action, flush = false }: CodeBlockProps) {
  return (
    <figure
      aria-label={label}
      className={`flex items-start gap-3 bg-sunk px-3.5 py-3 ${flush ? 'rounded-b-[7px]' : 'rounded-lg border border-line'}`}
    >
      <pre className="min-w-0 flex-1 font-mono text-sm wrap-anywhere whitespace-pre-wrap text-ink-2">
        <code>{children}</code>
      </pre>
      {action}
    </figure>
  );
}
