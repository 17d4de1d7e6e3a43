import type { ThingSample } from '../thing-sample.ts';

const none = { id: null, fingerprint: null, session: null, minted: [], row: null };
/** Of the sample of the account API's list, so that it is found there. */
const sid = '0f0f0f0f-0000-4000-8000-000000000001';
const secrets = { token: 'canary-token', newerToken: 'canary-newer-token' };

export const thingSamples: readonly ThingSample[] = [
  { thing: { ...none, kind: 'refresh-token', name: 'refresh token', facts: { sid, sub: '102' } }, secrets },
  {
    thing: { ...none, kind: 'refresh-token', name: 'refresh token of alice', session: 'session', facts: { sid } },
    secrets,
  },
  // Of the user who is signed in, and of somebody else.
  { thing: { ...none, kind: 'access-token', name: 'access token', facts: { sid, sub: '102' } }, secrets },
  {
    thing: { ...none, kind: 'access-token', name: 'access token', facts: { sid: 'canary-session', sub: 'canary-id' } },
    secrets,
  },
  { thing: { ...none, kind: 'access-token', name: 'access token', facts: {} }, secrets },
  { thing: { ...none, kind: 'personal-token', name: 'ci', facts: {} }, secrets: {} },
  { thing: { ...none, kind: 'account', id: 'canary-id', name: 'bob', facts: {} }, secrets: {} },
];
