/** The evidence as lines of a fact list; what the vendor does not report is said so. Pure. */
import { formatDateTime } from '../../lib/format-time.ts';
import type { KeyRow, Reported } from '../../providers/key-row.ts';
import type { Fact } from '../../providers/tokens.ts';
import { usedByWords } from '../../revocation/evidence-when.ts';
import type { Item } from '../../revocation/job.ts';

const orNot = <Value>(value: Reported<Value>, words: (value: Value) => string): string =>
  value === 'not-reported' ? 'not reported' : words(value);

/** `offsetMs`: server minus local time. */
export function evidenceFacts(item: Item, offsetMs: number): readonly Fact[] {
  const { evidence, usedHere } = item;
  if (!evidence) return [];
  const told = evidence.facts.map(({ label }) => label);
  const ofRow = evidence.row ? rowFacts(evidence.row, offsetMs, usedByWords(item)) : [];
  const before = usedHere
    ? [{ label: 'Last used before this console used it', value: wordsOfUse(usedHere.lastUseBefore, offsetMs) }]
    : [];
  return [...ofRow.filter(({ label }) => !told.includes(label)), ...before, ...evidence.facts];
}

const wordsOfUse = (lastUse: KeyRow['lastUse'], offsetMs: number): string =>
  orNot(lastUse, (use) =>
    use === 'never' ? 'never' : `${formatDateTime(use.atMs - offsetMs)}, ${orNot(use.from, (from) => `from ${from}`)}`,
  );

/** `usedBy`: behind the last use. */
function rowFacts(row: KeyRow, offsetMs: number, usedBy: string): readonly Fact[] {
  const at = (serverMs: number): string => formatDateTime(serverMs - offsetMs);
  return [
    { label: 'Name', value: orNot(row.name, (name) => name || 'none') },
    { label: 'Created', value: orNot(row.createdAtMs, at) },
    { label: 'Expires', value: orNot(row.expiresAtMs, (ends) => (ends === 'never' ? 'never' : at(ends))) },
    { label: 'Last used', value: `${wordsOfUse(row.lastUse, offsetMs)}${usedBy}` },
    { label: 'Scopes', value: orNot(row.scopes, (scopes) => scopes.join(', ') || 'none') },
    ...(row.fingerprint === 'not-reported' ? [] : [{ label: 'Fingerprint', value: row.fingerprint }]),
  ];
}
