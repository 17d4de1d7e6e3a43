/** What is typed into a way in's form: read from the inputs when it is needed, and kept nowhere. */
import type { Connection } from '../http/envelope.ts';
import type { FormField, FormValues } from '../providers/sign-in-way.ts';

/** What stands in the inputs now. Never kept. */
export function readForm(form: HTMLFormElement, fields: readonly Pick<FormField, 'name'>[]): FormValues {
  const data = new FormData(form);
  return Object.fromEntries(
    fields.map(({ name }) => [
      name,
      data
        .getAll(name)
        .filter((value) => typeof value === 'string')
        .join(' '),
    ]),
  );
}

/** What stands in the inputs before anybody has touched them. */
export const initialValues = (fields: readonly FormField[], connection: Connection): FormValues =>
  Object.fromEntries(fields.map((field) => [field.name, field.initial?.(connection) ?? '']));

/** The required fields that hold nothing that is seen, by name. */
export const missingIn = (fields: readonly FormField[], values: FormValues): readonly string[] =>
  fields.filter(({ name, required }) => required && /^[\s\p{Cf}]*$/u.test(values[name] ?? '')).map(({ name }) => name);

/** Where a group has this name, its first box. */
export function focusField(form: HTMLFormElement | null, name: string | undefined): void {
  const found = name === undefined ? null : form?.elements.namedItem(name);
  const field = found instanceof RadioNodeList ? found[0] : found;
  if (field instanceof HTMLElement) field.focus();
}

/** Puts values into the inputs of those names, as if they had been typed or chosen. */
export function fillIn(form: HTMLFormElement | null, values: FormValues): void {
  for (const [name, value] of Object.entries(values)) {
    const field = form?.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
  }
}
