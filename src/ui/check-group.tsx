import { CheckBox } from './check-box.tsx';

interface CheckGroupProps {
  readonly label: string;
  readonly name: string;
  readonly choices: readonly { readonly value: string; readonly label: string; readonly hint?: string }[];
  /** The values that are ticked at first. */
  readonly initial: readonly string[];
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** Any number of a few. */
export function CheckGroup({ label, name, choices, initial, hint, error }: CheckGroupProps) {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 font-semibold">{label}</legend>
      <div className="grid [grid-template-columns:repeat(auto-fill,minmax(min(17rem,100%),1fr))] gap-x-3.5 gap-y-1.5">
        {choices.map((choice) => (
          <CheckBox
            key={choice.value}
            name={name}
            value={choice.value}
            defaultChecked={initial.includes(choice.value)}
            label={choice.label}
            hint={choice.hint}
          />
        ))}
      </div>
      {error !== undefined && (
        <p className="flex items-baseline gap-1.5 text-sm text-bad">
          <span className="mark" data-mark="bad" aria-hidden="true" />
          {error}
        </p>
      )}
      {hint !== undefined && <p className="text-xs text-ink-3">{hint}</p>}
    </fieldset>
  );
}
