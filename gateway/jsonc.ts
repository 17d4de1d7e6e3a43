/** Why a text is not JSON, in words, with the place; lines and columns count from 1. Never quotes the text. */
export class JsonFault extends Error {
  constructor(text: string, at: number, expected: string) {
    const before = text.slice(0, at).split('\n');
    super(`line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: ${expected}`);
    this.name = 'JsonFault';
  }
}

/** A connection's setting is at level 5; the reader goes one call deeper with each level, and a stack has an end. */
const LEVELS_MAX = 64;

/**
 * JSON with comments, and with a comma allowed after the last entry. Throws `JsonFault`.
 *
 * `JSON.parse` would do for the values, but its messages come without a place, quote the text (which may hold a secret
 * that should not be there), and a key given twice is silently lost.
 */
export function parseJsonc(text: string): unknown {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let level = 0;

  const fault = (expected: string): JsonFault => new JsonFault(text, at, expected);

  function skip(): void {
    const blank = /(?:\s+|\/\/[^\n]*|\/\*[^]*?\*\/)*/y;
    blank.lastIndex = at;
    at += blank.exec(text)?.[0].length ?? 0;
    if (text.startsWith('/*', at)) throw fault('this comment is never closed');
  }

  function take(character: string): boolean {
    skip();
    if (text[at] !== character) return false;
    at += 1;
    return true;
  }

  function value(): unknown {
    skip();
    if (text[at] === '{' || text[at] === '[') return oneLevelDeeper();
    if (text[at] === '"') return string();
    const word = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
    word.lastIndex = at;
    const found = word.exec(text)?.[0];
    if (found === undefined) throw fault(at >= text.length ? 'the file ends too early' : 'a value is expected here');
    at += found.length;
    return JSON.parse(found);
  }

  function oneLevelDeeper(): unknown {
    if (level >= LEVELS_MAX) throw fault(`there are more than ${LEVELS_MAX} levels of { } and [ ] here`);
    level += 1;
    const found = take('{') ? object() : take('[') && list();
    level -= 1;
    return found;
  }

  function string(): string {
    const literal = /"(?:[^"\\\n\r]|\\.)*"/y;
    literal.lastIndex = at;
    const found = literal.exec(text)?.[0];
    if (found === undefined) throw fault('this text is not closed with " on its line');
    try {
      // JSON.parse of a string literal gives a string.
      const parsed = JSON.parse(found) as string;
      at += found.length;
      return parsed;
    } catch {
      throw fault('this text holds a \\ sequence or a character that JSON does not know');
    }
  }

  function object(): Record<string, unknown> {
    const entries = new Map<string, unknown>();
    while (!take('}')) {
      if (text[at] !== '"') throw fault('a name in " or } is expected here');
      const start = at;
      const name = string();
      if (entries.has(name)) {
        at = start;
        throw fault('this name was given before in the same { }');
      }
      if (!take(':')) throw fault('a : is expected here');
      entries.set(name, value());
      endOfOne('}');
    }
    return Object.fromEntries(entries);
  }

  function list(): unknown[] {
    const items: unknown[] = [];
    while (!take(']')) {
      items.push(value());
      endOfOne(']');
    }
    return items;
  }

  function endOfOne(closing: string): void {
    if (take(',') || text[at] === closing) return;
    throw fault(`a comma or ${closing} is expected here`);
  }

  const whole = value();
  skip();
  if (at < text.length) throw fault('the file goes on after its end');
  return whole;
}
