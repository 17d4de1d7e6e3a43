import { cleanKey } from './pasted.ts';

/** What is looked at; nobody's key lies behind that much text. */
const READ_MAX = 65_536;
/** No secret is longer, so what is longer is looked at in its parts alone. */
const WHOLE_MAX = 33_000;
const WORDS_MAX = 200;
const BREAKS = /[\s"'`“”„‟‘’‚‛«»<>,;{}()[\]|\\^\p{Cc}\p{Cf}]+/u;
/** `name=value` of a form, an address, a file of variables; `name: value` of a header. */
const INSIDE = /[=&?#]+/u;

/**
 * Every word of a pasted text that may be a secret, in its order and each once: the whole, cleaned; then what stands
 * between spaces and quotes; then what stands behind `=` in those. For a text that is a whole command or a file.
 */
export function pastedWords(text: string): readonly string[] {
  const read = text.slice(0, READ_MAX);
  const words = new Set<string>();
  const add = (word: string): void => {
    const clean = cleanKey(word).replace(/^[:=@]+|[:.]+$/g, '');
    if (clean !== '' && words.size < WORDS_MAX) words.add(clean);
  };
  const whole = withoutEdges(read);
  if (whole.length <= WHOLE_MAX) add(whole);
  for (const part of read.split(BREAKS)) {
    add(part);
    const inside = part.split(INSIDE);
    if (inside.length > 1) for (const one of inside) add(decoded(one));
  }
  return [...words];
}

const EDGE = /[\s"'`“”„‟‘’‚‛«»\p{Cc}\p{Cf}]/u;

/** What `cleanKey` would take off both ends, in one go however much it is. */
function withoutEdges(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && EDGE.test(text.charAt(start))) start += 1;
  while (end > start && EDGE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function decoded(word: string): string {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
