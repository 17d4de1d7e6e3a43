/**
 * Who a REST call comes from. The first credential that is present decides, in this order: session cookie, access key,
 * bearer, token pair, Basic. A wrong one is fatal even where nobody had to sign in.
 */
import { checkAccessKey } from './access-keys.ts';
import { ApiError } from './api-error.ts';
import { checkAccessToken } from './oauth-store.ts';
import { byUsername, mayEnter } from './people.ts';
import type { Person } from './people.ts';
import { findRestToken } from './rest-tokens.ts';
import { textOf } from './texts.ts';
import type { Text } from './texts.ts';
import { webUser } from './web-sessions.ts';
import type { World } from './world.ts';

interface Caller {
  readonly headers: Headers;
  readonly address: string;
  /** What the route asks a bearer for; null where it takes none. */
  readonly oauthScope: string | null;
}

/** Null is anonymous: nothing was presented, or something that the server does not take for a credential. */
export function authenticate(world: World, caller: Caller): Person | null {
  const { headers } = caller;
  const atTheBrowser = webUser(world, headers);
  if (atTheBrowser) return atTheBrowser.person;
  const authorization = headers.get('authorization') ?? '';
  const key = headers.get('x-auth-accesskey');
  if (key !== null) return admit(world, byAccessKey(world, key, caller.address));
  if (/^Bearer\s.+$/.test(authorization)) return byBearer(world, authorization, caller.oauthScope);
  const token = headers.get('x-auth-token');
  if (token !== null) return byToken(world, token, headers.get('x-auth-userid'));
  return /^Basic\s/i.test(authorization) ? byPassword(world, authorization) : null;
}

function byAccessKey(world: World, text: string, address: string): Person | null {
  const key = checkAccessKey(world, text, address);
  if (key === 'malformed') throw malformed();
  if (key === 'invalid') throw new ApiError(401, 'Invalid access key');
  return world.people.get(key.userId) ?? null;
}

function byBearer(world: World, authorization: string, scope: string | null): Person | null {
  const [, text] = /^Bearer\s([a-zA-Z0-9\-._~+/=]+)$/.exec(authorization) ?? [];
  // Characters that no token has: not a credential at all.
  if (text === undefined) return null;
  const checked = checkAccessToken(world, text, scope);
  if (checked.ok) return admit(world, world.people.get(checked.userId) ?? null);
  throw checked.fault === 'malformed' ? malformed() : new ApiError(401, 'Invalid OAuth2 access token');
}

function byToken(world: World, token: string, userId: string | null): Person | null {
  if (userId === null) return null;
  const found = findRestToken(world, userId, token);
  const person = found && world.people.get(found.userId);
  if (!person) throw new ApiError(401, 'Invalid Token');
  return admit(world, person);
}

function byPassword(world: World, authorization: string): Person {
  const pair = Buffer.from(authorization.replace(/^Basic\s+/i, ''), 'base64').toString('utf8');
  const at = pair.indexOf(':');
  const person = at < 0 ? null : byUsername(world.people, pair.slice(0, at));
  const isRight = person && !person.passwordlessOnly && person.password === pair.slice(at + 1) && mayEnter(person);
  if (!isRight) throw new ApiError(401, 'Basic Authentication Required');
  return person;
}

const malformed = (): ApiError => new ApiError(401, 'Key or token incorrectly formatted');

function admit({ settings }: World, person: Person | null): Person | null {
  if (!person || mayEnter(person)) return person;
  throw new ApiError(403, textOf(refusalOf(person), settings.language));
}

export function refusalOf({ status, passwordExpired }: Person): Text {
  if (status === 'S') return 'suspended';
  if (status === 'D') return 'deleted';
  return status === 'A' || status === 'R' ? (passwordExpired ? 'passwordExpired' : 'pending') : 'pending';
}

/** The quoting is the server's. */
export const challenge = ((realm: string) =>
  `Basic realm="${realm} Token realm="${realm}" AccessKey realm="${realm}" Bearer realm="${realm}"`)(
  'Restricted Tuleap API',
);
