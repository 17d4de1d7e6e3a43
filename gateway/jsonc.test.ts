// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonFault, parseJsonc } from './jsonc.ts';

describe('JSON with comments', () => {
  it('gives what JSON.parse gives, for every JSON text', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const expected: unknown = JSON.parse(text);
        expect(parseJsonc(JSON.stringify(expected, null, indent))).toEqual(expected);
      }),
    );
  });

  it('passes over comments, but not inside text', () => {
    const text = '\uFEFF// first\n{ /* a */ "url": "https://x/*y*/" // last\n, "b": [1 /* c */, 2] }\n';
    expect(parseJsonc(text)).toEqual({ url: 'https://x/*y*/', b: [1, 2] });
  });

  it('allows a comma after the last entry', () => {
    expect(parseJsonc('{ "a": [1, 2,], "b": {}, }')).toEqual({ a: [1, 2], b: {} });
  });

  it('keeps __proto__ as an ordinary name', () => {
    const value = parseJsonc('{"__proto__": {"x": 1}}') as object; // what was written
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  it.each([
    ['lists', '['],
    ['objects', '{"a":'],
  ])('goes 64 levels deep into %s, and refuses more with a sentence', (_, open) => {
    const nested = (levels: number): string => open.repeat(levels) + '1' + (open === '[' ? ']' : '}').repeat(levels);
    expect(parseJsonc(nested(64))).toEqual(JSON.parse(nested(64)));
    expect(parseJsonc(`[${`${nested(63)},`.repeat(3)}]`)).toHaveLength(3);
    const place = `line 1, column ${64 * open.length + 1}: there are more than 64 levels of { } and [ ] here`;
    for (const levels of [65, 100_000]) {
      expect(() => parseJsonc(nested(levels))).toThrow(JsonFault);
      expect(() => parseJsonc(nested(levels))).toThrow(place);
    }
  });

  it.each([
    ['', 'line 1, column 1: the file ends too early'],
    ['{', 'line 1, column 2: a name in " or } is expected here'],
    ['{\n  "a": 1,,\n}', 'line 2, column 10: a name in " or } is expected here'],
    ['[,]', 'line 1, column 2: a value is expected here'],
    ['{"a" 1}', 'line 1, column 6: a : is expected here'],
    ['{"a": 1\n "b": 2}', 'line 2, column 2: a comma or } is expected here'],
    ['[1 2]', 'line 1, column 4: a comma or ] is expected here'],
    ['{"a": canary}', 'line 1, column 7: a value is expected here'],
    ["{'a': 1}", 'line 1, column 2: a name in " or } is expected here'],
    ['{"a": "canary\n"}', 'line 1, column 7: this text is not closed with " on its line'],
    ['{"a": "\\x"}', 'line 1, column 7: this text holds a \\ sequence or a character that JSON does not know'],
    ['{"a": 1, "a": 2}', 'line 1, column 10: this name was given before in the same { }'],
    ['{} {}', 'line 1, column 4: the file goes on after its end'],
    ['{ /* open', 'line 1, column 3: this comment is never closed'],
    ['01', 'line 1, column 1: a value is expected here'],
  ])('says where and why, and quotes nothing: %j', (text, message) => {
    expect(() => parseJsonc(text)).toThrow(JsonFault);
    expect(() => parseJsonc(text)).toThrow(message);
    expect(message).not.toContain('canary');
  });
});
