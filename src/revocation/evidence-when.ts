/** What had touched a thing before its evidence was kept. Evidence is of worth where it shows somebody else's use. Pure. */
import type { Thing } from '../providers/ending.ts';
import type { Item, JobView, UsedHere } from './job.ts';

type Kept = Pick<Item, 'evidence' | 'marks' | 'steps' | 'thing' | 'usedHere'>;

const usesOf = ({ marks, steps }: Pick<Item, 'marks' | 'steps'>) => {
  const itself = new Set(steps.filter((step) => step.as === 'thing').map(({ id }) => id));
  return marks.filter(({ step, says }) => itself.has(step) && says !== 'skipped');
};

/** Who had used it when the evidence was taken: this job, a session that it carries, an earlier job, or nothing here. */
function userOf(item: Kept): 'this' | 'session' | 'earlier' | 'nobody' {
  const { evidence, marks, thing, usedHere } = item;
  // Read before this job did anything.
  const isListed = evidence?.listed === true;
  const at = isListed
    ? -1
    : marks.findIndex(({ atMs, says }) => atMs === evidence?.takenAtMs && (says === 'there' || says === 'live'));
  if (usesOf({ ...item, marks: marks.slice(0, at + 1) }).length > 0) return 'this';
  if (thing.session !== null) return 'session';
  return usedHere ? 'earlier' : 'nobody';
}

/** Stands behind the time at which it was kept. `at`: how the caller writes a moment of the hybrid clock. */
export function keptWords(item: Kept, at: (ms: number) => string): string {
  const words = whenWords(item, at);
  if (item.evidence?.listed !== true) return words;
  return `read before, in the list that it was chosen from${words === UNTOUCHED ? '' : `, ${words}`}`;
}

function whenWords(item: Kept, at: (ms: number) => string): string {
  const tells = typeof item.evidence?.row?.lastUse === 'object';
  switch (userOf(item)) {
    case 'this':
      return `by using it from here${tells ? ': the last use is this console’s own' : ''}`;
    case 'session':
      return tells ? 'while this console uses it: the last use may be its own' : UNTOUCHED;
    case 'earlier':
      return usedWords(item, at);
    default:
      return UNTOUCHED;
  }
}

function usedWords({ evidence, usedHere }: Kept, at: (ms: number) => string): string {
  const atMs = usedHere?.atMs ?? 0;
  const isBefore = evidence !== null && evidence.takenAtMs < atMs;
  return isBefore ? `before this console used it, at ${at(atMs)}` : `after this console had used it, at ${at(atMs)}`;
}

const UNTOUCHED = 'before anything was touched';

/** Behind the last use that the evidence shows; empty where it is somebody else's. */
export function usedByWords(item: Kept): string {
  const { evidence, usedHere } = item;
  const use = evidence?.row?.lastUse;
  if (typeof use !== 'object') return '';
  switch (userOf(item)) {
    case 'this':
      return ', by this console';
    case 'session':
      return ', perhaps by this console';
    case 'earlier':
      return usedHere ? ', unless that was this console' : '';
    default:
      return '';
  }
}

const isSame = (one: Thing, other: Thing): boolean =>
  one.kind === other.kind &&
  ((one.id !== null && one.id === other.id) || (one.fingerprint !== null && one.fingerprint === other.fingerprint));

/** The latest use of it by jobs before, with the last use that stood there before the first. */
export function usedHereBefore(jobs: readonly JobView[], connection: string, thing: Thing): UsedHere | null {
  const items = jobs
    .flatMap((job) => job.items)
    .filter((item) => item.connection === connection && isSame(item.thing, thing));
  const usedAtMs = items.flatMap((item) => usesOf(item).map(({ atMs }) => atMs));
  if (usedAtMs.length === 0) return null;
  const before = items
    .filter((item) => item.evidence && userOf(item) === 'nobody')
    .sort((one, other) => (one.evidence?.takenAtMs ?? 0) - (other.evidence?.takenAtMs ?? 0))
    .find((item) => item.evidence?.row);
  return { atMs: Math.max(...usedAtMs), lastUseBefore: before?.evidence?.row?.lastUse ?? 'not-reported' };
}
