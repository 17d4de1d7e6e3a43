/**
 * Jobs at rest. The cipher has proven that this program wrote them; the guard tells whether it was a version that wrote the
 * same shape. What another version wrote is set aside, not deleted.
 */
import { flag, list, maybe, nullOr, number, object, one, record, text } from '../lib/shape.ts';
import type { Kind } from '../vault/sealed-store.ts';
import type { JobRecord } from './job.ts';

const stages = ['open', 'evidence', 'create', 'trial', 'person', 'quiet', 'end', 'again', 'probe', 'close'] as const;

const thing = object({
  kind: text,
  id: nullOr(text),
  name: text,
  fingerprint: nullOr(text),
  session: nullOr(text),
  minted: list(text),
  facts: record(text),
});
const state = object({
  is: one(['planned', 'cancelled', 'ready', 'calling', 'waiting', 'paused', 'person', 'settled']),
});
const outline = object({
  id: text,
  stage: one(stages),
  kind: one(['call', 'guide']),
  label: text,
  says: text,
  as: one(['session', 'thing', 'nobody']),
  touches: flag,
  asked: flag,
  seenBy: maybe(text),
});
const mark = object({ step: text, stage: one(stages), atMs: number, says: text, words: text, unsure: maybe(text) });
const finding = object({
  verdict: one(['live', 'dead', 'unknown']),
  asWanted: flag,
  qualifier: nullOr(text),
  words: text,
  atMs: number,
  survives: list(object({ words: text })),
  notYours: flag,
});
const item = object({
  id: text,
  provider: text,
  connection: text,
  baseUrl: text,
  thing,
  ending: object({ id: text, label: text, goal: one(['dead', 'live']), endsSessions: list(text) }),
  values: record(text),
  means: object({ secret: flag, own: flag }),
  as: nullOr(object({ id: text, way: text, identity: object({ name: text }), companions: record(text) })),
  steps: list(outline),
  state,
  marks: list(mark),
  evidence: nullOr(object({ takenAtMs: number, facts: list(object({ label: text, value: text })) })),
  seen: maybe(object({ atMs: number, bySame: flag })),
  finding: nullOr(finding),
  shows: list(object({ name: text, label: text })),
  ends: object({ sent: number, mayRepeat: flag }),
});

const job = object({
  id: text,
  revision: number,
  kind: one(['revoke', 'rotate', 'create', 'contain', 'check']),
  title: text,
  createdAtMs: number,
  startedAtMs: nullOr(number),
  closedAtMs: nullOr(number),
  givenUpAtMs: maybe(number),
  pressedAtMs: maybe(number),
  items: list(item),
  secrets: record(record(text)),
});

const isJob = (value: unknown): value is JobRecord => job(value);

const marksIn = ({ items }: JobRecord): number => items.reduce((count, { marks }) => count + marks.length, 0);

/**
 * What came back from a server is held until it is stored. A claim comes before its call: where it fails, nothing is sent.
 * Whatever else is lost leaves the job as it stood, from where it goes on again.
 */
export const jobKind: Kind<JobRecord> = {
  table: 'jobs',
  read: (value) => (isJob(value) ? value : undefined),
  mayFail: (next, stored) => stored === undefined || marksIn(next) === marksIn(stored),
};
