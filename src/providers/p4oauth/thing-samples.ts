import type { ThingSample } from '../thing-sample.ts';

const none = { id: null, fingerprint: null, session: null, minted: [], row: null };
const facts = { login: 'alice', redirectUri: 'http://localhost:4600/callback/p4oauth' };

export const thingSamples: readonly ThingSample[] = [
  {
    thing: { ...none, kind: 'access-token', name: 'access token of alice', session: 'session', facts },
    secrets: { token: 'canary-token' },
  },
  { thing: { ...none, kind: 'access-token', name: 'access token', facts }, secrets: { token: 'canary-token' } },
  { thing: { ...none, kind: 'access-token', name: 'access token', facts: {} }, secrets: { token: 'canary-token' } },
  { thing: { ...none, kind: 'ticket', name: 'p4d ticket', facts: {} }, secrets: { token: 'CANARY0TICKET' } },
];
