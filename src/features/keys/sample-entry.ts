/** A key as a test wants it. */
import type { KeyRow } from '../../providers/key-row.ts';
import { entryOf, type KeyEntry } from './key-entry.ts';

const sampleRow = (differs: Partial<KeyRow> = {}): KeyRow => ({
  ...{ kind: 'key', id: '1', name: 'deploy', scopes: ['read'], fingerprint: 'not-reported', trashId: null, facts: {} },
  ...{ createdAtMs: 'not-reported', expiresAtMs: 'not-reported', lastUse: 'not-reported' },
  ...differs,
});

export function sampleEntry(differs: Partial<KeyRow> = {}, connection = 'here'): KeyEntry {
  const row = sampleRow(differs);
  const name = row.name === 'not-reported' ? row.id : row.name;
  return entryOf({
    ...{ provider: 'vendor', providerName: 'Vendor', connection, connectionName: connection, noun: 'key' },
    ...{ row, owner: 'ada', asker: 'session', mark: row.id, offsetMs: 0 },
    bare: { kind: row.kind, id: row.id, name, row, facts: {} },
  });
}
