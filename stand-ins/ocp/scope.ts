import type { Traits } from './versions.ts';
import { oauthError } from './visit.ts';

const known: readonly string[] = [
  ...['openid', 'profile', 'email', 'offline_access', 'address', 'phone', 'microprofile-jwt'],
  ...['roles', 'web-origins', 'acr', 'basic'],
];

/** The words asked for. An unknown one refuses the whole request. */
export function requestedScope(text: string | null): string[] {
  const words = (text ?? '').split(' ').filter((word) => word !== '');
  if (words.some((word) => !known.includes(word))) throw invalidScope(words);
  return words;
}

/** A refresh may ask for less than was granted. What it asks for beyond that it does not get, and is not told so. */
export function narrowedScope(text: string | null, granted: readonly string[], traits: Traits): readonly string[] {
  if (text === null) return granted;
  const words = requestedScope(text);
  return granted.filter((word) => words.includes(word) || (word === 'openid' && !traits.narrowsOpenid));
}

const invalidScope = (words: readonly string[]) =>
  oauthError(400, 'invalid_scope', `Invalid scopes: ${words.join(' ')}`);
