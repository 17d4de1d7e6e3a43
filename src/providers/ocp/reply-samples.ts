import { sampleReply } from '../../http/sample-reply.ts';
import type { ReplySample } from '../reply-sample.ts';

const pair = sampleReply(200, {
  access_token: 'canary.access.token',
  expires_in: 60,
  refresh_expires_in: 1_800,
  refresh_token: 'canary.refresh.token',
  token_type: 'Bearer',
  'not-before-policy': 0,
  session_state: '0f0f0f0f-0000-4000-8000-000000000001',
  scope: 'email profile',
});

export const replySamples: readonly ReplySample[] = [
  { operation: 'signIn', reply: pair, needed: ['access_token'] },
  { operation: 'refresh', reply: pair, needed: ['access_token'] },
  { operation: 'logOut', reply: sampleReply(204, ''), needed: [] },
  {
    operation: 'discovery',
    reply: sampleReply(200, {
      issuer: 'https://iam.example/auth/realms/master',
      token_endpoint: 'https://iam.example/auth/realms/master/protocol/openid-connect/token',
      grant_types_supported: ['authorization_code', 'password'],
    }),
    needed: ['issuer', 'token_endpoint'],
  },
  {
    operation: 'accountSessions',
    reply: sampleReply(200, [
      { id: '0f0f0f0f-0000-4000-8000-000000000001', ipAddress: '127.0.0.1', started: 1_900_000_000, current: true },
      { id: '0f0f0f0f-0000-4000-8000-000000000002', ipAddress: '127.0.0.1', started: 1_900_000_000, clients: [] },
    ]),
    needed: ['0.id', '1.id'],
  },
  { operation: 'endOwnSession', reply: sampleReply(204, ''), needed: [] },
  { operation: 'endSession', reply: sampleReply(204, ''), needed: [] },
  { operation: 'endAllSessions', reply: sampleReply(204, ''), needed: [] },
  { operation: 'unlock', reply: sampleReply(204, ''), needed: [] },
  {
    operation: 'findUsers',
    reply: sampleReply(200, [{ id: 'canary-id', username: 'alice', email: 'alice@example.test', enabled: true }]),
    needed: ['0.id', '0.username'],
  },
  {
    operation: 'readUser',
    reply: sampleReply(200, { id: 'canary-id', username: 'alice', firstName: 'Alice', totp: false }),
    needed: ['id', 'username'],
  },
  {
    operation: 'userSessions',
    reply: sampleReply(200, [
      {
        id: 'canary-session',
        username: 'alice',
        ipAddress: '192.0.2.1',
        start: 1_900_000_000_000,
        lastAccess: 1_900_000_000_000,
      },
    ]),
    needed: ['0.id'],
  },
  {
    operation: 'lockState',
    reply: sampleReply(200, {
      failedLoginNotBefore: 0,
      numFailures: 0,
      numTemporaryLockouts: 0,
      disabled: false,
      lastIPFailure: 'n/a',
      lastFailure: 0,
    }),
    needed: ['disabled'],
  },
];
