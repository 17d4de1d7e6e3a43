import { expect, it } from 'vitest';
import type { Held } from '../../sessions/slot-ledger.ts';
import { heldWords } from './held-words.ts';

const held: Held = {
  ...{ id: 'a', connection: 'ocp', name: 'alice', openedAtMs: 0, untilMs: null },
  ...{ freeable: false, isGuess: false, isOfGonePage: false },
};

it.each<[string, Partial<Held>, RegExp]>([
  ['one that can be freed', { freeable: true, untilMs: 1 }, /: possibly held until .*; can be freed from here\.$/],
  ['one that was forgotten', { untilMs: 1 }, /^Of alice, opened .*; its tokens were dropped here, and if the server /],
  [
    'one without an end',
    { freeable: true },
    /^Of alice, opened 1 Jan 1970, .* is not known; can be freed from here\.$/,
  ],
  [
    'such a one that was forgotten',
    {},
    /not known; its tokens were dropped here, and its server’s list may not name it/,
  ],
  [
    'a lost sign-in',
    { name: null, isGuess: true },
    /^A sign-in whose answer was lost .*; its tokens never came here, and /,
  ],
  [
    'one of a page that is gone',
    { name: null, isGuess: true, isOfGonePage: true, untilMs: 1 },
    /^A session of a page that is gone, opened .*; its tokens went with that page, and if the server lists it/,
  ],
  [
    'such a one of a page that is gone',
    { name: null, isGuess: true, isOfGonePage: true },
    /^A session of a page that is gone, opened .* is not known; its tokens went with that page, and its server’s list/,
  ],
])('says of %s what became of its tokens, and what is not known', (_, own, words) => {
  expect(heldWords({ ...held, ...own })).toMatch(words);
});
