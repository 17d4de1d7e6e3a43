import { countFailure, forgetFailures, isLocked } from './brute-force.ts';
import { findUser } from './realm.ts';
import type { Client, User } from './realm.ts';
import { requestedScope } from './scope.ts';
import { makeRoom } from './session-limit.ts';
import { openSession } from './sessions.ts';
import { answerWithTokens } from './tokens.ts';
import { clientAddress, oauthError } from './visit.ts';
import type { Refusal, Visit } from './visit.ts';

/** Section 1.1, the password grant. Every call that succeeds opens a new user session. */
export function signIn(visit: Visit, client: Client): Record<string, unknown> {
  const { world, realm, form } = visit;
  if (!client.directGrant) throw oauthError(400, 'unauthorized_client', 'Client not allowed for direct access grants');
  if (client.consentRequired) throw oauthError(400, 'invalid_client', 'Client requires user consent');
  const scope = requestedScope(form.get('scope'));

  const user = authenticate(visit);
  makeRoom(visit, client, user);
  if (user.requiredActions.length > 0 || lacksProfile(visit, user)) {
    throw oauthError(400, 'invalid_grant', 'Account is not fully set up');
  }
  forgetFailures(realm, user);
  const session = openSession(world, realm, {
    user,
    client,
    userAgent: visit.headers.get('user-agent') ?? 'Unknown',
    ipAddress: clientAddress(visit),
    offline: scope.includes('offline_access'),
  });
  const clientSession = session.clients.get(client.clientId);
  if (!clientSession) throw new Error('A session starts with its client.');
  return answerWithTokens(world, realm, { user, client, session, clientSession, scope, issuer: visit.issuer });
}

/** User name, then password, then one-time code. Whatever is wrong reads alike. */
function authenticate(visit: Visit): User {
  const { world, realm, form } = visit;
  const traits = world.traits();
  const name = form.get('username');
  if (!name) throw oauthError(401, 'invalid_request', 'Missing parameter: username');
  const user = findUser(realm, name);
  if (!user || isLocked(world, realm, user)) throw wrongCredentials(traits.wrongPasswordStatus);
  if (user.serviceAccount) throw wrongCredentials(traits.wrongPasswordStatus);
  if (!user.enabled && traits.tellsDisabledToAnyone) throw disabled();
  const isRight =
    form.get('password') === user.password &&
    (user.otp === null || !user.enabled || (form.get('otp') ?? form.get('totp')) === user.otp);
  if (!isRight) {
    countFailure(world, realm, user, clientAddress(visit));
    throw wrongCredentials(traits.wrongPasswordStatus);
  }
  if (!user.enabled) throw disabled();
  return user;
}

const wrongCredentials = (status: number): Refusal => oauthError(status, 'invalid_grant', 'Invalid user credentials');
const disabled = (): Refusal => oauthError(400, 'invalid_grant', 'Account disabled');

/** Master is exempt from the check that newer realms run. */
function lacksProfile({ world, realm }: Visit, user: User): boolean {
  if (realm.name === 'master' || !world.traits().verifiesProfile) return false;
  return [user.email, user.firstName, user.lastName].includes('');
}
