/**
 * Text from a server, made fit for a screen: plain, short, and without what looks like a secret. A server may quote back
 * what it was sent, so nothing it says is shown without this.
 */

const SHOWN_MAX = 200;
/** Read at most; a megabyte of label must not cost a megabyte of matching. */
const READ_MAX = 8_192;
const MASK = '•••';

/** What draws nothing, or draws elsewhere than it stands: control characters, marks of direction, zero widths, tags. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u3164\uFFA0\u115F\u1160]+/gu;
// eslint-disable-next-line no-control-regex -- escape sequences of terminals begin with this control character
const TERMINAL_SEQUENCE = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\-_])/gu;
const UNDRAWN_ELEMENT = /<(script|style|template|title)\b[^]*?<\/\1\s*>/giu;
const TAG = /<[!/?a-z][^>]*(?:>|$)/giu;
const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#0?39);/giu;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#039': "'",
};
/** Drawn as nothing within a word, so that a mask would miss a secret that is cut by one. */
const WITHIN_A_WORD = /\p{Cf}+/gu;

/**
 * One line of at most `lengthMax` characters without markup, control characters, marks of direction or zero widths.
 * For what a server names (a scope, a host, a display name). Hides no secret.
 */
export function plainText(text: string, lengthMax = SHOWN_MAX): string {
  return shorten(flatten(text), lengthMax);
}

/**
 * The same for a name that a person gave to something: what looks like markup in it is part of it, and stays. Two names
 * that differ in nothing else must not look the same.
 */
export function shownName(text: string, lengthMax = SHOWN_MAX): string {
  // Nothing is masked in a name, so it may be cut within a word.
  return shorten(drawn(text.slice(0, READ_MAX)), lengthMax);
}

/** `plainText`, and whatever looks like a token, key, identifier or query string is masked. For what a server says. */
export function redact(text: string): string {
  let line = flatten(text);
  for (const [secret, replacement] of SECRETS) line = line.replace(secret, replacement);
  return shorten(line, SHOWN_MAX);
}

function flatten(text: string): string {
  return drawn(
    wholeWords(text)
      .replace(TERMINAL_SEQUENCE, '')
      .replace(UNDRAWN_ELEMENT, ' ')
      .replace(TAG, ' ')
      .replace(ENTITY, (_, name: string) => ENTITIES[name.toLowerCase()] ?? ' '),
  );
}

const drawn = (text: string): string =>
  text
    .replace(WITHIN_A_WORD, '')
    .replace(UNSEEN, ' ')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(/\s+/gu, ' ')
    .trim();

/** Cut at a space: half a secret would pass every mask. */
function wholeWords(text: string): string {
  if (text.length <= READ_MAX) return text;
  const read = text.slice(0, READ_MAX);
  const end = Math.max(read.lastIndexOf(' '), read.lastIndexOf('>'), read.lastIndexOf('\n'));
  return end < 0 ? '' : read.slice(0, end);
}

function shorten(line: string, lengthMax: number): string {
  if (line.length <= lengthMax) return line;
  let short = '';
  for (const character of line) {
    if (short.length + character.length > lengthMax - 1) break;
    short += character;
  }
  return `${short}…`;
}

/** In this order: what names a secret first, then what only looks like one. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  // User information and query of a URL.
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/giu, `$1${MASK}@`],
  [/([?&])[^\s"'<>]+/gu, `$1${MASK}`],
  [/\b(Bearer|Basic|Digest|Negotiate)\s+[^\s"',;]+/giu, `$1 ${MASK}`],
  [
    /\b([\w-]{0,40}(?:token|secret|password|passwd|api_?key|authorization|otp)["']?)\s*[=:]\s*["']?[^\s"',;}]+/giu,
    `$1: ${MASK}`,
  ],
  // A JWT, also one that was cut.
  [/\beyJ[\w-]*(?:\.[\w-]*){0,4}/gu, MASK],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/giu, MASK],
  [/\b[0-9a-f]{16,}\b/giu, MASK],
  // A run of the alphabet of keys that holds letters and digits.
  [/(?<![\w+=~-])(?=[\w+=~-]*\d)(?=[\w+=~-]*[a-z])[\w+=~-]{20,}/giu, MASK],
];
