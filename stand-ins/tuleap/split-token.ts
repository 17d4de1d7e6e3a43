/** Keys, codes and tokens of one build: a prefix, the id of a row, a dot, and 32 random bytes whose hash the row keeps. */
import { createHash, randomBytes } from 'node:crypto';

export const prefixes = {
  accessKey: 'tlp-k1-',
  printedAccessKey: 'tlp.k1.',
  authorizationCode: 'tlp-oauth2-ac1-',
  accessToken: 'tlp-oauth2-at1-',
  refreshToken: 'tlp-oauth2-rt1-',
  clientSecret: 'tlp-oauth2-c1-',
} as const;

export type Prefix = (typeof prefixes)[keyof typeof prefixes];

export interface SplitToken {
  readonly id: number;
  /** Hexadecimal. */
  readonly verifier: string;
}

export const newVerifier = (): string => randomBytes(32).toString('hex');

export const hashVerifier = (verifier: string): string =>
  createHash('sha256').update(Buffer.from(verifier, 'hex')).digest('hex');

export const writeSplitToken = (prefix: Prefix, { id, verifier }: SplitToken): string => `${prefix}${id}.${verifier}`;

/** Null where it does not have the format. */
export function readSplitToken(prefix: Prefix, text: string): SplitToken | null {
  if (!text.startsWith(prefix)) return null;
  const [, id, verifier] = /^(\d+)\.([0-9a-fA-F]{64})$/.exec(text.slice(prefix.length)) ?? [];
  return id === undefined || verifier === undefined ? null : { id: Number(id), verifier };
}

/** The row that a token names, if its secret half is right. */
export function findBySplitToken<Row extends { readonly hash: string }>(
  rows: ReadonlyMap<number, Row>,
  { id, verifier }: SplitToken,
): Row | null {
  const row = rows.get(id);
  return row?.hash === hashVerifier(verifier) ? row : null;
}
