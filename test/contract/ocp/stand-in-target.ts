import { randomUUID } from 'node:crypto';
import { standIn } from '../../../stand-ins/ocp/server.ts';
import type { Version } from '../../../stand-ins/ocp/versions.ts';
import { branch, clients, sessionsMax, type RealmChange, type Target } from './target.ts';

/** The stand-in as a target for the contract's rows. Its clock is moved instead of waited for. */
export async function startStandInTarget(version: Version): Promise<Target & { close(): Promise<void> }> {
  const { baseUrl, control, close } = await standIn.start();
  const restore = () => {
    control.reset();
    control.configure({ version });
  };
  restore();
  return {
    name: `stand-in ${version}`,
    version,
    baseUrl,
    otherBaseUrl: baseUrl.replace('127.0.0.1', 'localhost'),
    administrator: { username: 'admin', password: 'admin-demo-password' },
    addPerson({
      enabled = true,
      requiredActions = [],
      oneTimeCodes = false,
      adminRoles = [],
      accountRoles,
      named = 'person',
    } = {}) {
      const username = `${named}-${randomUUID().slice(0, 8)}`;
      const password = `not-a-real-password-${username}`;
      const { id } = control.putUser({
        username,
        password,
        enabled,
        requiredActions: [...requiredActions],
        otp: oneTimeCodes ? '123456' : null,
        adminRoles: [...adminRoles],
        ...(accountRoles && { accountRoles: [...accountRoles] }),
      });
      return Promise.resolve({ id, username, password, oneTimeCode: () => '123456' });
    },
    importPeople(usernames) {
      for (const username of usernames) control.putUser({ username });
      return Promise.resolve();
    },
    changePerson({ username }, { enabled, requiredActions }) {
      control.putUser({
        username,
        ...(enabled !== undefined && { enabled }),
        ...(requiredActions && { requiredActions: [...requiredActions] }),
      });
      return Promise.resolve();
    },
    configure(change) {
      const { rotation, accessSeconds, idleSeconds, sessionSecondsMax, clientSessionSecondsMax } = change;
      const { limit, lockAfterFailures, notBeforeNow, asksConsent } = change;
      if (notBeforeNow) {
        control.pushNotBefore();
        // As long as it takes at a real server: until somebody who signs in is not stale by it.
        control.clock({ advanceMs: 2_000 });
      }
      if (asksConsent !== undefined) {
        control.putClient({ clientId: clients.laterConsent, consentRequired: asksConsent });
      }
      control.configureRealm({
        ...(rotation !== undefined && { rotation }),
        ...(accessSeconds !== undefined && { accessTokenSeconds: accessSeconds }),
        ...(idleSeconds !== undefined && { ssoIdleSeconds: idleSeconds }),
        ...(sessionSecondsMax !== undefined && { ssoMaxSeconds: sessionSecondsMax }),
        ...(clientSessionSecondsMax !== undefined && { clientMaxSeconds: clientSessionSecondsMax }),
        ...(limit && { limit: limitOf(limit) }),
        ...(lockAfterFailures !== undefined && {
          bruteForce: {
            enabled: lockAfterFailures !== null,
            failureFactor: lockAfterFailures ?? 30,
            quickFailureMs: 0,
          },
        }),
      });
      return Promise.resolve();
    },
    configureBranch({ accountClient, ...change }) {
      const account = accountClient === undefined ? {} : { accountApi: accountClient };
      control.configureRealm({ realm: branch.realm, ...change, ...account });
      return Promise.resolve();
    },
    restore() {
      restore();
      return Promise.resolve();
    },
    pass(seconds) {
      control.clock({ advanceMs: seconds * 1000 });
      return Promise.resolve();
    },
    close,
  };
}

const limitOf = ({
  behavior,
  errorMessage,
  inRealmMax = sessionsMax,
  withClientMax = 0,
}: NonNullable<RealmChange['limit']>) => ({
  behavior,
  errorMessage: errorMessage ?? null,
  userRealmLimit: inRealmMax,
  userClientLimit: withClientMax,
});
