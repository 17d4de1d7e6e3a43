/** The evidence as lines of a fact list; what the vendor does not report is said so. Pure. */
import { formatDateTime } from '../../lib/format-time.ts';
import type { KeyRow, Reported } from '../../providers/key-row.ts';
import type { Fact } from '../../providers/tokens.ts';
import type { Item } from '../../revocation/job.ts';

const orNot = <Value>(value: Reported<Value>, words: (value: Value) => string): string =>
  value === 'not-reported' ? 'not reported' : words(value);

/** `offsetMs`: server minus local time. */
export function evidenceFacts({ evidence }: Pick<Item, 'evidence'>, offsetMs: number): readonly Fact[] {
  if (!evidence) return [];
  const told = evidence.facts.map(({ label }) => label);
  const ofRow = evidence.row ? rowFacts(evidence.row, offsetMs) : [];
  return [...ofRow.filter(({ label }) => !told.includes(label)), ...evidence.facts];
}

function rowFacts(row: KeyRow, offsetMs: number): readonly Fact[] {
  const at = (serverMs: number): string => formatDateTime(serverMs - offsetMs);
  return [
    { label: 'Name', value: orNot(row.name, (name) => name || 'none') },
    { label: 'Created', value: orNot(row.createdAtMs, at) },
    { label: 'Expires', value: orNot(row.expiresAtMs, (ends) => (ends === 'never' ? 'never' : at(ends))) },
    {
      label: 'Last used',
      value: orNot(row.lastUse, (use) =>
        use === 'never' ? 'never' : `${at(use.atMs)}, ${orNot(use.from, (from) => `from ${from}`)}`,
      ),
    },
    { label: 'Scopes', value: orNot(row.scopes, (scopes) => scopes.join(', ') || 'none') },
    ...(row.fingerprint === 'not-reported' ? [] : [{ label: 'Fingerprint', value: row.fingerprint }]),
  ];
}
