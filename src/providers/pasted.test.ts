import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanDigits, cleanKey, cleanName, cleanPassword, isOneWord } from './pasted.ts';

const KEY = 'canary-key-0123';

describe('cleanKey', () => {
  it.each([
    ['nothing', KEY],
    ['a line end', `${KEY}\r\n`],
    ['spaces and tabs', ` \t${KEY} `],
    ['no-break spaces', `\u00A0${KEY}\u202F`],
    ['zero-width marks', `\uFEFF${KEY.slice(0, 4)}\u200B${KEY.slice(4)}`],
    ['quotes', `"${KEY}"`],
    ['one quote', `'${KEY}`],
    ['typographic quotes', `“${KEY}”`],
    ['guillemets', `«${KEY}»`],
    ['backticks', `\`${KEY}\``],
    ['a scheme', `Bearer ${KEY}`],
    ['a whole header', `authorization: bearer\u00A0${KEY}`],
    ['all of it', ` "Bearer '${KEY}'"\n`],
  ])('takes off %s', (_, pasted) => {
    expect(cleanKey(pasted)).toBe(KEY);
  });

  it('leaves what is inside, so that it can be refused', () => {
    expect(cleanKey('curl -H x')).toBe('curl -H x');
    expect(isOneWord('curl -H x')).toBe(false);
    expect(isOneWord('half“quoted')).toBe(false);
    expect(isOneWord('')).toBe(false);
    expect(isOneWord(KEY)).toBe(true);
  });

  it('is done after one turn, whatever was pasted', () => {
    const pasted = fc.string({
      unit: fc.constantFrom('"', '’', ' ', '\n', '\u00A0', 'Bearer ', 'a', ':'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(pasted, (text) => {
        expect(cleanKey(cleanKey(text))).toBe(cleanKey(text));
      }),
    );
  });
});

it('a gap of a hundred thousand spaces is cleaned at once', () => {
  const text = ` a${' '.repeat(100_000)}b `;
  expect(cleanName(text)).toBe(text.trim());
});

describe('cleanPassword', () => {
  it('takes off the line end alone: anything else may belong to it', () => {
    expect(cleanPassword('not a real password\r\n')).toBe('not a real password');
    expect(cleanPassword(' "quoted" ')).toBe(' "quoted" ');
  });
});

it('cleanName takes off what is not seen around a name', () => {
  expect(cleanName('\uFEFF alice@example.test \n')).toBe('alice@example.test');
  expect(cleanName('O’Neill "x"')).toBe('O’Neill "x"');
});

it('cleanDigits closes the gaps of a code', () => {
  expect(cleanDigits(' 123 456\n')).toBe('123456');
  expect(cleanDigits('123-456')).toBe('123456');
  expect(cleanDigits('12a')).toBe('12a');
});
