/** Protections of what is ended, and of what is said of it. */
import type { Mutant } from './mutant.ts';

const answers = 'src/revocation/answers.ts';
const tests = ['src/revocation/step.test.ts'];

export const ofRevocation: readonly Mutant[] = [
  {
    name: 'revocation: what nobody kept anything of is ended without a question',
    file: answers,
    edits: [["endsUnseen(next, at) ? pause('evidence', next) :", '']],
    kills: ['and that nothing else told'],
    tests,
  },
  {
    name: 'revocation: a compromised key waits for a person where its row cannot be read',
    file: answers,
    edits: [["kind === 'revoke' && endsUnseen(next, at)", 'endsUnseen(next, at)']],
    kills: ['does not hold up a job to'],
    tests,
  },
  {
    name: 'revocation: a reading that used the thing takes the place of what the list had',
    file: answers,
    edits: [["(item.evidence.listed === true && at.as !== 'thing')", 'item.evidence.listed === true']],
    kills: ['gives way to a newer reading'],
    tests,
  },
  {
    name: 'revocation: what others had in their list is a proof once it is in ours no more',
    file: 'src/revocation/verdict.ts',
    edits: [['item.seen?.bySame === true', 'item.seen !== undefined']],
    kills: ['was read before, in the list'],
    tests,
  },
  {
    name: 'revocation: what a later proof leans on is left out without a question',
    file: answers,
    edits: [['return failed ? {', 'return failed === null ? {']],
    kills: ['a person is asked before the end where nothing was seen alive'],
    tests: ['src/revocation/leaning-proofs.test.ts'],
  },
  {
    name: 'revocation: what may have died of something else is a proof',
    file: 'src/revocation/verdict.ts',
    edits: [['seen.findLast(({ unsure }) => unsure === undefined)', 'seen.at(-1)']],
    kills: ['proves nothing, and the last of them is watched on'],
    tests: ['src/revocation/leaning-proofs.test.ts'],
  },
  {
    name: 'revocation: an older token that was replaced rules a restart out',
    file: 'src/revocation/perform.ts',
    edits: [['if (await hasAnotherToken(work))', 'if (false)']],
    kills: ['is not explained by an answer to a token that was replaced meanwhile'],
    tests: ['test/alm-key-by-tokens-over-the-wire.test.ts'],
  },
  {
    name: 'revocation: a look at the last use is a finding',
    file: 'src/revocation/advance.ts',
    edits: [['isProof(step) ? withFinding(item, nowMs) : item', 'withFinding(item, nowMs)']],
    kills: ['over the last use proves nothing'],
    tests,
  },
  {
    name: 'revocation: whatever happens to a job holds the lock off for another hour',
    file: 'src/revocation/step.ts',
    edits: [['pressed.has(event.type) ?', "event.type !== 'start' ?"]],
    kills: ['is held off anew by what a person adds'],
    tests,
  },
];
