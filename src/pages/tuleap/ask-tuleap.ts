/** Whom Tuleap takes a credential for right now, and what it knows of it. */
import type { Failure } from '../../http/failure.ts';
import { plainText } from '../../http/redact.ts';
import { formatDateTime } from '../../lib/format-time.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { readAccessKeyReply, type AccessKeyReply } from '../../providers/tuleap/replies.ts';
import { signInWithAccessKey } from '../../providers/tuleap/sign-in-access-key.ts';
import { signInWithOAuth2 } from '../../providers/tuleap/sign-in-oauth2.ts';
import { readOwner, readWho, type Who } from '../../providers/tuleap/who.ts';
import type { Fact } from '../../providers/tokens.ts';
import { readZonedDate } from '../../providers/zoned-date.ts';
import { callAs } from '../../refresh/call-as-later.ts';
import type { Hands } from '../../refresh/hands.ts';
import type { SessionView } from '../../sessions/record.ts';

export interface Told {
  readonly name: string;
  readonly facts: readonly Fact[];
}

export async function askTuleap(hands: Hands, { id, lineage }: SessionView): Promise<Result<Told, Failure>> {
  if (lineage.way === signInWithOAuth2.id) {
    const answered = await callAs(hands, id, 'userinfo');
    return answered.ok ? toldOf(readOwner(answered.value), []) : answered;
  }
  const answered = await callAs(hands, id, 'self');
  if (!answered.ok) return answered;
  const key = lineage.way === signInWithAccessKey.id ? await callAs(hands, id, 'ownKey') : undefined;
  if (key && !key.ok) return key;
  const row = key && readAccessKeyReply(key.value.json);
  return toldOf(readWho(answered.value, 'self'), row ? factsOf(row) : []);
}

function toldOf(who: Result<Who, Failure>, facts: readonly Fact[]): Result<Told, Failure> {
  if (!who.ok) return fail(who.failure);
  const { identity, realName } = who.value;
  return succeed({
    name: identity.name,
    facts: [
      { label: 'User', value: realName === undefined ? identity.name : `${identity.name} (${realName})` },
      ...(identity.id === undefined ? [] : [{ label: 'User number', value: identity.id }]),
      ...facts,
    ],
  });
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
