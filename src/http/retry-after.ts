import type { Envelope } from './envelope.ts';
import { readImfDate } from './imf-date.ts';

const LONGEST_MS = 3_600_000;

/** In order of trust: the standard's name (RFC 9110 section 10.2.3), then the spelling that one vendor documents. */
const HEADERS = ['retry-after', 'retryafter'];

/**
 * How long the server asks to be left alone; milliseconds, at most an hour, 0 for a date that has passed. Seconds, or a
 * date, which counts from the answer's own `Date`: the server's clock need not be ours. Undefined where nobody asked, or
 * not in words that mean something.
 */
export function readRetryAfter({
  headers,
  receivedAtMs,
}: Pick<Envelope, 'headers' | 'receivedAtMs'>): number | undefined {
  for (const name of HEADERS) {
    const text = headers[name]?.trim();
    const ms = text === undefined ? undefined : waitOf(text, readImfDate(headers['date']) ?? receivedAtMs);
    if (ms !== undefined) return Math.min(Math.max(ms, 0), LONGEST_MS);
  }
  return undefined;
}

function waitOf(text: string, answeredAtMs: number): number | undefined {
  if (/^\d{1,15}$/.test(text)) return Number(text) * 1_000;
  const dateMs = readImfDate(text);
  return dateMs === undefined ? undefined : dateMs - answeredAtMs;
}
