/** What can still prove the end of something whose evidence could not be read. Pure. */
import type { Item } from './job.ts';

/** `list`: that it is not listed any more, as the session that asks has seen it there. */
export function proofLeft({ steps, marks, seen }: Pick<Item, 'steps' | 'marks' | 'seen'>): 'try' | 'list' | 'nothing' {
  const proofs = steps.filter(({ asked }) => !asked);
  const tries = proofs.filter(({ stage }) => stage === 'probe');
  const wasSeen = (look: string): boolean => marks.some(({ step, says }) => step === look && says === 'there');
  if (tries.some(({ seenBy }) => seenBy === undefined || wasSeen(seenBy))) return 'try';
  const isListed = seen?.bySame === true && proofs.some(({ stage }) => stage === 'again');
  return tries.length === 0 && isListed ? 'list' : 'nothing';
}
