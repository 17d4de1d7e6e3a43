import { useState, type RefObject } from 'react';
import type { Connection } from '../../http/envelope.ts';
import type { ExpiryField, KeyCreate } from '../../providers/keys-face.ts';
import type { FormField, FormValues } from '../../providers/sign-in-way.ts';
import { FormFields } from '../form-fields.tsx';
import { ExpiryInput } from './expiry-input.tsx';

interface KeyFormProps {
  readonly id: string;
  readonly form: RefObject<HTMLFormElement | null>;
  readonly create: KeyCreate;
  readonly connection: Connection;
  /** What stands in the fields at first; the vendor's own where left out. */
  readonly like?: FormValues;
  /** On the server's clock. */
  readonly nowMs: number;
  readonly missing: readonly string[];
  readonly onSubmit: () => void;
}

const DAY_MS = 86_400_000;
const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

export const isExpiry = (field: FormField | ExpiryField): field is ExpiryField => field.kind === 'expiry';

/** The fields of a key that is to be made. What is typed lives in the inputs alone. */
export function KeyForm({ id, form, create, connection, like, nowMs, missing, onSubmit }: KeyFormProps) {
  // A form that is open over midnight must not move its day away under the person.
  const [openedAtMs] = useState(nowMs);
  const fields = create.fields
    .filter((field) => !isExpiry(field))
    .map((field) => {
      const value = like?.[field.name];
      return value === undefined ? field : { ...field, initial: () => value };
    });
  return (
    <form
      id={id}
      ref={form}
      className="grid gap-3"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <FormFields fields={fields} connection={connection} missing={missing} />
      {create.fields.filter(isExpiry).map((field) => (
        <ExpiryInput
          key={field.name}
          field={field}
          proposed={dayOf(openedAtMs + field.proposedDays * DAY_MS)}
          first={dayOf(openedAtMs)}
        />
      ))}
    </form>
  );
}
