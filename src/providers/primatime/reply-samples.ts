import { sampleReply } from '../../http/sample-reply.ts';
import type { ReplySample } from '../reply-sample.ts';

const pair = sampleReply(200, {
  token: 'canary-token',
  expiration: '/Date(1900003600000)/',
  refreshToken: 'canary-refresh-token',
  refreshExpiration: '/Date(1900604800000)/',
});

const key = {
  id: '00000000-0000-4000-8000-0000000000a1',
  name: 'Backup',
  secretKey: '00000000-0000-4000-8000-00000000ca1a',
  expiration: null,
  createdAt: '/Date(1899999000000)/',
  updatedAt: '/Date(1899999500000)/',
  version: 3,
  displayName: 'Backup (00000000-0000-4000-8000-00000000ca1a)',
  trashItem: null,
};

export const replySamples: readonly ReplySample[] = [
  { operation: 'signIn', reply: pair, needed: ['token'] },
  { operation: 'refresh', reply: pair, needed: ['token'] },
  {
    operation: 'self',
    reply: sampleReply(200, {
      id: '00000000-0000-4000-8000-000000000001',
      email: 'alice@acme.example',
      firstName: 'Alice',
      lastName: 'Adams',
      nickname: 'ali',
    }),
    needed: ['id'],
  },
  { operation: 'keys', reply: sampleReply(200, [key, { ...key, id: 'another' }]), needed: ['0.id', '1.id'] },
  {
    operation: 'deletedKeys',
    reply: sampleReply(200, [{ ...key, trashItem: { id: 'canary-trash' } }]),
    needed: ['0.id'],
  },
  { operation: 'createKey', reply: sampleReply(200, key), needed: ['secretKey'] },
  { operation: 'renameKey', reply: sampleReply(200, ''), needed: [] },
  { operation: 'deleteKey', reply: sampleReply(200, ''), needed: [] },
  { operation: 'restoreKey', reply: sampleReply(200, ''), needed: [] },
  // Asked without a token: a server that complains of it in its own words is one that is set up.
  {
    operation: 'reachability',
    reply: sampleReply(400, {
      status: 400,
      code: 'PE01-1002',
      message: 'A message',
      description: 'Token is missing',
      constraintViolations: null,
    }),
    needed: ['code'],
  },
];
