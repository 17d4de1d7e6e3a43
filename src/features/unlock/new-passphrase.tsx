import { TextField } from '../../ui/text-field.tsx';
import { weaknessOf } from '../../vault/new-passphrase.ts';
import { textIn } from './text-in.ts';

const FIELD = 'keyward-new-passphrase';
const AGAIN = 'keyward-new-passphrase-again';

/** What is wrong with what was typed, by field. Empty where it will do. */
export interface Weakness {
  readonly passphrase?: string;
  readonly again?: string;
}

/** Two fields: what is typed lives in them and nowhere else. */
export function NewPassphrase({ weakness }: { readonly weakness: Weakness }) {
  return (
    <>
      <TextField
        name={FIELD}
        kind="secret"
        label="New passphrase"
        autoComplete="new-password"
        hint="Five random words are good. It is known to you alone: nobody can reset it."
        error={weakness.passphrase}
      />
      <TextField
        name={AGAIN}
        kind="secret"
        label="The same once more"
        autoComplete="new-password"
        error={weakness.again}
      />
    </>
  );
}

/** The passphrase, or what is wrong with it. */
export function readNewPassphrase(form: FormData): { readonly passphrase: string } | { readonly weakness: Weakness } {
  const passphrase = textIn(form, FIELD);
  const weak = weaknessOf(passphrase);
  if (weak !== undefined) return { weakness: { passphrase: weak } };
  if (passphrase.normalize('NFKC') !== textIn(form, AGAIN).normalize('NFKC')) {
    return { weakness: { again: 'The two differ. Type both again.' } };
  }
  return { passphrase };
}
