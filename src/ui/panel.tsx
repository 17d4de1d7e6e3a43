import { useId, type ReactNode } from 'react';

interface PanelProps {
  readonly title?: ReactNode;
  /** Beside the title, quietly: a count, "limit 5". */
  readonly note?: ReactNode;
  /** At the right end of the head. */
  readonly actions?: ReactNode;
  /** The content reaches the edges: tables, lists, code. */
  readonly flush?: boolean;
  readonly children: ReactNode;
}

/** A card on the page: hairline, 8 px corners, no shadow. With a title it is a region one can jump to. */
export function Panel({ title, note, actions, flush = false, children }: PanelProps) {
  const id = useId();
  if (title === undefined) return <div className={flush ? 'panel' : 'panel p-3.5'}>{children}</div>;
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="flex min-h-10 flex-wrap items-center gap-x-2.5 gap-y-1 border-b border-line px-3.5 py-1.5">
        <h2 id={id} className="font-semibold wrap-anywhere">
          {title}
        </h2>
        {note !== undefined && <span className="text-ink-2 tabular-nums">{note}</span>}
        {actions !== undefined && <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      <div className={flush ? '' : 'p-3.5'}>{children}</div>
    </section>
  );
}
