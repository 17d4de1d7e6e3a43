import { useId, type ReactNode } from 'react';

interface Choice<Value extends string> {
  readonly value: Value;
  readonly title: string;
  readonly badge?: ReactNode;
  readonly description: ReactNode;
}

interface ChoiceListProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly choices: readonly Choice<Value>[];
  readonly onChange: (value: Value) => void;
}

/** One of a few that need a sentence each: ways to sign in. The heavy edge marks the chosen one. */
export function ChoiceList<Value extends string>({ label, value, choices, onChange }: ChoiceListProps<Value>) {
  const name = useId();
  return (
    <fieldset className="choices">
      <legend className="sr-only">{label}</legend>
      {choices.map((choice, at) => (
        <label key={choice.value} className="choice">
          <input
            type="radio"
            name={name}
            className="sr-only"
            aria-labelledby={`${name}-${at}`}
            aria-describedby={`${name}-${at}-why`}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span id={`${name}-${at}`} className="flex flex-wrap items-center gap-x-1.5 font-semibold">
            {choice.title} {choice.badge}
          </span>
          <span id={`${name}-${at}-why`} className="block text-sm text-ink-2">
            {choice.description}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
