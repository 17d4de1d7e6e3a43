/** `/access_keys`, and the list below a user. */
import { createAccessKey, deleteAccessKey, keyScopes, readKeyText, restScope, visibleKeys } from './access-keys.ts';
import type { AccessKey } from './access-keys.ts';
import { ApiError, required } from './api-error.ts';
import { integerId, pageOf, readPage, signedIn } from './api-visit.ts';
import type { ApiReply, ApiVisit } from './api-visit.ts';
import { readAtomDate, writeDate } from './atom-date.ts';

const listMax = 50;

const show = (key: AccessKey): object => ({
  id: key.id,
  creation_date: writeDate(key.createdAt),
  expiration_date: key.endsAt === null ? null : writeDate(key.endsAt),
  description: key.description,
  last_used_on: key.lastUsedAt === null ? null : writeDate(key.lastUsedAt),
  last_used_by: key.lastUsedBy,
  scopes: key.scopes.map((identifier) => ({ identifier })),
});

/** Answers with the secret alone: whoever wants the id reads it from there. */
export function createKey(visit: ApiVisit): ApiReply {
  const { world, body } = visit;
  const person = signedIn(visit);
  const { description } = body;
  if (typeof description !== 'string' || description === '') throw required('access_key[description]');
  const endsAt = readEnd(body.expiration_date);
  const scopes = readScopes(body.scopes);
  if (endsAt !== null && endsAt <= world.clock.nowSeconds()) {
    throw new ApiError(400, 'You cannot create an already expired access key');
  }
  if (scopes.length === 0) throw new ApiError(400, 'No valid access key scope identifier has been given');
  return { status: 201, body: { identifier: createAccessKey(world, person.id, { description, endsAt, scopes }) } };
}

function readEnd(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  const endsAt = typeof value === 'string' ? readAtomDate(value) : null;
  if (endsAt === null) throw new ApiError(400, 'Please provide a valid ISO-8601 date for expiration_date');
  return endsAt;
}

/** What is well formed and unknown is dropped without a word. */
function readScopes(value: unknown): readonly string[] {
  const given: unknown = value ?? [restScope];
  if (!Array.isArray(given) || given.length === 0) {
    throw new ApiError(400, 'Invalid value specified for `access_key[scopes]`. Minimum 1 item required.');
  }
  const identifiers = given.map(String);
  const bad = identifiers.find((identifier) => !/^[a-z_]+:[a-z_]+$/.test(identifier));
  if (bad !== undefined) {
    throw new ApiError(400, `${bad} does not have the expected format of an access key scope identifier`);
  }
  return [...new Set(identifiers)].filter((identifier) => keyScopes.includes(identifier));
}

/** One's own only, whoever asks. */
export function listKeys(visit: ApiVisit): ApiReply {
  const page = readPage(visit, listMax, listMax);
  const id = integerId(visit);
  if (id !== signedIn(visit).id) throw new ApiError(403, 'You can only access to your own access keys');
  return pageOf(visibleKeys(visit.world, id), page, listMax, show);
}

/** `self` is the key in the header of this very request. */
export function readKey(visit: ApiVisit): ApiReply {
  const { world, id, headers } = visit;
  const presented = readKeyText(world, headers.get('x-auth-accesskey') ?? '');
  const wanted = id === 'self' ? presented?.id : Number(id);
  const key = visibleKeys(world, signedIn(visit).id).find((candidate) => candidate.id === wanted);
  if (!key) throw new ApiError(404);
  return { status: 200, body: show(key) };
}

/** 200 always: whether there was such a key, and whose it was, is not looked at. */
export function deleteKey(visit: ApiVisit): ApiReply {
  deleteAccessKey(visit.world, signedIn(visit).id, integerId(visit));
  return { status: 200 };
}
