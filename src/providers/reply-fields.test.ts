import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anything,
  either,
  exactly,
  fields,
  listOf,
  matching,
  nonEmpty,
  number,
  seconds,
  secondsToMs,
  text,
  word,
} from './reply-fields.ts';

const readPerson = fields(
  { name: nonEmpty, kind: exactly(false) },
  { age: number, note: anything, tags: listOf(nonEmpty), home: fields({ town: nonEmpty }, { street: text }) },
);
const whole = { name: 'alice', kind: false, age: 3, note: null, tags: ['x'], home: { town: 'Brno', street: '' } };

describe('the fields of a reply', () => {
  it('are taken, and nothing else is: not what else it holds, at any depth', () => {
    expect(readPerson(whole)).toEqual(whole);
    const more = { secret: 'canary-not-asked-for' };
    expect(readPerson({ ...whole, ...more, home: { ...whole.home, ...more } })).toEqual(whole);
  });

  it.each(['name', 'kind'])('without %s, which is needed, the reply is of no use', (name) => {
    const { [name]: _gone, ...rest } = whole as Record<string, unknown>;
    expect(readPerson(rest)).toBeUndefined();
    expect(readPerson({ ...whole, [name]: 1 })).toBeUndefined();
  });

  it.each([
    ['age', 'three'],
    ['tags', ['x', '']],
    ['home', { street: 'only' }],
  ])('without %s, which is tolerated, or with a wrong one, the others stay', (name, wrong) => {
    const { [name]: _gone, ...rest } = whole as Record<string, unknown>;
    expect(readPerson(rest)).toEqual(rest);
    expect(readPerson({ ...whole, [name]: wrong })).toEqual(rest);
    expect(readPerson({ ...whole, [name]: null })).toEqual(rest);
  });

  it('are its own and not inherited', () => {
    expect(fields({ constructor: anything }, {})({})).toBeUndefined();
    expect(fields({}, { toString: anything })({})).toEqual({});
    expect(Object.hasOwn(fields({}, { toString: anything })({}) ?? {}, 'toString')).toBe(false);
  });

  it('are looked for in objects only, without an exception for anything', () => {
    for (const none of [undefined, null, 1, 'text', true, [], [whole]]) expect(readPerson(none)).toBeUndefined();
    fc.assert(
      fc.property(fc.anything(), (value) => {
        for (const read of [readPerson, listOf(readPerson), seconds, word(10), either(text, number)]) read(value);
      }),
    );
  });
});

it('null that is wanted is not a field that is missing', () => {
  expect(readPerson({ ...whole, note: null })).toHaveProperty('note', null);
  expect(readPerson({ name: 'alice', kind: false })).not.toHaveProperty('note');
});

it('a list is of use where every entry is, and as a list only', () => {
  expect(listOf(number)([])).toEqual([]);
  expect(listOf(number)([1, 2])).toEqual([1, 2]);
  expect(listOf(number)([1, '2'])).toBeUndefined();
  expect(listOf(anything)({ length: 0 })).toBeUndefined();
});

it('a word is visible ASCII of a length that can be sent', () => {
  expect(word(3)('a~!')).toBe('a~!');
  for (const wrong of ['', 'abcd', 'a b', 'a\n', 'ä', '\u007f', 12, null]) expect(word(3)(wrong)).toBeUndefined();
});

it('text may be empty, and what says “non-empty” may not', () => {
  expect([text(''), nonEmpty(''), nonEmpty(' '), nonEmpty(0)]).toEqual(['', undefined, ' ', undefined]);
  expect(matching(/^PE\d$/)('PE1')).toBe('PE1');
  expect(matching(/^PE\d$/)('PE12')).toBeUndefined();
});

it.each([
  [300, 300],
  ['300', 300],
  [' -1.5 ', -1.5],
  [0, 0],
  ['', undefined],
  ['soon', undefined],
  ['1e3', undefined],
  ['99999999999999', undefined],
  [NaN, undefined],
  [null, undefined],
])('%j is, in seconds, %j', (value, expected) => {
  expect(seconds(value)).toBe(expected);
});

it.each([
  [1, 1_000],
  [-1, -1_000],
  [1e10, 1e13],
  [1e11, undefined],
  [undefined, undefined],
])('%j seconds are %j milliseconds', (value, expected) => {
  expect(secondsToMs(value)).toBe(expected);
});
