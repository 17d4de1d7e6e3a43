import type { Connection } from '../../http/envelope.ts';
import type { FormField, FormValues } from '../sign-in-way.ts';
import { settings } from './settings.ts';

const [field] = settings.fields;

const pathNames: readonly string[] = field.choices.map(({ value }) => value);

const ofConnection = ({ settings: given }: Connection): string => given[field.key] ?? field.default;

/** The person may choose another one than the operator's file names: a server may have been updated meanwhile. */
export const pathNameField: FormField = {
  name: field.key,
  label: field.label,
  hint: 'Where the server has nothing under one name, the other is tried without a credential, and offered if it answers.',
  autoComplete: 'off',
  kind: 'choice',
  required: true,
  choices: field.choices,
  initial: ofConnection,
};

/** What was chosen in the form, else what the operator's file says. */
export function pathNameOf(values: FormValues, connection: Connection): string {
  const chosen = values[field.key] ?? '';
  return pathNames.includes(chosen) ? chosen : ofConnection(connection);
}

export const otherPathName = (name: string): string => pathNames.find((each) => each !== name) ?? name;
