import type { Reply } from './call.ts';
import { commonErrors, unclassified } from './common-errors.ts';
import type { ErrorFacts, ErrorRow, Failure } from './failure.ts';
import { plainText, redact } from './redact.ts';
import { readRetryAfter } from './retry-after.ts';

/** A machine-readable description is short; a megabyte of it must not cost a megabyte of matching. */
const TEXT_READ_MAX = 2_000;
const DETAIL_MAX = 120;

/**
 * What a reply that is not a success means: exactly one line of the vendor's table, else of the common one, for every
 * reply there can be. Never throws.
 */
export function classify(rows: readonly ErrorRow[], facts: ErrorFacts, reply: Reply, operation: string): Failure {
  const { envelope } = reply;
  const retryAfterMs = envelope.phase === 'answered' ? readRetryAfter(envelope) : undefined;
  const seen: Seen = { reply, facts, operation, asksToWait: retryAfterMs !== undefined };
  const row = rows.find((each) => holds(each, seen)) ?? commonErrors.find((each) => holds(each, seen)) ?? unclassified;
  const serverSaid = row.quotesServer ? redact(facts.text ?? facts.error ?? '') : '';
  return {
    code: row.name,
    // Whatever a table says, what was not sent did not happen.
    happened: envelope.phase === 'not-sent' ? 'no' : row.happened,
    fault: row.fault,
    sentence: fill(row.sentence, reply),
    next: row.next,
    ...(serverSaid !== '' && { serverSaid }),
    status: envelope.status,
    ...(envelope.cause && { cause: envelope.cause.code }),
    ...(envelope.cause?.certificate && { certificate: envelope.cause.certificate }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

interface Seen {
  readonly reply: Reply;
  readonly facts: ErrorFacts;
  readonly operation: string;
  readonly asksToWait: boolean;
}

function holds(row: ErrorRow, { reply: { envelope }, facts, operation, asksToWait }: Seen): boolean {
  const { phase, status, cause, headers } = envelope;
  if (!(row.phase ?? ['answered']).includes(phase)) return false;
  if (row.cause && !(cause && row.cause.includes(cause.code))) return false;
  if (row.asksToWait && !asksToWait) return false;
  if (row.operations && !row.operations.includes(operation)) return false;
  if (row.status && !(status !== null && row.status.includes(status))) return false;
  if (row.error && !(facts.error !== undefined && row.error.includes(facts.error))) return false;
  if (row.text && !row.text.test((facts.text ?? '').slice(0, TEXT_READ_MAX))) return false;
  return !row.contentType || row.contentType.test(headers['content-type'] ?? '');
}

function fill(sentence: string, { envelope }: Reply): string {
  const { code, detail: said = '' } = envelope.cause ?? {};
  // Where a redirect points is the server's word, and may quote what it was sent.
  const detail = plainText(code === 'redirected' ? redact(said) : said, DETAIL_MAX).replace(/[.\s]+$/, '');
  // A function, because a detail may hold the `$&` of a replacement pattern.
  return sentence
    .replace('{detail}', () => (detail === '' ? '' : `: ${detail}`))
    .replace('{status}', () => String(envelope.status ?? 'none'));
}
