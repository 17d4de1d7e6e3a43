import { describe, expect, it } from 'vitest';
import { sampleConnection } from '../../http/sample-connection.ts';
import { SAMPLE_AT_MS, sampleReply } from '../../http/sample-reply.ts';
import type { Tokens } from '../tokens.ts';
import { checkBasic } from './check-basic.ts';
import { api } from './error-samples.ts';
import { tuleap } from './index.ts';
import { readRestToken, signInWithPassword as way } from './sign-in-password.ts';

const connection = sampleConnection('https://tuleap.example');
const values = { username: ' alice ', password: 'not: a real "password"' };

const user = {
  id: 102,
  uri: 'users/102',
  user_url: '/users/alice',
  real_name: 'Alice',
  display_name: 'Alice (alice)',
  username: 'alice',
  ldap_id: '102',
  avatar_url: '/a.png',
  is_anonymous: false,
  has_avatar: true,
  email: 'alice@example.test',
  status: 'A',
};
const anonymous = { ...user, id: null, username: null, display_name: 'Anonymous user', is_anonymous: true };

const tokens: Tokens = {
  accessToken: 'canary-token',
  accessExpiry: { kind: 'unknown' },
  companions: { userId: '102' },
  facts: [],
};
const expected = {
  accessToken: 'abcd',
  accessExpiry: { kind: 'earliest', atMs: SAMPLE_AT_MS + 86_400_000 },
  companions: { userId: '115' },
  facts: [],
};

describe('the token of user name and password', () => {
  it('is asked for with both', () => {
    expect(way.request(values, connection)).toEqual({
      ok: true,
      value: { username: 'alice', password: 'not: a real "password"' },
    });
    expect(way.request({ username: 'alice' }, connection)).toMatchObject({ failure: { code: 'password-empty' } });
    expect(way.standing).toBe('deprecated');
    expect(way.reason).toMatch(/deprecated.*access key.*when it was last used/s);
  });

  it.each([
    ['the server’s code', 201, { user_id: 115, token: 'abcd', uri: 'tokens/abcd' }],
    ['the documentation', 200, { user_id: '115', token: 'abcd', uri: '/api/tokens/abcd' }],
    ['neither, without an address', 201, { user_id: 115, token: 'abcd', more: null }],
  ])('is read as in %s', (_, status, body) => {
    expect(readRestToken(sampleReply(status, body))).toEqual({ ok: true, value: expected });
  });

  it.each([
    { token: 'abcd' },
    { user_id: 115 },
    { user_id: 'x', token: 'abcd' },
    { user_id: -1, token: 'abcd' },
    { user_id: 115, token: 'a b' },
    { user_id: 115, token: 'abcd', error: { code: 401, message: 'x' } },
  ])('is none where its half is missing or wrong: %j', (body) => {
    expect(readRestToken(sampleReply(201, body)).ok).toBe(false);
  });

  it('signs nobody in whom the server then takes for nobody', () => {
    expect(way.identify).toMatchObject({ operation: 'self', decides: true });
    expect(way.identify?.params(tokens, connection)).toEqual({ token: 'canary-token', userId: '102' });
    expect(way.identify?.read(sampleReply(200, user), tokens)).toMatchObject({
      ok: true,
      value: { identity: { name: 'alice', id: '102' } },
    });
    expect(way.identify?.read(sampleReply(200, anonymous), tokens)).toMatchObject({
      ok: false,
      failure: { code: 'anonymous', fault: 'credential' },
    });
  });
});

describe('its session', () => {
  const face = tuleap.sessionFace('password');

  it('has no refresh: that would need the password', () => {
    expect(face).not.toHaveProperty('refresh');
    expect(() => tuleap.sessionFace('basic')).toThrow(/no session/);
  });

  it('travels in two headers', () => {
    const example = face.present(tokens, connection);
    expect(example.headers).toEqual([
      { name: 'X-Auth-Token', value: [{ secret: 'canary-token' }] },
      { name: 'X-Auth-UserId', value: ['102'] },
      { name: 'Accept', value: ['application/json'] },
    ]);
    expect(example.header).toEqual(['X-Auth-Token: ', { secret: 'canary-token' }, '\nX-Auth-UserId: 102']);
    expect(face.credential(tokens)).toEqual({ token: 'canary-token', userId: '102' });
  });

  it('logs out by deleting the token, which is proven afterwards', () => {
    expect(face.logOut?.params(tokens, connection)).toEqual({
      token: 'canary-token',
      userId: '102',
      tokenToEnd: 'canary-token',
    });
    expect(face.logOut?.read(sampleReply(200, '')).ok).toBe(true);
    expect(face.logOut?.read(api(401, 'Unauthorized: Invalid Token')).ok).toBe(true);
    expect(face.logOut?.read(api(400, 'Bad Request: Invalid Token'))).toMatchObject({
      failure: { code: 'token-not-known' },
    });
    expect(face.logOut?.read(sampleReply(401, '<html>')).ok).toBe(false);
    expect(face.logOut?.read(sampleReply(null, '', { phase: 'sent' })).ok).toBe(false);
    expect(face.logOut?.proven).toBe(true);
  });

  it.each([
    ['its user', sampleReply(200, user), 'live'],
    ['nobody', sampleReply(200, anonymous), 'unknown'],
    ['401', api(401, 'Unauthorized: Invalid Token'), 'dead'],
    ['401 that saw no credential', api(401, 'Unauthorized'), 'unknown'],
    ['a suspended account', api(403, 'Forbidden: suspended'), 'unknown'],
    ['a fault', sampleReply(500, ''), 'unknown'],
    ['no answer', sampleReply(200, user, { phase: 'sent' }), 'unknown'],
  ] as const)('is probed: at %s it is %s', (_, reply, verdict) => {
    expect(face.probe.read(reply, tokens).verdict).toBe(verdict);
  });
});

describe('HTTP Basic, checked once', () => {
  it('sends both in one header, and says whom Tuleap took it for', () => {
    expect(checkBasic.kind).toBe('check');
    expect(checkBasic.request(values, connection)).toEqual({
      ok: true,
      value: { user: 'alice', password: 'not: a real "password"' },
    });
    expect(checkBasic.request({ username: 'a:b', password: 'x' }, connection)).toMatchObject({
      failure: { code: 'user-with-colon' },
    });
    expect(checkBasic.read(sampleReply(200, user), values)).toEqual({
      ok: true,
      value: 'Tuleap accepts it, for alice (Alice).',
    });
    expect(checkBasic.warning).toMatch(/Nothing is kept.*access key/s);
    expect(checkBasic.reason).toMatch(/leaked password.*revoked.*performs better/s);
  });

  it.each([
    ['the anonymous user', sampleReply(200, anonymous), 'anonymous'],
    ['a wrong password', api(401, 'Unauthorized: Basic Authentication Required'), 'basic-refused'],
    ['a server error', api(500, 'Internal Server Error'), 'credential-or-server'],
  ])('is not accepted at %s', (_, reply, code) => {
    expect(checkBasic.read(reply, values)).toMatchObject({ ok: false, failure: { code } });
  });
});

describe('the user that Tuleap names', () => {
  const nameOf = (body: object) => {
    const read = checkBasic.read(sampleReply(200, body), values);
    return read.ok ? read.value : read.failure.code;
  };
  const without = (field: keyof typeof user): object => {
    const { [field]: _left, ...rest } = user;
    return rest;
  };

  it('is somebody only with a number and without being anonymous', () => {
    expect(nameOf(without('id'))).toBe('unreadable');
    expect(nameOf(without('is_anonymous'))).toBe('unreadable');
    expect(nameOf({ ...user, is_anonymous: 'false' })).toBe('unreadable');
    expect(nameOf({ ...user, id: null })).toBe('unreadable');
  });

  it('may lack anything else', () => {
    expect(nameOf(without('username'))).toMatch(/for Alice \(alice\) \(Alice\)/);
    expect(nameOf(without('real_name'))).toBe('Tuleap accepts it, for alice.');
    expect(nameOf({ id: 102, is_anonymous: false })).toBe('Tuleap accepts it, for user no. 102.');
    for (const field of ['uri', 'email', 'status', 'ldap_id', 'display_name', 'has_avatar'] as const) {
      expect(nameOf(without(field))).toBe('Tuleap accepts it, for alice (Alice).');
    }
  });
});

describe('the doctor', () => {
  it.each([
    [
      sampleReply(200, { flavor_name: 'Tuleap Enterprise', version_number: '17.4' }),
      'clear',
      /Tuleap Enterprise 17\.4/,
    ],
    [sampleReply(200, { version_number: '17.4' }), 'clear', /Tuleap 17\.4/],
    [sampleReply(200, { flavor_name: 'x' }), 'attention', /not Tuleap/],
    [sampleReply(200, '<html>'), 'attention', /not Tuleap/],
    [sampleReply(404, '<html>'), 'attention', /without \/api/],
    [sampleReply(500, ''), 'attention', /status 500/],
  ])('reads %j', (reply, standing, words) => {
    const found = tuleap.doctor.read(reply, connection);
    expect(found.standing).toBe(standing);
    expect(`${found.sentence} ${found.next ?? ''}`).toMatch(words);
  });
});

it('offers its ways in the vendor’s order, and calls the access key the preferred one', () => {
  expect(tuleap.signIn.map(({ id, standing }) => `${id} ${standing}`)).toEqual([
    'access-key preferred',
    'oauth2 accepted',
    'password deprecated',
    'basic accepted',
  ]);
});
