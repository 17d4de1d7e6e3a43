import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { shownName } from '../../http/redact.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { isAccepted } from '../accepted.ts';
import type { BareThing } from '../ending.ts';
import type { KeyList, KeyPage } from '../keys-face.ts';
import type { KeyRow } from '../key-row.ts';
import { readZonedDate } from '../zoned-date.ts';
import { explainReply } from './errors.ts';
import { readAccessKeyList, type AccessKeyReply } from './replies.ts';
import { signInWithAccessKey } from './sign-in-access-key.ts';
import { signInWithPassword } from './sign-in-password.ts';

export const KEY = 'access-key';
export const REST_SCOPE = 'write:rest';

/** How late the server writes down a use from the same address; the operator may have set another time. */
export const USE_RESOLUTION_MS = 3_600_000;
const PAGE_MAX = 50;

/** Sessions that the routes for keys take; a token of OAuth2 opens none of them. */
export const keyWays = [signInWithAccessKey.id, signInWithPassword.id] as const;

/** What the server knows of a key. A field that is null was told, and one that is missing was not. */
export function rowOf(reply: AccessKeyReply, json: unknown): KeyRow {
  const { id, description, expiration_date: expiry, scopes, creation_date: created } = reply;
  return {
    kind: KEY,
    id: String(id),
    name: description === undefined ? 'not-reported' : shownName(description),
    scopes: scopes ? scopes.map(({ identifier }) => shownName(identifier, 64)) : 'not-reported',
    createdAtMs: readZonedDate(created) ?? 'not-reported',
    expiresAtMs: expiry === null ? 'never' : (readZonedDate(expiry) ?? 'not-reported'),
    lastUse: lastUseOf(reply, json),
    fingerprint: 'not-reported',
    trashId: null,
    facts: {},
  };
}

function lastUseOf({ last_used_on: on, last_used_by: by }: AccessKeyReply, json: unknown): KeyRow['lastUse'] {
  const atMs = readZonedDate(on);
  if (atMs !== undefined) return { atMs, from: by === undefined ? 'not-reported' : shownName(by, 64) };
  const isNull = typeof json === 'object' && json !== null && 'last_used_on' in json && json.last_used_on === null;
  return isNull ? 'never' : 'not-reported';
}

export const list: KeyList = {
  operation: 'listKeys',
  ways: keyWays,
  pageMax: PAGE_MAX,
  // The number of the user: `self` is not taken here.
  params: ({ identity }, { offset, limit }) =>
    /^\d{1,18}$/.test(identity.id ?? '')
      ? { owner: identity.id ?? '', limit: String(Math.min(limit, PAGE_MAX)), offset: String(offset) }
      : null,
  read: (reply, page) => Promise.resolve(readList(reply, page)),
  says: [
    'Tuleap lists the keys of the account that asks, and of nobody else, whoever asks.',
    'A key that has expired is in no list, nor is one without a scope.',
    'A use from the same address is written down at most once an hour.',
  ],
  useResolutionMs: USE_RESOLUTION_MS,
};

export function readList(
  reply: Reply,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Result<KeyPage, Failure> {
  const read = isAccepted(reply) ? readAccessKeyList(reply.json) : undefined;
  if (!read) return fail(explainReply(reply, 'listKeys'));
  const raw: readonly unknown[] = Array.isArray(reply.json) ? reply.json : [];
  const rows = read.map((row, index) => rowOf(row, raw[index]));
  const size = reply.envelope.headers['x-pagination-size'] ?? '';
  const total = /^\d{1,9}$/.test(size) ? Number(size) : 'not-reported';
  const nextOffset = offset + Math.min(limit, PAGE_MAX);
  const isLast = rows.length === 0 || (total === 'not-reported' ? rows.length < limit : nextOffset >= total);
  return succeed({ rows, total, nextOffset: isLast ? null : nextOffset });
}

export const nameOf = (id: string | null, row: KeyRow | null): string => {
  const number = id === null ? 'access key' : `no. ${id}`;
  return row === null || row.name === 'not-reported' ? number : `${number} “${row.name}”`;
};

export const thingOfRow = (row: KeyRow): BareThing => ({
  kind: KEY,
  id: row.id,
  name: nameOf(row.id, row),
  row,
  facts: {},
});
