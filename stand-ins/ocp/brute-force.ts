import type { LoginFailures, Realm, User } from './realm.ts';
import type { World } from './world.ts';

export const noFailures = (): LoginFailures => ({
  numFailures: 0,
  lockedUntil: 0,
  lockouts: 0,
  lastFailureMs: 0,
  lastIp: 'n/a',
  permanent: false,
});

/** Nobody who signs in can tell this from a wrong password. */
export function isLocked(world: World, realm: Realm, user: User): boolean {
  const failures = realm.failures.get(user.id);
  return failures !== undefined && (failures.permanent || world.clock.nowSeconds() < failures.lockedUntil);
}

export function countFailure(world: World, realm: Realm, user: User, ip: string): void {
  const rule = realm.settings.bruteForce;
  if (!rule.enabled) return;
  const nowMs = world.clock.nowMs();
  const failures = realm.failures.get(user.id) ?? noFailures();
  realm.failures.set(user.id, failures);
  const isQuick = failures.lastFailureMs > 0 && nowMs - failures.lastFailureMs < rule.quickFailureMs;
  failures.numFailures += 1;
  failures.lastFailureMs = nowMs;
  failures.lastIp = ip;

  const isFull = failures.numFailures % rule.failureFactor === 0;
  if (!isFull && !isQuick) return;
  if (isFull && rule.permanent) failures.permanent = true;
  const steps = Math.max(1, failures.numFailures / rule.failureFactor);
  const full = Math.min(rule.waitIncrementSeconds * steps, rule.maxWaitSeconds);
  failures.lockedUntil = Math.floor(nowMs / 1000) + (isFull ? full : rule.quickFailureWaitSeconds);
  failures.lockouts += 1;
}

export function forgetFailures(realm: Realm, user: User): void {
  realm.failures.delete(user.id);
}
