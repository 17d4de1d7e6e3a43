/** What an item's state, marks and finding are called on the board. Pure. */
import { formatClockTime, formatMoment } from '../../lib/format-time.ts';
import { isPastProof } from '../../revocation/advance.ts';
import { usedByWords } from '../../revocation/evidence-when.ts';
import type { Item, JobView, Mark, StepOutline } from '../../revocation/job.ts';
import type { Tone } from '../../ui/band.tsx';
import type { StateKind } from '../../ui/state.tsx';

export interface Word {
  readonly kind: StateKind;
  readonly word: string;
}

export const isCheck = ({ ending }: Pick<Item, 'ending'>): boolean => ending.id === 'check';

/** In the head of its card. */
export function stateOf(item: Item): Word {
  const { state, finding } = item;
  switch (state.is) {
    case 'planned':
      return { kind: 'unknown', word: 'Not begun' };
    case 'cancelled':
      return { kind: 'unknown', word: 'Cancelled' };
    case 'ready':
    case 'calling':
      return finding ? verdictOf(item) : { kind: 'busy', word: 'Working' };
    case 'waiting':
      return finding ? verdictOf(item) : { kind: 'busy', word: 'Waiting' };
    case 'paused':
      return { kind: 'attention', word: pauseWords[state.for] };
    case 'person':
      return { kind: 'attention', word: 'Needs you' };
    case 'settled':
      return verdictOf(item);
    default:
      return state satisfies never;
  }
}

const pauseWords = { 'sign-in': 'Sign in again', operator: 'Paused', evidence: 'Needs you' } as const;

function verdictOf(item: Item): Word {
  const { finding, state, ending } = item;
  const isSettled = state.is === 'settled' || isPastProof(item);
  switch (finding?.verdict) {
    case 'dead':
      return {
        kind: ending.goal === 'dead' ? 'ready' : 'bad',
        word: finding.qualifier ? 'Dead, with a limit' : 'Dead',
      };
    case 'live':
      if (ending.goal === 'live') return { kind: 'ready', word: 'Live' };
      return { kind: isSettled ? 'bad' : 'attention', word: 'Live' };
    default:
      return { kind: 'unknown', word: 'Unknown' };
  }
}

export interface Verdict {
  readonly tone: Tone;
  readonly title: string;
  /** Why, in the server's terms. */
  readonly words: string;
  readonly atMs: number;
}

/** What the last line of a card says; null before anything was proven or refuted. */
export function verdictBand(item: Item): Verdict | null {
  const { finding, state, ending } = item;
  if (!finding || state.is === 'cancelled') return null;
  const { atMs, words, qualifier, asWanted, verdict } = finding;
  const how = qualifier === null ? '' : `, ${qualifier}`;
  if (isCheck(item)) return { ...checkWords(verdict, how), words, atMs };
  if (asWanted) {
    const what = ending.goal === 'dead' ? 'Proven dead' : 'Proven: let in again';
    return { tone: 'ok', title: `${what}${how}`, words, atMs };
  }
  const still = verdict === 'live' ? 'still accepted by the server' : verdict === 'dead' ? 'still refused' : '';
  if (state.is !== 'settled' && !isPastProof(item)) {
    return { tone: 'warn', title: still === '' ? 'Not proven yet' : capital(still), words, atMs };
  }
  return { tone: 'bad', title: still === '' ? 'Not proven' : `Not proven: ${still}`, words, atMs };
}

function checkWords(verdict: NonNullable<Item['finding']>['verdict'], how: string): Pick<Verdict, 'tone' | 'title'> {
  switch (verdict) {
    case 'live':
      return { tone: 'bad', title: `Live${how}` };
    case 'dead':
      return { tone: 'ok', title: `Dead${how}` };
    case 'unknown':
      return { tone: 'warn', title: 'Unknown: neither live nor dead is proven' };
    default:
      return verdict satisfies never;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** How a mark is drawn: the tick of what went as it should, and the rest. */
export function markKind({ stage, says }: Mark): { readonly done: boolean; readonly word: string } {
  switch (says) {
    case 'skipped':
      return { done: false, word: 'left out' };
    case 'lost':
      return { done: false, word: 'answer lost' };
    case 'failed':
    case 'unknown':
      return { done: false, word: 'tells nothing' };
    case 'not-yours':
      return { done: false, word: 'not yours' };
    case 'refused':
    case 'live':
      return { done: false, word: says };
    case 'there':
      return { done: stage === 'evidence', word: says };
    case 'done':
      return stage === 'quiet' ? { done: false, word: 'cut short' } : { done: true, word: says };
    default:
      return { done: true, word: says };
  }
}

export interface Line {
  readonly step: StepOutline;
  /** The latest answer; undefined where there is none yet. */
  readonly mark: Mark | undefined;
  /** How often it was asked; that it was left out is none of them. */
  readonly times: number;
  readonly isNow: boolean;
}

/** The checklist: every step in its order with the latest that it gave; one that others ask for only once it was asked. */
export function linesOf({ steps, marks, state }: Item): readonly Line[] {
  const now = 'step' in state ? state.step : undefined;
  return steps.flatMap((step) => {
    const own = marks.filter((mark) => mark.step === step.id);
    if (step.asked && own.length === 0 && step.id !== now) return [];
    return [
      { step, mark: own.at(-1), times: own.filter(({ says }) => says !== 'skipped').length, isNow: step.id === now },
    ];
  });
}

/** "Opened 03:11 · 3 of 4 proven dead · one needs a person". */
export function summaryOf({ items, createdAtMs, startedAtMs, kind }: JobView): string {
  const proven = items.filter(({ finding, state }) => state.is === 'settled' && finding?.asWanted === true);
  const limited = proven.filter(({ finding }) => finding?.qualifier).length;
  const open = items.filter(({ finding, state }) => state.is === 'settled' && finding?.asWanted !== true).length;
  const person = items.filter(({ state }) => state.is === 'person' || state.is === 'paused').length;
  const what = kind === 'contain' ? 'proven' : 'proven dead';
  return [
    `Opened ${formatClockTime(startedAtMs ?? createdAtMs)}`,
    `${String(proven.length)} of ${String(items.length)} ${what}${limited > 0 ? `, ${String(limited)} with a limit` : ''}`,
    ...(open > 0 ? [`${String(open)} not proven`] : []),
    ...(person > 0 ? [`${person === 1 ? 'one needs' : `${String(person)} need`} a person`] : []),
  ].join(' · ');
}

/** Its last use, as the evidence has it. `offsetMs`: server minus local time. */
export function lastUseWords(item: Item, offsetMs: number): string | null {
  const { evidence } = item;
  const use = evidence?.row?.lastUse;
  if (!evidence || use === undefined || use === 'not-reported') return null;
  if (use === 'never') return 'never used';
  const from = use.from === 'not-reported' ? '' : ` from ${use.from}`;
  return `last used ${formatMoment(use.atMs - offsetMs, evidence.takenAtMs)}${from}${usedByWords(item)}`;
}
