import { needRole } from './admin-access.ts';
import type { User } from './realm.ts';
import { onlineSessions } from './sessions.ts';
import { plainError } from './visit.ts';
import type { Reply, Visit } from './visit.ts';

function represent(user: User, withProfile: boolean) {
  return {
    id: user.id,
    username: user.username,
    firstName: user.firstName,
    lastName: user.lastName,
    email: user.email,
    emailVerified: true,
    enabled: user.enabled,
    createdTimestamp: user.createdMs,
    ...(withProfile ? { ...profileMetadata, totp: user.otp !== null, requiredActions: user.requiredActions } : {}),
  };
}

/** Large on purpose: what a server sends that ignores `briefRepresentation`. */
const profileMetadata = {
  userProfileMetadata: {
    attributes: ['username', 'email', 'firstName', 'lastName'].map((name) => ({
      name,
      displayName: `\${${name}}`,
      required: true,
      readOnly: false,
      validators: { length: { max: 255, 'ignore.empty.value': true }, 'up-username-not-idn-homograph': {} },
      multivalued: false,
    })),
    groups: [{ name: 'user-metadata', displayHeader: 'User metadata', displayDescription: 'Attributes' }],
  },
};

function matching({ realm, url }: Visit): User[] {
  const { searchParams } = url;
  const exact = searchParams.get('exact') === 'true';
  const holds = (text: string, name: 'username' | 'email'): boolean => {
    const wanted = searchParams.get(name)?.toLowerCase();
    return wanted === undefined || (exact ? text.toLowerCase() === wanted : text.toLowerCase().includes(wanted));
  };
  const words = (searchParams.get('search') ?? '').toLowerCase().split(/\s+/).filter(Boolean).map(pattern);
  return [...realm.users.values()]
    .filter(({ serviceAccount }) => !serviceAccount || searchParams.has('username') || searchParams.has('email'))
    .filter(({ username, email }) => holds(username, 'username') && holds(email, 'email'))
    .filter(({ username, email, firstName, lastName }) =>
      words.every((word) => [username, email, firstName, lastName].some((text) => word.test(text.toLowerCase()))),
    )
    .sort((a, b) => (a.username < b.username ? -1 : 1));
}

/** A word of `search`: an asterisk stands for anything, and without one it is a beginning. */
function pattern(word: string): RegExp {
  const parts = word.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}${word.includes('*') ? '$' : ''}`, 's');
}

export function findUsers(visit: Visit): Reply {
  needRole(visit, 'query-users', 'view-users', 'manage-users');
  const { searchParams } = visit.url;
  const first = Number(searchParams.get('first') ?? 0);
  const max = Number(searchParams.get('max') ?? 100);
  const brief = searchParams.get('briefRepresentation') === 'true' && visit.world.traits().briefUsers;
  return {
    status: 200,
    body: matching(visit)
      .slice(first, first + max)
      .map((user) => represent(user, !brief)),
  };
}

export function countUsers(visit: Visit): Reply {
  needRole(visit, 'query-users', 'view-users', 'manage-users');
  return { status: 200, body: matching(visit).length };
}

export function userById({ realm }: Visit, id: string): User {
  const user = realm.users.get(id);
  if (!user) throw plainError(404, 'User not found');
  return user;
}

export function oneUser(visit: Visit, id = ''): Reply {
  needRole(visit, 'view-users', 'manage-users');
  return { status: 200, body: represent(userById(visit, id), true) };
}

/** `enabled` and `requiredActions`: the switches that support uses. */
export function changeUser(visit: Visit, id = ''): Reply {
  needRole(visit, 'manage-users');
  const user = userById(visit, id);
  const change = readJson(visit.text);
  if (typeof change['enabled'] === 'boolean') user.enabled = change['enabled'];
  const actions = change['requiredActions'];
  if (Array.isArray(actions)) user.requiredActions = actions.map(String);
  return { status: 204 };
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    throw plainError(400, 'HTTP 400 Bad Request');
  }
}

/** Ends every online session and makes all older tokens stale; one of the same second stays good. */
export function endAllSessions(visit: Visit, id = ''): Reply {
  needRole(visit, 'manage-users');
  const user = userById(visit, id);
  if (visit.world.server.endsNothing) return { status: 204 };
  for (const session of onlineSessions(visit.world, visit.realm, id)) visit.realm.sessions.delete(session.id);
  user.notBefore = visit.world.clock.nowSeconds();
  return { status: 204 };
}
