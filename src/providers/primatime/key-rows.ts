import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Failure } from '../../http/failure.ts';
import { shownName } from '../../http/redact.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { fingerprintOf } from '../fingerprint.ts';
import type { KeyRow } from '../key-row.ts';
import type { KeyList, KeyPage } from '../keys-face.ts';
import { explainReply, saysYes } from './errors.ts';
import { readKeysReply, type KeyReply } from './replies.ts';
import { readVendorDate } from './vendor-date.ts';

/** What one call lists at most. */
export const PAGE_MAX = 1_000;
const MASK = '•••';

export const SECRET_KEY = 'secret-key';

/** A page of secret keys, or undefined where the answer is no such list. */
export const readListed = (reply: Reply): readonly KeyReply[] | undefined =>
  saysYes(reply) ? readKeysReply(reply.json) : undefined;

/** `fingerprint`: of the secret, where the list had it. Nothing of the secret itself goes on. */
export function rowOf(key: KeyReply, fingerprint: string | undefined): KeyRow {
  return {
    kind: SECRET_KEY,
    id: key.id,
    name: nameOf(key),
    scopes: 'not-reported',
    createdAtMs: readVendorDate(key.createdat) ?? 'not-reported',
    // The vendor calls the field internal; a key without a date in it may end all the same.
    expiresAtMs: readVendorDate(key.expiration) ?? 'not-reported',
    lastUse: 'not-reported',
    fingerprint: fingerprint ?? 'not-reported',
    trashId: key.trashitem?.id ?? null,
    facts: key.version === undefined ? {} : { version: String(key.version) },
  };
}

/** A person may have given the secret as the name, as the vendor itself does in `displayName`. */
function nameOf({ name, secretkey }: KeyReply): KeyRow['name'] {
  if (typeof name !== 'string') return 'not-reported';
  return shownName(secretkey === undefined ? name : name.replaceAll(secretkey, MASK));
}

const listing = (operation: 'keys' | 'deletedKeys', says: readonly string[]): KeyList => ({
  operation,
  ways: ['secret-key', 'password'],
  pageMax: PAGE_MAX,
  params: (_session, { offset, limit }) => ({ top: Math.min(limit, PAGE_MAX), skip: offset }),
  read: (reply, { offset, limit }) => readPage(reply, operation, offset, Math.min(limit, PAGE_MAX)),
  says,
  useResolutionMs: null,
});

async function readPage(
  reply: Reply,
  operation: string,
  offset: number,
  limit: number,
): Promise<Result<KeyPage, Failure>> {
  const listed = readListed(reply);
  if (!listed) return fail(explainReply(reply, operation));
  const rows = await Promise.all(
    listed.map(async (key) => rowOf(key, key.secretkey === undefined ? undefined : await fingerprintOf(key.secretkey))),
  );
  const isLast = rows.length < limit;
  const end = offset + rows.length;
  return succeed({ rows, total: isLast ? end : 'not-reported', nextOffset: isLast ? null : end });
}

export const list: KeyList = listing('keys', [
  'PrimaTime lists your own secret keys alone; those of colleagues are in no list that it documents.',
  'It does not report when a key was last used: the date of its last change is not a use.',
  'It lists the secrets again and again. Keyward takes a fingerprint of each, to know a pasted one again, and drops them.',
]);

export const trashList: KeyList = listing('deletedKeys', [
  'Keys that were deleted without “hard” lie here, and can be restored.',
]);

/** Where a call stands, for a person who wants to see it before it is sent. */
export const at = ({ baseUrl }: Connection, path: string): string => `${baseUrl}${path}`;
