import { useEffect, useState, type ComponentProps, type ReactNode } from 'react';
import { Field, type Wiring } from './field.tsx';

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'className' | 'style' | 'type' | 'id'> {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  /** `secret` is masked and can be shown for ten seconds; `digits` brings up the number keys; `date` gives `YYYY-MM-DD`. */
  readonly kind?: 'text' | 'secret' | 'digits' | 'search' | 'date';
}

/** One line of text. Not required means that the label says "(optional)". */
export function TextField({ label, hint, error, kind = 'text', ...input }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={input.required === false}>
      {(wiring) => {
        if (kind === 'secret') return <SecretInput {...input} wiring={wiring} label={label} />;
        if (kind === 'search' || kind === 'date') return <input {...input} {...wiring} type={kind} className="input" />;
        return (
          <input
            spellCheck={false}
            autoCapitalize="none"
            {...input}
            {...wiring}
            type="text"
            {...(kind === 'digits' ? { inputMode: 'numeric' } : {})}
            className={kind === 'digits' ? 'input font-mono' : 'input'}
          />
        );
      }}
    </Field>
  );
}

const REVEAL_MS = 10_000;

interface SecretInputProps extends ComponentProps<'input'> {
  readonly wiring: Wiring;
  readonly label: string;
}

function SecretInput({ wiring, label, ...input }: SecretInputProps) {
  const [revealed, setRevealed] = useState(false);

  useEffect(() => {
    if (!revealed) return undefined;
    const timer = setTimeout(() => setRevealed(false), REVEAL_MS);
    return () => clearTimeout(timer);
  }, [revealed]);

  return (
    <span className="relative block">
      <input
        spellCheck={false}
        autoCapitalize="none"
        {...input}
        {...wiring}
        type={revealed ? 'text' : 'password'}
        className="input pr-14 font-mono"
      />
      <button
        type="button"
        className="absolute inset-y-px right-px rounded-r px-2.5 text-sm font-semibold text-ink-2 hover:text-ink"
        aria-pressed={revealed}
        aria-controls={wiring.id}
        aria-label={`Show ${label}`}
        title={revealed ? undefined : 'Shows it for ten seconds'}
        onClick={() => setRevealed(!revealed)}
      >
        {revealed ? 'Hide' : 'Show'}
      </button>
    </span>
  );
}
