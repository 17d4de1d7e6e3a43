import { needRole } from './admin-access.ts';
import { userById } from './admin-users.ts';
import { isLocked, noFailures } from './brute-force.ts';
import type { Reply, Visit } from './visit.ts';

/** Read or lift the lock that too many failures put on a user. */
export function lockState(visit: Visit, id = ''): Reply {
  const { world, realm } = visit;
  if (visit.method === 'DELETE') {
    needRole(visit, 'manage-users');
    realm.failures.delete(userById(visit, id).id);
    return { status: 204 };
  }
  needRole(visit, 'view-users', 'manage-users');
  // Asked about somebody who is not there, the real server answers as for one who never failed.
  const user = realm.users.get(id);
  const failures = realm.failures.get(id) ?? noFailures();
  return {
    status: 200,
    body: {
      failedLoginNotBefore: failures.lockedUntil,
      numFailures: failures.numFailures,
      numTemporaryLockouts: failures.lockouts,
      disabled: user !== undefined && isLocked(world, realm, user),
      lastIPFailure: failures.lastIp,
      lastFailure: failures.lastFailureMs,
      ...(world.traits().countsSecondaryFailures ? { numSecondaryAuthFailures: 0 } : {}),
    },
  };
}
