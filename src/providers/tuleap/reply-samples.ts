import { sampleReply } from '../../http/sample-reply.ts';
import type { ReplySample } from '../reply-sample.ts';

const person = {
  id: 102,
  uri: 'users/102',
  user_url: '/users/alice',
  real_name: 'Alice Adams',
  display_name: 'Alice Adams (alice)',
  username: 'alice',
  ldap_id: '',
  avatar_url: 'https://tuleap.example/themes/common/images/avatar_default.png',
  is_anonymous: false,
  has_avatar: false,
};
const user = sampleReply(200, person);

const account = { ...person, email: 'alice@tuleap.example', status: 'A' };

const key = {
  id: 1,
  creation_date: '2026-01-01T00:00:00+01:00',
  expiration_date: '2031-01-01T00:00:00+01:00',
  description: 'Console',
  last_used_on: '2026-02-01T00:00:00+01:00',
  last_used_by: '192.0.2.1',
  scopes: [{ identifier: 'write:rest', name: 'REST', description: 'Use the API' }],
};

const pair = sampleReply(200, {
  access_token: 'tlp-oauth2-at1-1.canary',
  token_type: 'bearer',
  expires_in: 3_600,
  refresh_token: 'tlp-oauth2-rt1-1.canary',
});

export const replySamples: readonly ReplySample[] = [
  {
    operation: 'version',
    reply: sampleReply(200, { flavor_name: 'Tuleap Community', version_number: '17.0' }),
    needed: ['version_number'],
  },
  {
    operation: 'ownKey',
    reply: sampleReply(200, key),
    needed: ['id'],
  },
  { operation: 'self', reply: user, needed: ['is_anonymous', 'id'] },
  { operation: 'checkPassword', reply: user, needed: ['is_anonymous', 'id'] },
  {
    operation: 'createToken',
    reply: sampleReply(201, { user_id: 102, token: 'canary-token', uri: 'tokens/canary-token' }),
    needed: ['user_id', 'token'],
  },
  { operation: 'deleteToken', reply: sampleReply(200, ''), needed: [] },
  { operation: 'deleteAllTokens', reply: sampleReply(200, ''), needed: [] },
  { operation: 'listKeys', reply: sampleReply(200, [key]), needed: ['0.id'] },
  { operation: 'readKey', reply: sampleReply(200, key), needed: ['id'] },
  {
    operation: 'createKey',
    reply: sampleReply(201, { identifier: `tlp-k1-27.${'0badc0de'.repeat(8)}` }),
    needed: ['identifier'],
  },
  { operation: 'deleteKey', reply: sampleReply(200, ''), needed: [] },
  { operation: 'readUser', reply: sampleReply(200, account), needed: ['id', 'is_anonymous', 'status'] },
  { operation: 'findUsers', reply: sampleReply(200, [account]), needed: ['0.id', '0.is_anonymous'] },
  { operation: 'changeStatus', reply: sampleReply(200, true), needed: [] },
  { operation: 'exchangeCode', reply: pair, needed: ['access_token'] },
  { operation: 'refresh', reply: pair, needed: ['access_token'] },
  { operation: 'revoke', reply: sampleReply(200, ''), needed: [] },
  {
    operation: 'userinfo',
    reply: sampleReply(200, {
      sub: '102',
      name: 'Alice Adams',
      preferred_username: 'alice',
      email: 'alice@tuleap.example',
      email_verified: true,
    }),
    needed: ['sub'],
  },
];
