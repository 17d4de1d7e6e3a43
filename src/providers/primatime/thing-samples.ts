import type { KeyRow } from '../key-row.ts';
import type { ThingSample } from '../thing-sample.ts';

const row: KeyRow = {
  kind: 'secret-key',
  id: '00000000-0000-4000-8000-0000000000a1',
  name: 'Backup',
  scopes: 'not-reported',
  createdAtMs: 1_899_999_000_000,
  expiresAtMs: 'not-reported',
  lastUse: 'not-reported',
  fingerprint: 'not-reported',
  trashId: null,
  facts: { version: '3' },
};
const none = { fingerprint: null, session: null, minted: [], row: null, facts: {} };

export const thingSamples: readonly ThingSample[] = [
  {
    thing: { ...none, kind: 'secret-key', id: row.id, name: '“Backup”', row },
    secrets: { secretKey: '00000000-0000-4000-8000-00000000ca1a', openedToken: 'canary-opened' },
  },
  {
    thing: { ...none, kind: 'secret-key', id: row.id, name: '“Backup”', row: { ...row, trashId: 'canary-trash' } },
    secrets: {},
  },
  {
    thing: { ...none, kind: 'secret-key', id: null, name: 'secret key' },
    secrets: { secretKey: '00000000-0000-4000-8000-00000000ca1a' },
  },
  { thing: { ...none, kind: 'token', id: null, name: 'token' }, secrets: { token: 'canary-token' } },
  {
    thing: { ...none, kind: 'refresh-token', id: null, name: 'refresh token', session: 'session' },
    secrets: { refreshToken: 'canary-refresh-token' },
  },
];
