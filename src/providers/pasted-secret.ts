import type { Candidate } from './recognised.ts';

export interface SecretKind {
  readonly kind: string;
  readonly noun: string;
  /** Its name among `secrets`. */
  readonly secret: string;
}

/** A secret that names neither itself nor who made it. */
export const bareSecret = (
  { kind, noun, secret: name }: SecretKind,
  certainty: Candidate['certainty'],
  words: string,
  secret: string,
): Candidate => ({
  ...{ kind, noun, certainty, words, secret },
  id: null,
  issuer: null,
  secrets: { [name]: secret },
  facts: {},
});
