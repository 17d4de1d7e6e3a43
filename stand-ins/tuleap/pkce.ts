/** RFC 7636, with `S256` only. */
import { createHash } from 'node:crypto';

/** base64url without padding, of 32 bytes. */
export const isChallenge = (text: string): boolean => {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === 32 && bytes.toString('base64url') === text;
};

export const answersChallenge = (verifier: string | null, challenge: string): boolean =>
  verifier !== null &&
  /^[A-Za-z0-9\-._~]{43,128}$/.test(verifier) &&
  createHash('sha256').update(verifier).digest('base64url') === challenge;
