import { useId, type ComponentProps, type ReactNode } from 'react';

interface CheckBoxProps extends Omit<ComponentProps<'input'>, 'className' | 'style' | 'type' | 'id'> {
  readonly label: ReactNode;
  /** What it means to tick it. */
  readonly hint?: ReactNode;
}

/** Ticked or not, and sent with its form. What acts at once is a switch. */
export function CheckBox({ label, hint, ...input }: CheckBoxProps) {
  const id = useId();
  return (
    <label className="flex w-fit items-start gap-2">
      <input
        {...input}
        type="checkbox"
        aria-labelledby={`${id}-label`}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        className="mt-0.75 size-3.25 shrink-0 accent-ink"
      />
      <span>
        <span id={`${id}-label`}>{label}</span>
        {hint !== undefined && (
          <span id={`${id}-hint`} className="block text-sm text-ink-3">
            {hint}
          </span>
        )}
      </span>
    </label>
  );
}
