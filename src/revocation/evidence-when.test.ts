import { expect, it } from 'vitest';
import type { KeyRow } from '../providers/key-row.ts';
import { keptWords } from './evidence-when.ts';
import { sampleItem } from './sample-job.ts';

const row: KeyRow = {
  ...{ kind: 'key', id: '26', name: 'old', scopes: [], createdAtMs: 1, expiresAtMs: 'never', trashId: null },
  ...{ lastUse: { atMs: 1, from: '192.0.2.1' }, fingerprint: 'not-reported', facts: {} },
};
const listed = { row, facts: [], takenAtMs: 100, listed: true } as const;

it('says of what the list had that it was read before, and on which side of this console’s own use', () => {
  const inList = 'read before, in the list that it was chosen from';
  const usedAt = (atMs: number) => ({ usedHere: { atMs, lastUseBefore: 'never' } as const });
  expect(keptWords(sampleItem({ evidence: listed }), String)).toBe(inList);
  expect(keptWords(sampleItem({ evidence: listed, ...usedAt(200) }), String)).toBe(
    `${inList}, before this console used it, at 200`,
  );
  expect(keptWords(sampleItem({ evidence: listed, ...usedAt(50) }), String)).toBe(
    `${inList}, after this console had used it, at 50`,
  );
});
