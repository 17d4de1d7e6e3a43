/** Makes an empty Keycloak into OCP's IAM, and lets tests change it, by its Admin REST API. */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import {
  clients,
  clientSecret,
  listedOrigin,
  sessionsMax,
  type BranchChange,
  type Person,
  type RealmChange,
  type Target,
} from '../contract/ocp/target.ts';
import { admin, found, list } from './admin-calls.ts';
import { configureBranch, createBranch } from './branch.ts';
import { administrator } from './server.ts';

const restored: Required<Omit<RealmChange, 'notBeforeNow'>> = {
  rotation: false,
  // Keycloak's own default for this realm is 60; the answer in OCP's documentation says 300.
  accessSeconds: 300,
  idleSeconds: 1800,
  sessionSecondsMax: 36_000,
  clientSessionSecondsMax: 0,
  limit: { behavior: 'Deny new session' },
  lockAfterFailures: null,
  asksConsent: false,
};

const branchRestored: Required<BranchChange> = { enabled: true, sslRequired: 'external', accountClient: true };

const passwordPolicy = 'hashAlgorithm(pbkdf2-sha256) and hashIterations(1)';

/** Sets up a server that was just started, and returns it as a target for the contract's rows. */
export async function setUpKeycloak(server: { readonly version: string; readonly baseUrl: string }): Promise<Target> {
  const target = keycloakTarget(server);
  // Hundreds of sign-ins: the usual hash would take more of this machine than all else that the server does.
  await admin(target, 'PUT', '', { realm: 'master', passwordPolicy });
  await configureRealm(target, restored);
  const flow = await createLimitedFlow(target);
  await createClients(target, flow);
  await createBranch(target, passwordPolicy);
  return target;
}

/** The face of a server that `setUpKeycloak` has been through. */
export function keycloakTarget({ version, baseUrl }: { readonly version: string; readonly baseUrl: string }): Target {
  let changed = false;
  let branchChanged = false;
  const target: Target = {
    name: `Keycloak ${version}`,
    version,
    baseUrl,
    otherBaseUrl: baseUrl.replace('127.0.0.1', 'localhost'),
    administrator,
    addPerson: (fields) => addPerson(target, fields),
    // An import is not held to the rules for user names that a new account is held to.
    async importPeople(usernames) {
      const users = usernames.map((username) => ({ username, enabled: true }));
      await admin(target, 'POST', '/partialImport', { ifResourceExists: 'FAIL', users });
    },
    async changePerson(person, change) {
      await admin(target, 'PUT', `/users/${person.id}`, change);
    },
    async configure(change) {
      changed = true;
      await configureRealm(target, change);
      if (change.limit) await configureLimit(target, change.limit);
      if (change.asksConsent !== undefined) await configureConsent(target, change.asksConsent);
      // One second on, so that a token of this very second is stale too.
      if (change.notBeforeNow) await setNotBefore(target, Math.floor(Date.now() / 1_000) + 1);
    },
    async configureBranch(change) {
      branchChanged = true;
      await configureBranch(target, change);
    },
    async restore() {
      if (branchChanged) await configureBranch(target, branchRestored);
      branchChanged = false;
      if (!changed) return;
      changed = false;
      await setNotBefore(target, 0);
      await configureRealm(target, restored);
      await configureLimit(target, restored.limit);
      await configureConsent(target, restored.asksConsent);
    },
    pass: (seconds) => wait(seconds * 1000),
  };
  return target;
}

/** The administrator’s own token is stale by it as well: the next call signs in anew, once the second has gone by. */
async function setNotBefore(target: Target, notBefore: number): Promise<void> {
  await admin(target, 'PUT', '', { realm: 'master', notBefore });
  if (notBefore > 0) await wait(2_000);
}

async function configureRealm(target: Target, change: RealmChange): Promise<void> {
  await admin(target, 'PUT', '', {
    realm: 'master',
    ...(change.rotation !== undefined && { revokeRefreshToken: change.rotation, refreshTokenMaxReuse: 0 }),
    ...(change.accessSeconds !== undefined && { accessTokenLifespan: change.accessSeconds }),
    ...(change.idleSeconds !== undefined && { ssoSessionIdleTimeout: change.idleSeconds }),
    ...(change.sessionSecondsMax !== undefined && { ssoSessionMaxLifespan: change.sessionSecondsMax }),
    ...(change.clientSessionSecondsMax !== undefined && { clientSessionMaxLifespan: change.clientSessionSecondsMax }),
    ...(change.lockAfterFailures !== undefined && {
      bruteForceProtected: change.lockAfterFailures !== null,
      failureFactor: change.lockAfterFailures ?? 30,
      quickLoginCheckMilliSeconds: 0,
    }),
  });
}

const flowAlias = 'ocp-direct';

interface Execution {
  readonly id: string;
  readonly providerId?: string;
  readonly authenticationConfig?: string;
}

/** The built-in flow with the session limit at its end. Bound to the client alone, or setting up would use up slots. */
async function createLimitedFlow(target: Target): Promise<string> {
  await admin(target, 'POST', '/authentication/flows/direct%20grant/copy', { newName: flowAlias });
  await admin(target, 'POST', `/authentication/flows/${flowAlias}/executions/execution`, {
    provider: 'user-session-limits',
  });
  const limit = await limitExecution(target);
  // The whole object: a body without `priority` would move the limit to the front, where it sees no user and lets all in.
  await admin(target, 'PUT', `/authentication/flows/${flowAlias}/executions`, { ...limit, requirement: 'REQUIRED' });
  await admin(target, 'POST', `/authentication/executions/${limit.id}/config`, limitConfig(restored.limit));
  const flows = await list<{ id: string; alias: string }>(target, '/authentication/flows');
  return found(flows, ({ alias }) => alias === flowAlias).id;
}

async function configureLimit(target: Target, limit: NonNullable<RealmChange['limit']>): Promise<void> {
  const { authenticationConfig: id } = await limitExecution(target);
  await admin(target, 'PUT', `/authentication/config/${String(id)}`, { id, ...limitConfig(limit) });
}

const limitConfig = ({
  behavior,
  errorMessage,
  inRealmMax = sessionsMax,
  withClientMax = 0,
}: NonNullable<RealmChange['limit']>) => ({
  alias: 'session-limit',
  config: {
    userRealmLimit: String(inRealmMax),
    userClientLimit: String(withClientMax),
    ...(behavior !== null && { behavior }),
    ...(errorMessage !== undefined && { errorMessage }),
  },
});

async function limitExecution(target: Target): Promise<Execution> {
  const executions = await list<Execution>(target, `/authentication/flows/${flowAlias}/executions`);
  return found(executions, ({ providerId }) => providerId === 'user-session-limits');
}

async function createClients(target: Target, limitedFlow: string): Promise<void> {
  const open = {
    protocol: 'openid-connect',
    publicClient: true,
    directAccessGrantsEnabled: true,
    standardFlowEnabled: false,
  };
  const all = [
    {
      clientId: clients.limited,
      webOrigins: [listedOrigin],
      authenticationFlowBindingOverrides: { direct_grant: limitedFlow },
    },
    { clientId: clients.confidential, publicClient: false, secret: clientSecret, serviceAccountsEnabled: true },
    { clientId: clients.consentRequired, consentRequired: true },
    { clientId: clients.withoutDirectGrant, directAccessGrantsEnabled: false },
    { clientId: clients.disabled, enabled: false },
    { clientId: clients.bearerOnly, publicClient: false, bearerOnly: true },
    { clientId: clients.trimmed, fullScopeAllowed: false, defaultClientScopes: [], optionalClientScopes: [] },
    { clientId: clients.withoutRefreshTokens, attributes: { 'use.refresh.tokens': 'false' } },
    { clientId: clients.laterConsent },
  ];
  for (const client of all) await admin(target, 'POST', '/clients', { ...open, fullScopeAllowed: true, ...client });
}

async function configureConsent(target: Target, consentRequired: boolean): Promise<void> {
  const path = `/clients?clientId=${clients.laterConsent}`;
  const client = found(await list<{ id: string }>(target, path), () => true);
  await admin(target, 'PUT', `/clients/${client.id}`, { ...client, consentRequired });
}

async function addPerson(target: Target, fields: Parameters<Target['addPerson']>[0] = {}): Promise<Person> {
  const username = `${fields.named ?? 'person'}-${randomUUID().slice(0, 8)}`;
  const password = `not-a-real-password-${username}`;
  const secret = randomBytes(10).toString('hex');
  await admin(target, 'POST', '/users', {
    username,
    enabled: fields.enabled ?? true,
    email: `${username}@example.test`,
    emailVerified: true,
    firstName: 'Person',
    lastName: 'Test',
    requiredActions: fields.requiredActions ?? [],
    credentials: [
      { type: 'password', value: password, temporary: false },
      ...(fields.oneTimeCodes ? [oneTimeCodeCredential(secret)] : []),
    ],
  });
  const users = await list<{ id: string }>(target, `/users?username=${encodeURIComponent(username)}&exact=true`);
  const { id } = found(users, () => true);
  await grantRoles(target, id, 'master-realm', fields.adminRoles ?? []);
  if (fields.accountRoles) {
    await dropRealmRoles(target, id);
    await grantRoles(target, id, 'account', fields.accountRoles);
  }
  return { id, username, password, oneTimeCode: () => timeBasedCode(secret, Date.now()) };
}

/** The default role with the two that let everybody see and end their own sessions. */
async function dropRealmRoles(target: Target, userId: string): Promise<void> {
  const path = `/users/${userId}/role-mappings/realm`;
  await admin(target, 'DELETE', path, await list<object>(target, path));
}

async function grantRoles(target: Target, userId: string, client: string, roles: readonly string[]): Promise<void> {
  if (roles.length === 0) return;
  const { id } = found(await list<{ id: string }>(target, `/clients?clientId=${client}`), () => true);
  const available = await list<{ name: string }>(target, `/clients/${id}/roles`);
  const granted = available.filter(({ name }) => roles.includes(name));
  await admin(target, 'POST', `/users/${userId}/role-mappings/clients/${id}`, granted);
}

const oneTimeCodeCredential = (secret: string) => ({
  type: 'otp',
  secretData: JSON.stringify({ value: secret }),
  credentialData: JSON.stringify({ subType: 'totp', digits: 6, counter: 0, period: 30, algorithm: 'HmacSHA1' }),
});

/** RFC 6238 over the secret's own characters, as Keycloak reads them; six digits, 30 seconds. */
function timeBasedCode(secret: string, nowMs: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / 30_000)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 0x0f;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}
