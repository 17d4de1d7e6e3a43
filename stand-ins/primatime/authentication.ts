/** Sections 3 and 4: sign in with a password or a secret key, and the refresh that works once. */
import { openSession, findPerson } from './account.ts';
import type { Person, Session } from './account.ts';
import { ApiError } from './errors.ts';
import type { Value } from './render.ts';
import type { Reply, Visit } from './visit.ts';

export function login(visit: Visit): Reply {
  const { account } = visit;
  checkApiKey(visit);
  const { person, keyId } = whoSignsIn(visit);
  if (!person.confirmed) throw new ApiError('PE01-1007');
  if (!person.active) throw new ApiError('PE01-1008');
  if (account.settings.userLimitReached) throw new ApiError('PE01-1009');
  return { status: 200, body: authObject(openSession(account, person.id, keyId)) };
}

export function refresh(visit: Visit): Reply {
  const { account, query } = visit;
  if (account.settings.checksApiKeyOnRefresh) checkApiKey(visit);
  const sent = query.get('refresh_token');
  if (!sent) throw new ApiError('PE01-1105', { description: 'Parameter refresh_token is missing' });
  const session = [...account.sessions.values()].find(({ refreshToken }) => refreshToken === sent);
  if (!session || session.refreshUsed || account.clock.nowMs() >= session.refreshEndsMs) {
    throw new ApiError('PE01-1011');
  }
  session.refreshUsed = account.settings.refreshTokensWorkOnce;
  if (account.settings.refreshEndsOldToken) session.tokenEndsMs = account.clock.nowMs();
  return { status: 200, body: authObject(openSession(account, session.personId, session.keyId)) };
}

/** No code of its own in the vendor's list. */
function checkApiKey({ account, query }: Visit): void {
  if (query.get('apikey') === account.apiKey) return;
  throw account.settings.wrongApiKeyStatus === 400
    ? new ApiError('PE01-1105', { description: 'Parameter apikey is wrong' })
    : new ApiError('PE01-1001');
}

function whoSignsIn(visit: Visit): { person: Person; keyId: string | null } {
  const { account, headers } = visit;
  const encoded = /^Basic +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
  const text = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const user = text.slice(0, Math.max(colon, 0));
  const password = text.slice(colon + 1);
  if (colon > 0 && password === '') {
    const key = [...account.keys.values()].find(({ secretKey }) => secretKey === user);
    const isOver = account.clock.nowMs() >= (key?.expirationMs ?? Infinity);
    const owner = key && account.people.get(key.personId);
    if (owner && !isOver && (key.trashItemId === null || account.settings.trashedKeysSignIn)) {
      return { person: owner, keyId: key.id };
    }
  }
  const person = colon > 0 && password !== '' ? findPerson(account, user) : undefined;
  if (person?.password === password) return { person, keyId: null };
  // A 401 names its scheme (RFC 9110 section 11.6.1).
  throw new ApiError('PE01-1001', { headers: { 'www-authenticate': 'Basic realm="PrimaTime"' } });
}

const authObject = (session: Session): Value => ({
  token: session.token,
  expiration: new Date(session.tokenEndsMs),
  refreshToken: session.refreshToken,
  refreshExpiration: new Date(session.refreshEndsMs),
});
