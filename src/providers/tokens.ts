import type { Expiry } from '../lib/time.ts';

/** What one sign-in or refresh hands over. */
export interface Tokens {
  readonly accessToken: string;
  readonly accessExpiry: Expiry;
  /** A server refused the access token then, before its time. How long it lived tells nothing of the next one. */
  readonly refusedAtMs?: number;
  readonly refreshToken?: string;
  readonly refreshExpiry?: Expiry;
  /** The session's name at the vendor, where it has one: opaque, not secret. */
  readonly serverSessionId?: string;
  /** What must travel with the token and is not secret: a user's id, the project that the token is for. */
  readonly companions?: Readonly<Record<string, string>>;
  /** Facts to show as they are: scope, token type. Never a secret. */
  readonly facts: readonly Fact[];
}

/** What travels with the token under that name; empty where nothing does, which no server takes for a value. */
export const companionOf = ({ companions }: Tokens, name: string): string => companions?.[name] ?? '';

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface Identity {
  /** Who: a user name or an e-mail. */
  readonly name: string;
  /** The vendor's own id of that person, where known. */
  readonly id?: string;
  /** What else that person signs in by, as far as it is known: an e-mail, what was typed. */
  readonly also?: readonly string[];
}
