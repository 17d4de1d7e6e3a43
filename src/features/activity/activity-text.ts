import { outcomeWords, phaseWords } from './cause-words.ts';
import type { NamedCall } from './named-call.ts';

const HEAD = ['time (UTC)', 'provider', 'connection', 'operation', 'phase', 'status', 'ms', 'what became of it'];

/** The calls as lines of text with tabs between, oldest first, for a report. Built from names, numbers and our own words. */
export function activityText(calls: readonly NamedCall[]): string {
  const lines = [...calls]
    .reverse()
    .map(({ call, provider, connection, label }) =>
      [
        new Date(call.atMs).toISOString(),
        provider,
        connection,
        label,
        phaseWords(call.phase),
        call.status ?? '',
        Math.round(call.durationMs),
        outcomeWords(call),
      ].map(cell),
    );
  return [HEAD, ...lines].map((line) => line.join('\t')).join('\n') + '\n';
}

/** A name may come from the operator's file or from a server: no tab or line end of its own, and no formula in a sheet. */
function cell(value: string | number): string {
  const text = String(value).replace(/[\t\r\n]+/g, ' ');
  return /^[=+\-@]/.test(text) ? `'${text}` : text;
}
