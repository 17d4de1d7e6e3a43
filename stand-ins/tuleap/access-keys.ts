import {
  findBySplitToken,
  hashVerifier,
  newVerifier,
  prefixes,
  readSplitToken,
  writeSplitToken,
} from './split-token.ts';
import type { SplitToken } from './split-token.ts';
import type { World } from './world.ts';

export interface AccessKey {
  readonly id: number;
  readonly userId: number;
  readonly hash: string;
  readonly description: string;
  /** Seconds since 1970, as every time here. */
  readonly createdAt: number;
  readonly endsAt: number | null;
  readonly scopes: readonly string[];
  lastUsedAt: number | null;
  /** An address. */
  lastUsedBy: string | null;
}

/** The only scope that authenticates REST. */
export const restScope = 'write:rest';

export const keyScopes: readonly string[] = [restScope, 'write:svn', 'write:git_repository', 'write:webdav'];

export type NewAccessKey = Partial<Omit<AccessKey, 'id' | 'userId' | 'hash'>> & {
  /** 64 hexadecimal digits; random where left out. */
  readonly verifier?: string;
};

const prefixOf = ({ settings }: World) =>
  prefixes[settings.keySpelling === 'documented' ? 'printedAccessKey' : 'accessKey'];

/** Null where it does not have the format of this server's keys. */
export const readKeyText = (world: World, text: string): SplitToken | null => readSplitToken(prefixOf(world), text);

/** Gives the key's text, which nobody can read again. */
export function createAccessKey(world: World, userId: number, fields: NewAccessKey = {}): string {
  const { verifier = newVerifier(), ...given } = fields;
  const id = world.nextId('access-key');
  world.accessKeys.set(id, {
    id,
    userId,
    hash: hashVerifier(verifier),
    description: '',
    createdAt: world.clock.nowSeconds(),
    endsAt: null,
    scopes: [restScope],
    lastUsedAt: null,
    lastUsedBy: null,
    ...given,
  });
  return writeSplitToken(prefixOf(world), { id, verifier });
}

const isOver = (key: AccessKey, nowSeconds: number): boolean => key.endsAt !== null && key.endsAt <= nowSeconds;

/** What its owner is shown: a key that has expired, or has no scope, is in no list. */
export const visibleKeys = ({ accessKeys, clock }: World, userId: number): readonly AccessKey[] =>
  [...accessKeys.values()].filter(
    (key) => key.userId === userId && !isOver(key, clock.nowSeconds()) && key.scopes.length > 0,
  );

export type KeyCheck = AccessKey | 'malformed' | 'invalid';

/** One word for every way in which a key may be dead. Counts as use where the key is good. */
export function checkAccessKey(world: World, text: string, address: string): KeyCheck {
  const token = readKeyText(world, text);
  if (!token) return 'malformed';
  const nowSeconds = world.clock.nowSeconds();
  const key = findBySplitToken(world.accessKeys, token);
  if (!key || isOver(key, nowSeconds) || !key.scopes.includes(restScope) || !world.people.has(key.userId))
    return 'invalid';

  const isFresh =
    key.lastUsedAt !== null &&
    key.lastUsedBy === address &&
    nowSeconds - key.lastUsedAt < world.settings.lastAccessResolutionSeconds;
  if (!isFresh) {
    key.lastUsedAt = nowSeconds;
    key.lastUsedBy = address;
  }
  return key;
}

/** Whoever the key belongs to: nothing is deleted unless it is this user's. */
export function deleteAccessKey({ accessKeys }: World, userId: number, id: number): void {
  if (accessKeys.get(id)?.userId === userId) accessKeys.delete(id);
}

/** The daily job. */
export function purgeAccessKeys({ accessKeys, clock }: World): number {
  const over = [...accessKeys.values()].filter((key) => isOver(key, clock.nowSeconds()));
  for (const { id } of over) accessKeys.delete(id);
  return over.length;
}
