import { describe, expect, test } from 'vitest';
import { flag, list, maybe, nullOr, number, object, one, record, text } from './shape.ts';

describe('a shape', () => {
  const person = object({
    name: text,
    age: maybe(number),
    tags: list(text),
    flags: record(flag),
    kind: one(['a', 'b']),
  });
  const whole = { name: 'alice', age: 3, tags: ['x'], flags: { on: true }, kind: 'a' };

  test('takes what has it, with more members than it names', () => {
    expect(person(whole)).toBe(true);
    expect(person({ ...whole, more: 1 })).toBe(true);
    expect(person({ ...whole, age: undefined })).toBe(true);
  });

  test.each(['name', 'tags', 'flags', 'kind'])('refuses an object without %s', (name) => {
    const { [name]: _gone, ...rest } = whole as Record<string, unknown>;
    expect(person(rest)).toBe(false);
  });

  test.each([
    ['a list for an object', []],
    ['null', null],
    ['text', 'alice'],
    ['a number that is none', { ...whole, age: NaN }],
    ['another word', { ...whole, kind: 'c' }],
    ['a wrong item', { ...whole, tags: ['x', 1] }],
    ['a wrong value', { ...whole, flags: { on: 'yes' } }],
  ])('refuses %s', (_what, value) => {
    expect(person(value)).toBe(false);
  });

  test('does not take an inherited member for one of its own', () => {
    expect(object({ toString: maybe(text) })({})).toBe(true);
    expect(object({ constructor: text })({})).toBe(false);
  });

  test('of null or something takes both and no third', () => {
    expect([null, 'x', undefined, 1].map(nullOr(text))).toEqual([true, true, false, false]);
  });
});
