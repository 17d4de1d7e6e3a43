/**
 * What the answers prove. Only what was read or tried after the last ending call counts; the answer to that call itself
 * never does, because most servers accept the end of anything.
 */
import type { Verdict } from '../providers/session-face.ts';
import type { Finding, Item, Mark } from './job.ts';

/** The latest answer of each step that proves something, since the ending call was last answered. */
function proofsOf({ marks, steps }: Pick<Item, 'marks' | 'steps'>): readonly Mark[] {
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
export const isStillThere = (item: Pick<Item, 'marks' | 'steps'>): boolean =>
  proofsOf(item).some(({ says }) => says === 'live' || says === 'there');

interface Judged {
  readonly verdict: Verdict;
  readonly by: Mark | undefined;
}

function judge(item: Pick<Item, 'marks' | 'steps' | 'seen'>): Judged {
  const proofs = proofsOf(item);
  const tried = proofs.filter(({ stage }) => stage !== 'again');
  const read = proofs.filter(({ stage }) => stage === 'again');
  const alive = tried.find(({ says }) => says === 'live') ?? read.find(({ says }) => says === 'there');
  if (alive) return { verdict: 'live', by: alive };
  const open = tried.find(({ says }) => says !== 'dead');
  if (open) return { verdict: 'unknown', by: open };
  // It was refused itself, which needs no row to be believed.
  if (tried.length > 0) return { verdict: 'dead', by: tried.at(-1) };
  const unread = read.find(({ says }) => says !== 'gone');
  if (unread || read.length === 0) return { verdict: 'unknown', by: unread };
  // A row that is gone proves something only where the same eyes saw it before.
  const wasThere =
    item.seen?.bySame === true || item.marks.some(({ stage, says }) => stage === 'evidence' && says === 'there');
  return { verdict: wasThere ? 'dead' : 'unknown', by: read.at(-1) };
}

export function findingOf(item: Omit<Item, 'finding'>, nowMs: number): Finding {
  const { verdict, by } = judge(item);
  const last = item.marks.at(-1);
  return {
    verdict,
    asWanted: verdict === item.ending.goal,
    qualifier: by?.qualifier ?? null,
    words: by?.words ?? last?.words ?? 'Nothing was asked.',
    atMs: by?.atMs ?? nowMs,
    survives: item.ending.survives,
    notYours:
      verdict !== item.ending.goal && item.marks.some(({ stage, says }) => stage === 'end' && says === 'not-yours'),
  };
}
