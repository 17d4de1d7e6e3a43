import type { Thing } from '../ending.ts';
import type { ThingSample } from '../thing-sample.ts';
import { ACCOUNT } from './account-endings.ts';
import { GRANT } from './grant-endings.ts';
import { KEY } from './key-rows.ts';
import { ALL_TOKENS, TOKEN } from './token-endings.ts';

const bare: Thing = {
  ...{ kind: KEY, id: null, name: 'a sample', fingerprint: null, session: null, minted: [], row: null, facts: {} },
};

export const thingSamples: readonly ThingSample[] = [
  { thing: { ...bare, id: '26' }, secrets: { accessKey: 'canary-access-key' } },
  { thing: { ...bare, kind: TOKEN, session: 'own', facts: { userId: '102' } }, secrets: { token: 'canary-token' } },
  { thing: { ...bare, kind: ALL_TOKENS, minted: ['one'] }, secrets: {} },
  { thing: { ...bare, kind: ALL_TOKENS }, secrets: {} },
  {
    thing: { ...bare, kind: GRANT, session: 'own' },
    secrets: { accessToken: 'canary-access-token', refreshToken: 'canary-refresh-token' },
  },
  { thing: { ...bare, kind: GRANT, facts: { carries: 'refreshToken' } }, secrets: { refreshToken: 'canary-refresh' } },
  { thing: { ...bare, kind: ACCOUNT, id: '102' }, secrets: {} },
];
