/** How far a job has come, in words. Pure. */
import { formatClockTime, formatDateTime } from '../../lib/format-time.ts';
import type { Survivor } from '../../providers/ending.ts';
import { mayExist } from '../../revocation/give-up.ts';
import type { Item, Mark, StepOutline } from '../../revocation/job.ts';
import type { StateKind } from '../../ui/state.tsx';

export const survivorWords = ({ words, untilMs }: Survivor): string =>
  `${words.replace(/\.$/, '')}${typeof untilMs === 'number' ? `, until ${formatDateTime(untilMs)}` : ''}.`;

export interface StepState {
  readonly kind: StateKind;
  readonly word: string;
}

/** The step at which the item stands; null where it stands at none. */
export const standsAt = ({ state }: Item): string | null => ('step' in state ? state.step : null);

export const lastMark = ({ marks }: Item, step: string): Mark | undefined =>
  marks.findLast((mark) => mark.step === step);

const wordsOfSays: Partial<Record<Mark['says'], StepState>> = {
  skipped: { kind: 'unknown', word: 'Left out' },
  lost: { kind: 'attention', word: 'Answer lost' },
  failed: { kind: 'bad', word: 'Failed' },
  refused: { kind: 'bad', word: 'Refused' },
  'not-yours': { kind: 'bad', word: 'Not yours' },
  unknown: { kind: 'attention', word: 'Unknown' },
  live: { kind: 'bad', word: 'Still live' },
  absent: { kind: 'attention', word: 'Not made' },
};

export function stepState(item: Item, step: StepOutline): StepState {
  const { state } = item;
  if (standsAt(item) === step.id) {
    switch (state.is) {
      case 'person':
        return { kind: 'attention', word: 'Your turn' };
      case 'paused':
        return { kind: 'attention', word: state.for === 'sign-in' ? 'Sign in again' : 'Waits for the operator' };
      case 'waiting':
        return { kind: 'busy', word: step.stage === 'quiet' ? 'Watching' : 'Waiting' };
      default:
        return { kind: 'busy', word: 'Under way' };
    }
  }
  const mark = lastMark(item, step.id);
  if (!mark) return { kind: 'unknown', word: state.is === 'settled' ? 'Not reached' : 'To come' };
  if (step.stage === 'again' && mark.says === 'there') return { kind: 'bad', word: 'Still there' };
  if (step.stage === 'quiet' && mark.says === 'done') return { kind: 'attention', word: 'Cut short' };
  return wordsOfSays[mark.says] ?? { kind: 'ready', word: 'Done' };
}

/** What the whole of it came to. */
export function outcomeOf({ finding, ends, marks, steps, state }: Item): StepState & { readonly sentence: string } {
  const words = finding?.words ?? '';
  // Nothing was ended, and nothing is known of the old one: it went no further.
  if (state.is === 'settled' && ends.sent === 0 && (finding?.verdict ?? 'unknown') === 'unknown') {
    const made = mayExist({ marks, steps }) || marks.some(({ stage, says }) => stage === 'create' && says === 'made');
    const sentence = marks.at(-1)?.words ?? '';
    return made
      ? { kind: 'attention', word: 'Stopped: a key may exist', sentence }
      : { kind: 'bad', word: 'Stopped: nothing was made', sentence };
  }
  const isMade =
    state.is !== 'settled' ||
    !steps.some(({ stage }) => stage === 'create') ||
    marks.some(({ says }) => says === 'made');
  const sentence = isMade ? words : `${words}. No new key was made here.`;
  const at = finding ? formatClockTime(finding.atMs) : '';
  const limit = finding?.qualifier ? ` ${finding.qualifier}` : '';
  switch (finding?.verdict) {
    case 'dead':
      return { kind: 'ready', word: `The old key is proven dead${limit} ${at}`, sentence };
    case 'live':
      return { kind: 'bad', word: 'Not ended: the old key still lives', sentence };
    default:
      return { kind: 'unknown', word: 'Not proven', sentence };
  }
}
