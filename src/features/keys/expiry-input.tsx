import { useState } from 'react';
import type { ExpiryField } from '../../providers/keys-face.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import { TextField } from '../../ui/text-field.tsx';

interface ExpiryInputProps {
  readonly field: ExpiryField;
  /** `YYYY-MM-DD` */
  readonly proposed: string;
  /** Days before it are over. */
  readonly first: string;
}

/** A day, or no end at all, which takes a tick of its own. One of the two carries the field's name. */
export function ExpiryInput({ field, proposed, first }: ExpiryInputProps) {
  const [never, setNever] = useState(false);
  const { name, label, hint, never: words, proposedDays } = field;
  return (
    <div className="grid gap-2">
      <TextField
        kind="date"
        label={label}
        name={never ? undefined : name}
        disabled={never}
        required={!never}
        min={first}
        defaultValue={proposed}
        hint={[`${String(proposedDays)} days are proposed.`, hint].filter(Boolean).join(' ')}
      />
      <CheckBox
        label={words}
        name={never ? name : undefined}
        value="never"
        checked={never}
        onChange={({ target }) => setNever(target.checked)}
      />
    </div>
  );
}
