import { useId } from 'react';

interface SegmentedProps<Value extends string> {
  /** What is chosen; for the ear. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly small?: boolean;
}

/** One of a few, all in sight. Radio buttons underneath, so arrow keys work as everywhere. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
  small = false,
}: SegmentedProps<Value>) {
  const name = useId();
  return (
    <fieldset className="segmented" data-small={small || undefined}>
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
