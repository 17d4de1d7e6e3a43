import { useEffect, type ReactNode } from 'react';

interface PageHeaderProps {
  readonly title: string;
  /** One line under it: what one looks at, in facts. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** The page's only first-level heading; names the document, and receives focus after a navigation. */
export function PageHeader({ title, children, actions }: PageHeaderProps) {
  useEffect(() => {
    document.title = `${title} · Keyward`;
  }, [title]);

  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
      <div className="min-w-0">
        <h1 tabIndex={-1} className="text-xl font-semibold outline-none">
          {title}
        </h1>
        {children !== undefined && <p className="mt-0.5 wrap-anywhere text-ink-2">{children}</p>}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-3">{actions}</div>}
    </header>
  );
}
