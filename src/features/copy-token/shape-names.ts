/** The shapes in which a token can be copied, by name: what a button needs before their code has arrived. */

export type ShapeId = 'token' | 'header' | 'curl' | 'fetch' | 'httpie' | 'dotenv' | 'python';

/** With the secret in it, or with the name of a variable in its place. */
export type Form = 'secret' | 'variable';

export interface Choice {
  readonly shape: ShapeId;
  readonly form: Form;
}

/** A choice that stays with its session. */
export interface Remembered extends Choice {
  /** After "Copy" on the button; empty for the bare token. */
  readonly onButton: string;
}

export const bareToken: Remembered = { shape: 'token', form: 'secret', onButton: '' };

/** In a menu, and after "Copied as". */
export const shapeLabels: Readonly<Record<ShapeId, string>> = {
  token: 'Token',
  header: 'Header',
  curl: 'curl',
  fetch: 'fetch',
  httpie: 'HTTPie',
  dotenv: '.env',
  python: 'Python',
};
