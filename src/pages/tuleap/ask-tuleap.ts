/** Whom Tuleap takes a credential for right now, and what it knows of it. */
import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { plainText } from '../../http/redact.ts';
import { formatDateTime } from '../../lib/format-time.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { explainReply } from '../../providers/tuleap/errors.ts';
import { readAccessKeyReply, type AccessKeyReply } from '../../providers/tuleap/replies.ts';
import { signInWithAccessKey } from '../../providers/tuleap/sign-in-access-key.ts';
import { signInWithOAuth2 } from '../../providers/tuleap/sign-in-oauth2.ts';
import { readOwner, readWho } from '../../providers/tuleap/who.ts';
import type { Fact } from '../../providers/tokens.ts';
import { readZonedDate } from '../../providers/zoned-date.ts';
import { readAs } from '../../refresh/call-as-later.ts';
import type { Hands } from '../../refresh/hands.ts';
import type { SessionView } from '../../sessions/record.ts';

export interface Told {
  readonly name: string;
  readonly facts: readonly Fact[];
  /** Why nothing is told of the key. */
  readonly keyUnread?: Failure;
}

export async function askTuleap(hands: Hands, { id, lineage }: SessionView): Promise<Result<Told, Failure>> {
  const who =
    lineage.way === signInWithOAuth2.id
      ? await readAs(hands, id, 'userinfo', readOwner)
      : await readAs(hands, id, 'self', (reply) => readWho(reply, 'self'));
  if (!who.ok) return who;
  const key = lineage.way === signInWithAccessKey.id ? await readAs(hands, id, 'ownKey', readKey) : undefined;
  // It died between the two questions.
  if (key && !key.ok && key.failure.fault === 'access') return key;
  const { identity, realName } = who.value;
  return succeed({
    name: identity.name,
    facts: [
      { label: 'User', value: realName === undefined ? identity.name : `${identity.name} (${realName})` },
      ...(identity.id === undefined ? [] : [{ label: 'User number', value: identity.id }]),
      ...(key?.ok ? factsOf(key.value) : []),
    ],
    ...(key && !key.ok && { keyUnread: key.failure }),
  });
}

function readKey(reply: Reply): Result<AccessKeyReply, Failure> {
  const row = readAccessKeyReply(reply.json);
  return row ? succeed(row) : fail(explainReply(reply, 'ownKey'));
}

const factsOf = (row: AccessKeyReply): readonly Fact[] => [
  { label: 'Access key', value: `no. ${String(row.id)}` },
  ...(row.description === undefined ? [] : [{ label: 'Description', value: plainText(row.description) }]),
  {
    label: 'Scopes',
    value: row.scopes ? plainText(row.scopes.map(({ identifier }) => identifier).join(' ')) : 'not reported',
  },
  { label: 'Ends', value: row.expiration_date === null ? 'no end of its own' : dateOf(row.expiration_date) },
  { label: 'Last used', value: dateOf(row.last_used_on) },
  // An address; Tuleap names no user here.
  { label: 'Last used from', value: row.last_used_by === undefined ? 'not reported' : plainText(row.last_used_by) },
];

function dateOf(value: unknown): string {
  const ms = readZonedDate(value);
  return ms === undefined ? 'not reported' : formatDateTime(ms);
}
