/**
 * What must not stand raw in a string literal that a person pastes: control characters, line separators, halves of
 * surrogate pairs, and the marks that make an editor show text in another order than it runs.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

const SHORT = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/**
 * `\n`, `\x1b`, `\u2028`: the escapes that JavaScript and Python read alike. They write a character beyond the first
 * 65,536 differently, so it stays as it is.
 */
export const escapeUnprintable = (text: string): string =>
  text.replace(UNPRINTABLE, (character) => {
    if (character.length > 1) return character;
    const code = character.charCodeAt(0);
    const long = code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
    return SHORT.get(character) ?? long;
  });

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');
