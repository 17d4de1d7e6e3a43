/**
 * The kinds of records that are sealed. The cipher has proven that this program wrote them; these guards tell whether it
 * was a version that wrote the same shape. What another version wrote is set aside, not deleted.
 */
import { flag, list, maybe, nullOr, number, object, one, record, text, type Shape } from '../lib/shape.ts';
import type { Credential } from '../sessions/credential.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { SlotHistory } from '../sessions/slot-history.ts';
import type { LeftSignIn } from '../sessions/slot-ledger.ts';
import type { Kind } from './sealed-store.ts';

const expiry = object({ kind: one(['relative', 'absolute', 'earliest', 'never', 'unknown']) });
const tokens = object({ accessToken: text, accessExpiry: expiry, facts: list(object({ label: text, value: text })) });
const intent = object({ generation: number, nonce: text, boot: text, sentAtMs: number, probe: flag });

const place = object({ serverSessionId: maybe(text), untilMs: nullOr(number) });

const session = object({
  id: text,
  connection: text,
  provider: text,
  baseUrl: text,
  identity: object({ name: text }),
  lineage: object({ way: text, label: text, credential: text, kept: flag }),
  tokens: nullOr(tokens),
  generation: number,
  revision: number,
  intent: nullOr(intent),
  uncertain: nullOr(object({ sinceMs: number, probed: flag })),
  waiting: nullOr(object({ untilMs: nullOr(number), reason: text, asked: maybe(flag) })),
  failures: number,
  signInNeeded: nullOr(object({ sinceMs: number, code: text, sentence: text })),
  ended: nullOr(
    object({ atMs: number, evidence: nullOr(text), how: one(['logged-out', 'forgotten']), place: maybe(place) }),
  ),
  leftover: maybe(object({ refreshToken: maybe(text), serverSessionId: maybe(text), untilMs: nullOr(number) })),
  keepFresh: flag,
  holdsSlot: flag,
  firstLifeMs: nullOr(number),
  openedAtMs: number,
  refreshes: number,
  refreshedAtMs: number,
  copiedAtMs: nullOr(number),
});

const credential = object({
  id: text,
  connection: text,
  provider: text,
  baseUrl: text,
  way: text,
  label: text,
  keptAtMs: number,
  revision: number,
});

const signIn = object({
  id: text,
  revision: number,
  connection: text,
  provider: text,
  baseUrl: text,
  way: text,
  nonce: text,
  boot: text,
  sentAtMs: number,
  lostAtMs: nullOr(number),
  untilMs: nullOr(number),
});

const history = object({
  id: text,
  revision: number,
  idleMs: nullOr(number),
  users: record(list(object({ fromMs: number, untilMs: number, count: number }))),
});

const isSession = (value: unknown): value is SessionRecord => session(value);
/** The count of refreshes came later: what was sealed before it has none. */
const counted = (value: unknown): unknown => (typeof value === 'object' ? { refreshes: 0, ...value } : value);
const isCredential = (value: unknown): value is Credential => credential(value) && holdsValues(value);
const holdsValues = (value: object): boolean => 'values' in value && typeof value.values === 'object';

const read =
  <Stored>(shape: Shape<Stored>) =>
  (value: unknown): Stored | undefined =>
    shape(value) ? value : undefined;

/**
 * A claim comes before the call: where it fails, nothing is sent. A new session, an answer, the end of one: these happened
 * at a server. What is left are notes that can be made another time.
 */
export const sessionKind: Kind<SessionRecord> = {
  table: 'sessions',
  read: (value) => read(isSession)(counted(value)),
  mayFail(record, stored) {
    return record.intent !== null || (stored !== undefined && withoutNotes(record) === withoutNotes(stored));
  },
};

function withoutNotes(record: SessionRecord): string {
  const { revision: _r, keepFresh: _k, copiedAtMs: _c, waiting: _w, failures: _f, ...told } = record;
  return JSON.stringify(told);
}

/** Kept credentials are a convenience: where one cannot be stored, the person is told and still has it. */
export const credentialKind: Kind<Credential> = { table: 'credentials', read: read(isCredential), mayFail: () => true };

/** The note comes before the call: where it fails, nothing is sent. That an answer is lost is known here alone. */
export const signInKind: Kind<LeftSignIn> = {
  table: 'sign-ins',
  read: read(signIn),
  mayFail: ({ lostAtMs }) => lostAtMs === null,
};

/** Counts can be made again. */
export const historyKind: Kind<SlotHistory> = { table: 'slot-counts', read: read(history), mayFail: () => true };
