import type { SessionView } from '../../sessions/record.ts';
import { formatDateTime } from '../../lib/format-time.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FactList } from '../../ui/fact-list.tsx';
import type { KeyEntry } from './key-entry.ts';
import { fromWords, lateWords, NOT_REPORTED, scopeWords } from './key-words.ts';
import type { Source } from './use-inventory.ts';

interface KeyFactsDialogProps {
  readonly entry: KeyEntry;
  readonly source: Source;
  readonly sessions: readonly SessionView[];
  readonly onClose: () => void;
}

const moment = (atMs: number | string): string =>
  typeof atMs === 'number' ? formatDateTime(atMs) : atMs === 'not-reported' ? NOT_REPORTED : atMs;

/** Everything known of a key, and what its list leaves out. */
export function KeyFactsDialog({ entry, source, sessions, onClose }: KeyFactsDialogProps) {
  const { name, noun, row, owner, lastUse, carriedBy, minted } = entry;
  const nameOf = (id: string): string => sessions.find((one) => one.id === id)?.identity.name ?? 'a session';
  const facts = [
    { label: 'Kind', value: noun },
    ...(row ? [{ label: 'Its id', value: row.id, mono: true }] : []),
    { label: 'Connection', value: `${entry.providerName}, ${entry.connectionName}` },
    { label: 'Server', value: source.connection.baseUrl, mono: true },
    ...(owner === '' ? [] : [{ label: row ? 'Listed for' : 'Of', value: owner }]),
    { label: 'Scopes', value: scopeWords(entry) },
    { label: 'Created', value: moment(entry.createdAtMs) },
    { label: 'Expires', value: moment(entry.expiresAtMs) },
    { label: 'Last used', value: typeof lastUse === 'string' ? moment(lastUse) : (lateWords(entry) ?? '') },
    ...(typeof lastUse === 'string' ? [] : [{ label: 'Used', value: fromWords(entry) }]),
    ...(row && row.fingerprint !== 'not-reported'
      ? [{ label: 'Fingerprint', value: row.fingerprint, mono: true }]
      : []),
    ...(carriedBy === null ? [] : [{ label: 'Carried by', value: `the session of ${nameOf(carriedBy)}` }]),
    ...(minted.length === 0 ? [] : [{ label: 'Minted here', value: minted.map(nameOf).join(', ') }]),
  ];
  const says = row
    ? (source.face?.list?.says ?? [])
    : source.face?.unlisted === undefined
      ? []
      : [source.face.unlisted];
  return (
    <Dialog title={name} onClose={onClose} actions={<Button onClick={onClose}>Close</Button>}>
      <FactList facts={facts} />
      {says.map((sentence) => (
        <p key={sentence} className="text-sm text-ink-3">
          {sentence}
        </p>
      ))}
    </Dialog>
  );
}
