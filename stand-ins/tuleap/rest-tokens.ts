/** The deprecated tokens. A token's age is never checked: it lives until a system check removes its row. */
import { randomBytes } from 'node:crypto';
import type { World } from './world.ts';

export interface RestToken {
  readonly userId: number;
  readonly token: string;
  /** Seconds since 1970. */
  readonly createdAt: number;
}

const lifeSeconds = 86_400;
const systemCheckEverySeconds = 1800;

export function createRestToken({ restTokens, clock }: World, userId: number): RestToken {
  const created = { userId, token: randomBytes(16).toString('hex'), createdAt: clock.nowSeconds() };
  restTokens.set(created.token, created);
  return created;
}

export function findRestToken(world: World, userId: string, token: string): RestToken | null {
  runDueSystemCheck(world);
  const found = world.restTokens.get(token);
  return found && String(found.userId) === userId ? found : null;
}

export function deleteRestTokens({ restTokens }: World, userId: number): void {
  for (const { userId: owner, token } of restTokens.values()) if (owner === userId) restTokens.delete(token);
}

/** Removes every token of more than 24 hours. */
export function systemCheck({ restTokens, clock }: World, atSeconds = clock.nowSeconds()): number {
  const old = [...restTokens.values()].filter(({ createdAt }) => createdAt + lifeSeconds < atSeconds);
  for (const { token } of old) restTokens.delete(token);
  return old.length;
}

/** The checks come twice an hour: a token lives for 24 hours and up to half an hour more. */
function runDueSystemCheck(world: World): void {
  if (!world.settings.systemCheckRuns) return;
  const nowSeconds = world.clock.nowSeconds();
  systemCheck(world, nowSeconds - (nowSeconds % systemCheckEverySeconds));
}
