/**
 * What the answers prove. Only what was read or tried after the last ending call counts; the answer to that call itself
 * never does, because most servers accept the end of anything.
 */
import type { Survivor } from '../providers/ending.ts';
import type { Verdict } from '../providers/session-face.ts';
import type { Finding, Item, Mark } from './job.ts';

type Walked = Pick<Item, 'marks' | 'steps' | 'seen'>;

/** The latest answer of each step that proves something, since the ending call was last answered. */
function proofsOf({ marks, steps }: Walked): readonly Mark[] {
  const since = marks.findLastIndex(({ stage }) => stage === 'end');
  const asked = new Set(steps.filter((step) => step.asked).map(({ id }) => id));
  const latest = new Map<string, Mark>();
  let asker = '';
  for (const mark of marks.slice(since + 1)) {
    const proves = mark.stage === 'again' || mark.stage === 'probe' || (mark.stage === 'open' && mark.says === 'dead');
    if (!proves || mark.says === 'skipped') continue;
    // A step that was asked for tells what its asker's answer meant.
    if (!asked.has(mark.step)) asker = mark.step;
    latest.set(asker, mark);
  }
  return [...latest.values()];
}

/** Something said after the last ending call that it is still there. */
export const isStillThere = (item: Walked): boolean =>
  proofsOf(item).some(({ says }) => says === 'live' || says === 'there');

interface Judged {
  readonly verdict: Verdict;
  readonly by: Mark | undefined;
}

/** What stands for more than itself must have been seen alive: else it died of something else, or long ago. */
function wasSeen({ marks, steps }: Walked, { step: id }: Mark): boolean {
  const seenBy = steps.find((step) => step.id === id)?.seenBy;
  if (seenBy === undefined) return true;
  const saw = new Set([seenBy, ...steps.filter((step) => step.seenBy === seenBy).map((step) => step.id)]);
  return marks.some(({ step, says }) => saw.has(step) && (says === 'there' || says === 'live'));
}

function judge(item: Walked): Judged {
  const proofs = proofsOf(item);
  const tried = proofs.filter(({ stage }) => stage !== 'again');
  const read = proofs.filter(({ stage }) => stage === 'again');
  const alive = tried.find(({ says }) => says === 'live') ?? read.find(({ says }) => says === 'there');
  if (alive) return { verdict: 'live', by: alive };
  const open = tried.find(({ says }) => says !== 'dead');
  if (open) return { verdict: 'unknown', by: open };
  // It was refused itself, which needs no row to be believed.
  const seen = tried.filter((mark) => wasSeen(item, mark));
  const proving = seen.findLast(({ unsure }) => unsure === undefined);
  if (proving) return { verdict: 'dead', by: proving };
  const refused = seen.at(-1) ?? tried[0];
  if (refused) {
    const { qualifier: _limits, unsure, words, ...mark } = refused;
    const why = seen.length > 0 ? unsure : undefined;
    const by = { ...mark, words: `${words}; ${why ?? 'nothing here saw it alive before, so that proves nothing'}` };
    return { verdict: 'unknown', by: { ...by, ...(why !== undefined && { unsure: why }) } };
  }
  const unread = read.find(({ says }) => says !== 'gone');
  if (unread || read.length === 0) return { verdict: 'unknown', by: unread };
  // A row that is gone proves something only where the same eyes saw it before.
  const wasThere =
    item.seen?.bySame === true || item.marks.some(({ stage, says }) => stage === 'evidence' && says === 'there');
  return { verdict: wasThere ? 'dead' : 'unknown', by: read.at(-1) };
}

/** All of it is dead by now, and nobody knows what of. */
export function isUnsure(item: Walked): boolean {
  const { verdict, by } = judge(item);
  return verdict === 'unknown' && by?.unsure !== undefined;
}

const ALIVE: ReadonlySet<Mark['says']> = new Set(['there', 'live', 'opened', 'seen']);

/**
 * When it was dead at the latest, by the server's clock: once each proof had said so, after anything last saw it alive. The
 * call that ended it tells nothing of that, and a proof that is repeated moves nothing.
 */
function deadByMs(item: Walked): number {
  const alive = item.marks.findLastIndex(({ says }) => ALIVE.has(says));
  const since = item.marks.slice(alive + 1);
  const firsts = proofsOf(item)
    .filter(({ says }) => says === 'dead' || says === 'gone')
    .map((last) => since.find(({ step, says }) => step === last.step && says === last.says) ?? last);
  return Math.max(...firsts.map(({ serverMs, atMs }) => serverMs ?? atMs));
}

/** A server's clock is known by what its answers carry, which is whole seconds: it may be so much further. */
const CLOCK_STEP_MS = 1_000;

/**
 * While it lives, or may, there is no end to what it makes. What was proven stands until something sees it alive: that a
 * later look tells nothing takes no end away.
 */
function withEnd(survivor: Survivor, deadMs: number | null, before: readonly Survivor[]): Survivor {
  const { words, lastsMs, untilMs } = survivor;
  if (lastsMs === undefined) return survivor;
  const stands = before.find((one) => one.words === words)?.untilMs ?? untilMs;
  return { ...survivor, untilMs: deadMs === null ? stands : deadMs + lastsMs + CLOCK_STEP_MS };
}

export function findingOf(item: Item, nowMs: number): Finding {
  const { verdict, by } = judge(item);
  const last = item.marks.at(-1);
  const deadMs = verdict === 'dead' ? deadByMs(item) : null;
  const before = verdict === 'live' ? [] : (item.finding?.survives ?? []);
  return {
    verdict,
    asWanted: verdict === item.ending.goal,
    qualifier: by?.qualifier ?? null,
    words: by?.words ?? last?.words ?? 'Nothing was asked.',
    atMs: by?.atMs ?? nowMs,
    survives: item.ending.survives.map((survivor) => withEnd(survivor, deadMs, before)),
    notYours:
      verdict !== item.ending.goal && item.marks.some(({ stage, says }) => stage === 'end' && says === 'not-yours'),
  };
}
