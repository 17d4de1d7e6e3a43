import { useId, type ReactNode } from 'react';

interface MenuItemProps {
  readonly onSelect: () => void;
  readonly children: ReactNode;
  /** A second line: what it does, or what it will send. */
  readonly hint?: ReactNode;
  readonly danger?: boolean;
  readonly disabled?: boolean;
}

/** One action. */
export function MenuItem({ onSelect, children, hint, danger = false, disabled = false }: MenuItemProps) {
  return (
    <button type="button" role="menuitem" tabIndex={-1} className="menu-item" disabled={disabled} onClick={onSelect}>
      <span className={danger ? 'text-bad' : undefined}>{children}</span>
      {hint !== undefined && <span className="block text-sm font-normal text-ink-3">{hint}</span>}
    </button>
  );
}

/** Items that belong together, under a name. */
export function MenuGroup({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <div role="group" aria-labelledby={id} className="menu-group">
      <div id={id} className="rail-heading px-2 pt-1.5 pb-1">
        {label}
      </div>
      {children}
    </div>
  );
}
