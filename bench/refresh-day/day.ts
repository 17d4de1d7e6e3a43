/** The day that every library is sent through: what happens at which hour, and what a person does about it. */
import type { Trouble } from '../../test/simulation/vendor-network.ts';

export interface Scene {
  readonly words: string;
  readonly minutes: number;
  /** Nobody has the new pair here, because the server's answer never left it whole: the session cannot be kept. */
  readonly pairIsLost?: true;
  /** What becomes of the first refresh in this scene. */
  readonly firstRefresh?: Trouble;
  /** What becomes of every refresh, for so many minutes. */
  readonly weather?: { readonly trouble: Trouble; readonly minutes: number };
  /** Once the first refresh of this scene is under way. */
  readonly underWay?: 'browser-dies' | 'lid-closes';
  readonly atStart?: 'browser-restarts' | 'lid-closes' | 'line-drops' | 'second-tab-hides';
  /** How long the lid stays closed or the line is gone. */
  readonly awayMin?: number;
}

export const day: readonly Scene[] = [
  { words: 'two tabs side by side, nothing goes wrong', minutes: 60 },
  { words: 'the browser restarts and restores both tabs', minutes: 40, atStart: 'browser-restarts' },
  {
    words: 'the server rotates, then answers 502',
    minutes: 30,
    firstRefresh: { kind: 'fails-after', status: 502 },
    pairIsLost: true,
  },
  {
    words: 'the server rotates, the answer is cut off',
    minutes: 30,
    firstRefresh: { kind: 'cut-after' },
    pairIsLost: true,
  },
  {
    words: '429 with Retry-After for 3 minutes',
    minutes: 20,
    weather: { trouble: { kind: 'asks-to-wait', status: 429, retryAfter: '30' }, minutes: 3 },
  },
  {
    words: '500 for 10 minutes, nothing rotated',
    minutes: 30,
    weather: { trouble: { kind: 'fails', status: 500 }, minutes: 10 },
  },
  { words: 'the lid is closed for 45 minutes', minutes: 75, atStart: 'lid-closes', awayMin: 45 },
  { words: 'an hour offline', minutes: 80, atStart: 'line-drops', awayMin: 60 },
  {
    words: 'answers take 4 s, for 20 minutes',
    minutes: 30,
    weather: { trouble: { kind: 'slow', ms: 4_000 }, minutes: 20 },
  },
  {
    words: 'the browser dies between send and answer',
    minutes: 30,
    firstRefresh: { kind: 'slow', ms: 1_500 },
    underWay: 'browser-dies',
  },
  { words: 'one tab is hidden for an hour', minutes: 60, atStart: 'second-tab-hides' },
  {
    words: 'the lid closes between send and answer',
    minutes: 45,
    firstRefresh: { kind: 'slow', ms: 1_500 },
    underWay: 'lid-closes',
    awayMin: 20,
  },
  {
    words: 'the night, and the first half hour after it',
    minutes: 14 * 60 + 30,
    atStart: 'lid-closes',
    awayMin: 14 * 60,
  },
];
