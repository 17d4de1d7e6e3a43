import type { ThingSample } from '../thing-sample.ts';

const none = { fingerprint: null, session: null, minted: [], row: null };
const facts = { segment: 'helix-alm', project: 'canary-project', endsMs: '1900000000000' };

export const thingSamples: readonly ThingSample[] = [
  {
    thing: { ...none, kind: 'api-key', id: 'canary-id', name: 'API key canary-id', minted: ['one', 'two'], facts: {} },
    secrets: { apiKey: 'canary-id:canary-secret-of-key' },
  },
  {
    thing: { ...none, kind: 'api-key', id: 'canary-id', name: 'API key canary-id', facts: {} },
    secrets: { apiKey: 'canary-id:canary-secret-of-key' },
  },
  { thing: { ...none, kind: 'token', id: null, name: 'access token', facts }, secrets: { token: 'canary-token' } },
  {
    thing: { ...none, kind: 'token', id: null, name: 'access token', session: 'session', facts },
    secrets: { token: 'canary-token' },
  },
  { thing: { ...none, kind: 'token', id: null, name: 'access token', facts: {} }, secrets: { token: 'canary-token' } },
];
