import type { Connection } from '../http/envelope.ts';
import type { FormField } from '../providers/sign-in-way.ts';
import { CheckGroup } from '../ui/check-group.tsx';
import { SelectField } from '../ui/select-field.tsx';
import { TextField } from '../ui/text-field.tsx';

interface FormFieldsProps {
  readonly fields: readonly FormField[];
  readonly connection: Connection;
  /** Names of the fields that were left empty. */
  readonly missing: readonly string[];
}

const SIDE_BY_SIDE =
  'grid items-start gap-x-3.5 gap-y-3 [grid-template-columns:repeat(auto-fill,minmax(min(15rem,100%),1fr))]';

/** The fields of a way in, as the vendor's folder declares them. What is typed lives in the inputs and nowhere else. */
export function FormFields({ fields, connection, missing }: FormFieldsProps) {
  const wide = fields.filter(({ kind }) => kind === 'choices');
  const narrow = fields.filter(({ kind }) => kind !== 'choices');
  return (
    <>
      {narrow.length > 0 && (
        <div className={narrow.length === 1 ? 'max-w-lg' : SIDE_BY_SIDE}>
          {narrow.map((field) => (
            <OneField key={field.name} field={field} connection={connection} missing={missing.includes(field.name)} />
          ))}
        </div>
      )}
      {wide.map((field) => (
        <OneField key={field.name} field={field} connection={connection} missing={missing.includes(field.name)} />
      ))}
    </>
  );
}

interface OneFieldProps {
  readonly field: FormField;
  readonly connection: Connection;
  readonly missing: boolean;
}

function OneField({ field, connection, missing }: OneFieldProps) {
  const { name, label, hint, kind, autoComplete, required, choices = [] } = field;
  const initial = field.initial?.(connection) ?? '';
  const error = missing ? `${label} is missing. Nothing was sent.` : undefined;
  switch (kind) {
    case 'choice':
      return (
        <SelectField label={label} name={name} hint={hint} error={error} options={choices} defaultValue={initial} />
      );
    case 'choices':
      return (
        <CheckGroup
          label={label}
          name={name}
          hint={hint}
          error={error}
          choices={choices}
          initial={initial.split(' ')}
        />
      );
    case 'text':
    case 'secret':
    case 'digits':
      return (
        <TextField
          label={label}
          name={name}
          kind={kind}
          autoComplete={autoComplete}
          required={required}
          defaultValue={initial}
          hint={hint}
          error={error}
        />
      );
    default:
      return kind satisfies never;
  }
}
