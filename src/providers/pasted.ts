/** What pasting adds to a value, and how to take it off again without touching what belongs to it. */

const QUOTES = '"\'`“”„‟‘’‚‛«»';
const AFTER_QUOTE = new RegExp(`([${QUOTES}])[,;\\\\)}\\]]+$`, 'u');
const UNSEEN = /[\s\p{Cc}\p{Cf}]/u;
const UNSEEN_MARKS = /\p{Cf}+/gu;
const LINE_ENDS = /[\r\n\u2028\u2029]+$/u;
const SCHEME = /^(?:Authorization\s*:\s*)?(?:Bearer|Basic)\s+/iu;

/** A name that is no secret: without the spaces and invisible marks around it. */
export const cleanName = (text: string): string => withoutUnseenEnds(text.replace(UNSEEN_MARKS, ''));

/**
 * A machine-made secret, such as a key or token: without line ends, no-break spaces, invisible marks, quotes around it,
 * and the scheme of a copied header. What is inside stays: `isOneWord` says whether it can be right.
 */
export function cleanKey(text: string): string {
  let key = cleanName(text);
  for (let before = ''; before !== key;) {
    before = key;
    key = cleanName(withoutQuotes(key).replace(SCHEME, ''));
  }
  return key;
}

/**
 * The word that follows a mark within a longer text that was copied: a curl line, a header in quotes, a line of JSON.
 * Undefined where the mark does not occur.
 */
export function keyAfter(mark: RegExp, text: string): string | undefined {
  const at = mark.exec(text);
  if (!at) return undefined;
  const [word = ''] = cleanName(text.slice(at.index + at[0].length)).split(/\s/u, 1);
  // Behind its own quote stands what belongs to the text around it.
  return cleanKey(word.replace(AFTER_QUOTE, '$1'));
}

/** By steps: an expression that looks for an end tries each inner gap anew, for minutes where somebody pasted a file. */
function withoutUnseenEnds(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && UNSEEN.test(text.charAt(from))) from += 1;
  while (to > from && UNSEEN.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
}

function withoutQuotes(text: string): string {
  let start = 0;
  let end = text.length;
  // A run at once: one at a time, a page full of quotes would take minutes.
  while (start < end && QUOTES.includes(text.charAt(start))) start += 1;
  while (end > start && QUOTES.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

/**
 * A password that a person chose: anything may belong to it, a space or a quote at either end too, so only the line end
 * goes that copying a line adds.
 */
export const cleanPassword = (text: string): string => text.replace(LINE_ENDS, '');

/** Visible ASCII alone, as every key and token of the vendors here: no space, no line end, no typographic character. */
export const isOneWord = (text: string): boolean => /^[\x21-\x7E]+$/.test(text);

/** A code of digits, typed or pasted in groups. */
export const cleanDigits = (text: string): string => text.replace(/[\s\p{Cf}-]+/gu, '');
