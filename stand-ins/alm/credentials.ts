import { Buffer } from 'node:buffer';
import { deadKey, deadToken, missingCredential, noLicense, wrongPassword } from './errors.ts';
import type { Person, TokenRecord, World } from './world.ts';

export interface SignedIn {
  readonly person: Person;
  /** Null where a password was used. */
  readonly keyId: string | null;
}

interface Authorization {
  /** Lower case. */
  readonly scheme: string;
  readonly value: string;
}

function read(headers: Headers): Authorization | null {
  const [, scheme, value] = /^(\S+) +(.*)$/s.exec(headers.get('authorization') ?? '') ?? [];
  return scheme === undefined || value === undefined ? null : { scheme: scheme.toLowerCase(), value };
}

/** At the first colon only: secrets and passwords may hold more of them. */
function splitPair(text: string): { name: string; secret: string } | null {
  const at = text.indexOf(':');
  return at < 0 ? null : { name: text.slice(0, at), secret: text.slice(at + 1) };
}

/** For the list of projects and for tokens: an API key as it is, or a password in base64 of UTF-8. No token. */
export function signIn(world: World, headers: Headers): SignedIn {
  const given = read(headers);
  const signedIn =
    given?.scheme === 'apikey'
      ? byKey(world, given.value)
      : given?.scheme === 'basic'
        ? byPassword(world, given.value)
        : null;
  if (!signedIn) throw missingCredential();
  if (!signedIn.person.licensed) throw noLicense();
  return signedIn;
}

function byKey(world: World, value: string): SignedIn {
  const pair = splitPair(value);
  const key = pair && world.keys.get(pair.name);
  const person = key && world.people.get(key.username);
  if (!pair || !key || !person || key.secret !== pair.secret) throw deadKey(world.settings.deadKeyStatus);
  return { person, keyId: key.id };
}

function byPassword(world: World, value: string): SignedIn {
  const pair = splitPair(Buffer.from(value, 'base64').toString('utf8'));
  const person = pair && world.people.get(pair.name);
  if (!pair || !person || person.password !== pair.secret) throw wrongPassword();
  return { person, keyId: null };
}

/** For everything else: a token, and nothing but a token. */
export function bearer(world: World, headers: Headers): { record: TokenRecord; person: Person } {
  const given = read(headers);
  if (given?.scheme !== 'bearer') throw missingCredential();
  const record = world.tokens.get(given.value);
  const person = record && [...world.people.values()].find(({ id }) => id === record.personId);
  if (!record || !person || world.clock.nowMs() >= record.endsMs) throw deadToken();
  if (!person.licensed) throw noLicense();
  return { record, person };
}
