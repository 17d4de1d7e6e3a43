/** What pasting brought along and the vendor's cleaning took off before anything was sent. Pure; holds no secret. */
import type { Params } from '../../http/operation.ts';
import type { FormField, FormValues } from '../../providers/sign-in-way.ts';

/** One sentence part a field: "Access key: quotes, a line end". */
export interface Removed {
  readonly label: string;
  readonly what: readonly string[];
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/\bbearer\b/i, 'the word Bearer'],
  [/\bapikey\b/i, 'the word ApiKey'],
  [/["'`\u2018-\u201F\u00AB\u00BB]/u, 'quotes'],
  [/[\r\n\u2028\u2029]/u, 'a line end'],
];

/**
 * Compares what was typed with what is going to be sent. A field whose text is sent as it stands, or that cannot be found
 * among the parameters, is left out.
 */
export function removedByCleaning(fields: readonly FormField[], values: FormValues, sent: Params): readonly Removed[] {
  return fields.flatMap((field) => {
    const typed = values[field.name] ?? '';
    const rest = restOf(typed, candidates(field.name, sent));
    return rest === undefined ? [] : [{ label: field.label, what: kindsOf(rest) }];
  });
}

/** The parameter of the same name first: two fields may hold the same text. */
function candidates(name: string, sent: Params): readonly string[] {
  const own = sent[name];
  if (typeof own === 'string') return [own];
  return Object.values(sent).filter((value) => typeof value === 'string');
}

/** The characters that are not sent, or undefined where all are. */
function restOf(typed: string, sent: readonly string[]): string | undefined {
  if (typed === '' || sent.includes(typed)) return undefined;
  const within = sent.filter((value) => value !== '').sort((a, b) => b.length - a.length);
  const whole = within.find((value) => typed.includes(value));
  if (whole !== undefined) {
    const at = typed.lastIndexOf(whole);
    return typed.slice(0, at) + typed.slice(at + whole.length);
  }
  // A secret that was wrapped over several lines: white space was taken out of its middle.
  const closed = typed.replace(/\s+/gu, '');
  const wrapped = within.find((value) => closed.includes(value));
  return wrapped === undefined ? undefined : closed.replace(wrapped, '') + (/\s+/u.exec(typed)?.[0] ?? '');
}

function kindsOf(rest: string): readonly string[] {
  const found = KINDS.filter(([pattern]) => pattern.test(rest)).map(([, word]) => word);
  const left = KINDS.reduce((text, [pattern]) => text.replace(new RegExp(pattern, 'giu'), ''), rest).trim();
  if (left !== '') return [...found, 'text around it'];
  return found.length > 0 ? found : ['spaces'];
}

/** "Taken off before sending: quotes and a line end (Access key)." Undefined where nothing was. */
export function removedSentence(removed: readonly Removed[]): string | undefined {
  if (removed.length === 0) return undefined;
  const parts = removed.map(({ label, what }) => `${what.join(', ').replace(/, ([^,]*)$/, ' and $1')} (${label})`);
  return `Taken off before sending: ${parts.join('; ')}.`;
}
