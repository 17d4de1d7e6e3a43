/** Section 6: one's own secret keys, with the trash that a plain delete fills. */
import { randomUUID } from 'node:crypto';
import { addKey } from './account.ts';
import type { SecretKey } from './account.ts';
import { ApiError, invalid } from './errors.ts';
import type { Value } from './render.ts';
import { represent as representPerson } from './users.ts';
import { caller } from './visit.ts';
import type { Caller, Reply, Visit } from './visit.ts';

const pageMax = 1000;
const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function listKeys(visit: Visit): Reply {
  const who = caller(visit);
  return { status: 200, body: page(visit, who, (key) => key.trashItemId === null) };
}

export function listDeletedKeys(visit: Visit): Reply {
  const who = caller(visit);
  return { status: 200, body: page(visit, who, (key) => key.trashItemId !== null) };
}

function page(visit: Visit, who: Caller, keep: (key: SecretKey) => boolean): Value {
  const top = count(visit, '$top') ?? pageMax;
  const skip = count(visit, '$skip') ?? 0;
  return [...visit.account.keys.values()]
    .filter((key) => key.personId === who.person.id && keep(key))
    .slice(skip, skip + Math.min(top, pageMax))
    .map((key) => represent(visit, who, key));
}

function count({ query }: Visit, name: string): number | null {
  const text = query.get(name);
  if (text === null) return null;
  if (!/^\d+$/.test(text)) throw new ApiError('PE01-1105', { description: `Parameter ${name} is not a number` });
  return Number(text);
}

export const readKey = (visit: Visit, id: string): Reply => {
  const who = caller(visit);
  return { status: 200, body: represent(visit, who, ownKey(visit, who, id)) };
};

/** The caller may choose the id, and so find the key again after a lost answer. */
export function createKey(visit: Visit): Reply {
  const who = caller(visit);
  const { account } = visit;
  const { id, name, expiration } = readBody(visit);
  if (id !== undefined && (typeof id !== 'string' || !idPattern.test(id))) {
    throw invalid('id', 'Pattern', 'must be a lower-case UUID');
  }
  if (id !== undefined && account.keys.has(id)) throw invalid('id', 'Unique', 'is used already');
  if (name !== undefined && typeof name !== 'string') throw invalid('name', 'Type', 'must be a text');
  const key = addKey(account, who.person, {
    ...(id === undefined ? {} : { id }),
    name: name ?? '',
    expirationMs: readDate(expiration),
  });
  return changed(visit, who, key, account.settings.createdStatus);
}

export function changeKey(visit: Visit, id: string): Reply {
  const who = caller(visit);
  const key = ownKey(visit, who, id);
  const { name, version, expiration } = readBody(visit);
  if (version !== undefined && version !== key.version) throw new ApiError('PE01-1107');
  if (name !== undefined && typeof name !== 'string') throw invalid('name', 'Type', 'must be a text');
  if (expiration !== undefined) key.expirationMs = readDate(expiration);
  return rename(visit, who, key, name ?? key.name);
}

export function setFields(visit: Visit, id: string): Reply {
  const who = caller(visit);
  const key = ownKey(visit, who, id);
  const name = visit.query.get('name');
  if (name === null) throw new ApiError('PE01-1105', { description: 'Nothing to set' });
  return rename(visit, who, key, name);
}

function rename(visit: Visit, who: Caller, key: SecretKey, name: string): Reply {
  key.name = name;
  key.version += 1;
  key.updatedAtMs = visit.account.clock.nowMs();
  return changed(visit, who, key, 200);
}

/** Into the trash, or with `hard=true` out of the database, also from the trash. */
export function deleteKey(visit: Visit, id: string): Reply {
  const who = caller(visit);
  const { account, query } = visit;
  const isHard = query.get('hard') === 'true';
  const key = account.keys.get(id);
  if (key?.personId !== who.person.id || (key.trashItemId !== null && !isHard)) throw new ApiError('PE01-1101');
  const does = isHard ? account.settings.hardDelete : 'trashes';
  if (does === 'nothing') return { status: account.settings.deletedStatus };
  if (does === 'deletes') account.keys.delete(id);
  else key.trashItemId = randomUUID();
  if (account.settings.deletedKeysEndTheirTokens) {
    for (const [token, session] of account.sessions) if (session.keyId === id) account.sessions.delete(token);
  }
  return { status: account.settings.deletedStatus };
}

/** A GET with an effect. */
export function restore(visit: Visit, trashItemId: string): Reply {
  const who = caller(visit);
  const key = [...visit.account.keys.values()].find((one) => one.trashItemId === trashItemId);
  if (key?.personId !== who.person.id) throw new ApiError('PE01-1101');
  key.trashItemId = null;
  return changed(visit, who, key, 200);
}

function ownKey({ account }: Visit, { person }: Caller, id: string): SecretKey {
  const key = account.keys.get(id);
  if (key?.personId !== person.id || key.trashItemId !== null) throw new ApiError('PE01-1101');
  return key;
}

/** The object only where it was asked for. */
function changed(visit: Visit, who: Caller, key: SecretKey, status: number): Reply {
  if (visit.query.get('response_object') !== 'true') return { status };
  return { status, body: represent(visit, who, key) };
}

/** Two traps stand here as at the vendor: `displayName` holds the secret, and `user` holds another one. */
function represent(visit: Visit, { person }: Caller, key: SecretKey): Value {
  return {
    id: key.id,
    name: key.name,
    secretKey: key.secretKey,
    expiration: key.expirationMs === null ? null : new Date(key.expirationMs),
    applicationId: null,
    registrationId: null,
    senderId: null,
    createdAt: new Date(key.createdAtMs),
    updatedAt: new Date(key.updatedAtMs),
    version: key.version,
    displayName: `${key.name} (${key.secretKey})`,
    user: visit.query.get('no_expand') === 'true' ? { id: person.id } : representPerson(person),
    trashItem: key.trashItemId === null ? null : { id: key.trashItemId },
  };
}

function readBody({ headers, text }: Visit): Record<string, unknown> {
  if (!headers.get('content-type')?.startsWith('application/json')) throw new ApiError('PE01-9005');
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // The same refusal as for JSON that is not an object.
  }
  throw new ApiError('PE01-9004');
}

function readDate(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  const ms = typeof value === 'string' ? /^\/Date\((-?\d+)\)\/$/.exec(value)?.[1] : undefined;
  if (ms === undefined) throw invalid('expiration', 'Date', 'must be a date');
  return Number(ms);
}
