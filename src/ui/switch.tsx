import type { ReactNode } from 'react';

interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
  /** The label is shown beside it; otherwise it is for the ear alone. */
  readonly shown?: boolean;
  readonly hint?: ReactNode;
}

/** On or off, at once. */
export function Switch({ label, checked, onChange, disabled = false, shown = false, hint }: SwitchProps) {
  return (
    <label className="flex w-fit items-start gap-2.5">
      <input
        type="checkbox"
        role="switch"
        className="switch"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span className={shown ? '' : 'sr-only'}>
        {label}
        {hint !== undefined && <span className="block text-sm text-ink-3">{hint}</span>}
      </span>
    </label>
  );
}
