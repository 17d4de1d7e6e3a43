import { useId, type ReactNode } from 'react';

/** What ties a control to its label, hint and error. Spread it on the control. */
export interface Wiring {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is wrong and how to mend it. Shown under the control and read out with it. */
  readonly error?: string | undefined;
  readonly optional?: boolean;
  readonly children: (wiring: Wiring) => ReactNode;
}

/** Label, control, hint and error in one place, wired for a screen reader. */
export function Field({ label, hint, error, optional = false, children }: FieldProps) {
  const id = useId();
  const described = [hint === undefined ? '' : `${id}-hint`, error === undefined ? '' : `${id}-error`];
  const wiring: Wiring = {
    id,
    'aria-describedby': described.join(' ').trim() || undefined,
    'aria-invalid': error === undefined ? undefined : true,
  };
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-semibold">
        {label} {optional && <span className="font-normal text-ink-3">(optional)</span>}
      </label>
      {children(wiring)}
      {error !== undefined && (
        <p id={`${id}-error`} className="flex items-baseline gap-1.5 text-sm text-bad">
          <span className="mark" data-mark="bad" aria-hidden="true" />
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p id={`${id}-hint`} className="text-xs text-ink-3">
          {hint}
        </p>
      )}
    </div>
  );
}
