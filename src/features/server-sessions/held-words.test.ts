import { expect, it } from 'vitest';
import type { Held } from '../../sessions/slot-ledger.ts';
import { heldWords } from './held-words.ts';

const held: Held = {
  ...{ id: 'a', connection: 'ocp', name: 'alice', openedAtMs: 0, untilMs: null },
  ...{ freeable: false, isGuess: false, isOfGonePage: false },
};

it.each<[string, Partial<Held>, RegExp]>([
  ['one that can be freed', { freeable: true }, /^Of alice, opened .*; can be freed from here\.$/],
  ['one that was forgotten', {}, /^Of alice, opened .*; its tokens were dropped here, and /],
  [
    'a lost sign-in',
    { name: null, isGuess: true },
    /^A sign-in whose answer was lost .*; its tokens never came here, and /,
  ],
  [
    'one of a page that is gone',
    { name: null, isGuess: true, isOfGonePage: true },
    /^A session of a page that is gone, opened .*; its tokens went with that page, and /,
  ],
])('says of %s what became of its tokens', (_, own, words) => {
  expect(heldWords({ ...held, ...own })).toMatch(words);
});
