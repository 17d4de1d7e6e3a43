import { createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningStandIn } from '../stand-in.ts';
import { asker, readJwt, refused, send } from './ask.ts';
import type { Asker } from './ask.ts';
import type { OcpActions } from './control.ts';
import { standIn } from './server.ts';
import type { Version } from './versions.ts';

let ocp: RunningStandIn<OcpActions>;
let ask: Asker;
beforeAll(async () => {
  ocp = await standIn.start();
  ask = asker(ocp.baseUrl);
});
afterAll(() => ocp.close());
beforeEach(() => ocp.control.reset());

const wrong = refused('invalid_grant', 'Invalid user credentials');
const newAndOld = [
  ['26.7.4', 400],
  ['26.5.5', 401],
  ['22', 401],
  ['17', 401],
] as const satisfies [Version, number][];

describe('a sign-in that succeeds', () => {
  test('has every field of section 1.2, in the shapes of a new server', async () => {
    const { status, body, headers } = await ask.signIn({ scope: 'openid' });
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('pragma')).toBe('no-cache');
    expect(body).toMatchObject({
      expires_in: 300,
      refresh_expires_in: 1800,
      token_type: 'Bearer',
      'not-before-policy': 0,
    });
    expect(body['session_state']).toMatch(/^[\w-]{24}$/);
    expect(String(body['scope']).split(' ').sort()).toEqual(['email', 'openid', 'profile']);
    expect(Object.keys(body)).toEqual(expect.arrayContaining(['access_token', 'refresh_token', 'id_token']));
  });

  test('has no id_token and no openid in its scope unless it was asked for', async () => {
    const { body } = await ask.signIn();
    expect(body).not.toHaveProperty('id_token');
    expect(body['scope']).not.toContain('openid');
  });

  test('hands out an RS256 token that the published key verifies, with audience, roles and origins', async () => {
    const { body } = await ask.signIn();
    const { keys } = (await ask.get('/protocol/openid-connect/certs')).body as { keys: JsonWebKey[] }; // RFC 7517 section 5
    const [head = '', claims = '', signature = ''] = String(body['access_token']).split('.');
    const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' });
    expect(verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
    const read = readJwt(body['access_token']);
    expect(read.head).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    expect(read.claims).toMatchObject({
      iss: ask.realm,
      aud: 'account',
      azp: 'ocp',
      sid: body['session_state'],
      'allowed-origins': ['http://localhost:5173'],
      resource_access: { account: { roles: ['manage-account', 'manage-account-links', 'view-profile'] } },
    });
    expect(read.claims).not.toHaveProperty('session_state');
  });

  test('hands out an HS512 refresh token with exp, sid and typ Refresh', async () => {
    const { body } = await ask.signIn();
    const { head, claims } = readJwt(body['refresh_token']);
    expect(head).toMatchObject({ alg: 'HS512' });
    expect(claims).toMatchObject({ typ: 'Refresh', sid: body['session_state'] });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBe(1800);
  });

  test('an old server: bearer in lower case, UUID session, HS256, session_state in the token', async () => {
    ocp.control.configure({ version: '17' });
    const { body } = await ask.signIn();
    expect(body['token_type']).toBe('bearer');
    expect(body['session_state']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(readJwt(body['refresh_token']).head).toMatchObject({ alg: 'HS256' });
    expect(readJwt(body['access_token']).claims).toMatchObject({ session_state: body['session_state'] });
  });

  test.each([
    ['the e-mail as user name', { username: 'alice@example.test' }],
    ['a user name in another case', { username: 'ALICE', password: 'alice-demo-password' }],
    ['the right one-time code', { username: 'otto', otp: '123456' }],
    ['the right one-time code under its old name', { username: 'otto', totp: '123456' }],
    ['a secret that a public client does not need', { client_secret: 'not-a-real-secret' }],
    ['a confidential client with its secret', { client_id: 'reports', client_secret: 'not-a-real-client-secret' }],
  ])('works with %s', async (_row, fields) => {
    expect((await ask.signIn(fields)).status).toBe(200);
  });

  test('opens a new session every time', async () => {
    const first = await ask.signIn();
    const second = await ask.signIn();
    expect(second.body['session_state']).not.toBe(first.body['session_state']);
    expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(2);
  });

  test('the client may go without refresh tokens: none comes, and its life is 0', async () => {
    ocp.control.putClient({ clientId: 'ocp', usesRefreshTokens: false });
    const { body } = await ask.signIn();
    expect(body).not.toHaveProperty('refresh_token');
    expect(body['refresh_expires_in']).toBe(0);
  });

  test('offline_access: no end of the refresh token, and no place in the list of sessions', async () => {
    const { body } = await ask.signIn({ scope: 'offline_access' });
    expect(body['refresh_expires_in']).toBe(0);
    expect(readJwt(body['refresh_token']).claims).toMatchObject({ typ: 'Offline' });
    expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(0);
  });
});

describe('what reads as a wrong password, by version', () => {
  describe.each(newAndOld)('%s answers %i', (version, status) => {
    beforeEach(() => void ocp.control.configure({ version }));
    test.each([
      ['wrong password', { password: 'wrong' }],
      ['unknown user', { username: 'nobody' }],
      ['locked user with the right password', { username: 'locked' }],
      ['one-time code missing', { username: 'otto' }],
      ['one-time code wrong', { username: 'otto', otp: '000000' }],
    ])('%s', async (_row, fields) => {
      expect(await ask.signIn(fields)).toMatchObject({ status, body: wrong });
    });
    test('wrong password while at the limit', async () => {
      ocp.control.openSessions({ username: 'alice', count: 5 });
      expect(await ask.signIn({ password: 'wrong' })).toMatchObject({ status, body: wrong });
    });
  });
});

describe('a disabled user', () => {
  const disabled = refused('invalid_grant', 'Account disabled');
  test.each([
    ['26.5.5', 'wrong', 400, disabled],
    ['26.5.5', 'disabled-demo-password', 400, disabled],
    ['26.7.4', 'disabled-demo-password', 400, disabled],
    ['26.7.4', 'wrong', 400, wrong],
  ] as const)('%s, password %s: %i', async (version, password, status, body) => {
    ocp.control.configure({ version });
    expect(await ask.signIn({ username: 'disabled', password })).toMatchObject({ status, body });
  });
});

const clientUnknown = 'Invalid client or Invalid client credentials';

test.each([
  ['service-account user', { username: 'service-account-reports' }, 400, wrong],
  ['user name empty', { username: '' }, 401, refused('invalid_request', 'Missing parameter: username')],
  ['required action pending', { username: 'newcomer' }, 400, refused('invalid_grant', 'Account is not fully set up')],
  [
    'direct grant off',
    { client_id: 'web-only' },
    400,
    refused('unauthorized_client', 'Client not allowed for direct access grants'),
  ],
  ['consent-required client', { client_id: 'partner' }, 400, refused('invalid_client', 'Client requires user consent')],
  ['unknown client', { client_id: 'nobody' }, 401, refused('invalid_client', clientUnknown)],
  ['disabled client', { client_id: 'retired' }, 401, refused('invalid_client', clientUnknown)],
  ['client_id empty', { client_id: '' }, 401, refused('invalid_client', clientUnknown)],
  [
    'confidential client without its secret',
    { client_id: 'reports' },
    401,
    refused('unauthorized_client', clientUnknown),
  ],
  [
    'confidential client, wrong secret',
    { client_id: 'reports', client_secret: 'x' },
    401,
    refused('unauthorized_client', clientUnknown),
  ],
  ['bearer-only client', { client_id: 'orders-api' }, 401, refused('unauthorized_client', clientUnknown)],
  ['no grant_type', { grant_type: '' }, 400, refused('invalid_request', 'Missing form parameter: grant_type')],
  ['unknown grant_type', { grant_type: 'magic' }, 400, refused('unsupported_grant_type', 'Unsupported grant_type')],
  ['unknown scope', { scope: 'foo' }, 400, refused('invalid_scope', 'Invalid scopes: foo')],
])('section 1.3, newest server: %s', async (_row, fields, status, body) => {
  const answered = await ask.signIn(fields);
  expect(answered).toMatchObject({ status, body });
  expect(answered.headers.get('www-authenticate')).toBeNull();
  expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(0);
});

test('the user name field missing: 401 invalid_request', async () => {
  expect(await ask.post('token', { client_id: 'ocp', grant_type: 'password', password: 'x' })).toMatchObject({
    status: 401,
    body: refused('invalid_request', 'Missing parameter: username'),
  });
});

test('a repeated field is refused before anything is looked at', async () => {
  const fields = new URLSearchParams({ client_id: 'ocp', grant_type: 'password', username: 'alice', password: 'x' });
  fields.append('username', 'bob');
  expect(await ask.post('token', fields)).toMatchObject({
    status: 400,
    body: refused('invalid_request', 'duplicated parameter'),
  });
});

test('a field of more than 4,000 characters is passed over by the newest server alone', async () => {
  const scope = 'x'.repeat(4001);
  expect((await ask.signIn({ scope })).status).toBe(200);
  ocp.control.configure({ version: '26.5.5' });
  expect((await ask.signIn({ scope })).body['error']).toBe('invalid_scope');
});

test.each([
  [
    'plain http from an address that is not private',
    { sslRequired: 'all' },
    refused('invalid_request', 'HTTPS required'),
  ],
  ['realm disabled', { enabled: false }, refused('access_denied', 'Realm not enabled')],
] as const)('%s: 403', async (_row, change, body) => {
  ocp.control.configureRealm(change);
  expect(await ask.signIn()).toMatchObject({ status: 403, body });
});

describe('an unknown realm', () => {
  test('token and discovery: 404 with JSON', async () => {
    const nowhere = asker(ocp.baseUrl, 'nowhere');
    const expected = { status: 404, body: { error: 'Realm does not exist' } };
    expect(await nowhere.signIn()).toMatchObject(expected);
    expect(await nowhere.get('/.well-known/openid-configuration')).toMatchObject(expected);
  });
  test.each([
    ['26.5.5', 406],
    ['26.7.4', 500],
  ] as const)('discovery with Accept text/html on %s: %i', async (version, status) => {
    ocp.control.configure({ version });
    const answered = await asker(ocp.baseUrl, 'nowhere').get('/.well-known/openid-configuration', {
      accept: 'text/html',
    });
    expect(answered.status).toBe(status);
    expect(answered.text === '').toBe(version === '26.7.4');
  });
});

test.each([
  ['a token call', '/realms/master/protocol/openid-connect/token', 'POST'],
  ['discovery', '/realms/master/.well-known/openid-configuration', 'GET'],
])('without the /auth prefix %s is a 404 page', async (_row, path, method) => {
  const answered = await send(`${ocp.url}${path}`, { method });
  expect(answered.status).toBe(404);
  expect(answered.headers.get('content-type')).toContain('text/html');
  expect(answered.text).toContain('Resource not found');
});

test('a server without the prefix serves at its root', async () => {
  ocp.control.configure({ prefix: '' });
  expect((await asker(ocp.url).signIn()).status).toBe(200);
  expect((await ask.signIn()).status).toBe(404);
});

describe('an Authorization header on the token call', () => {
  const fields = { grant_type: 'password', username: 'alice', password: 'alice-demo-password' };
  const json = { accept: 'application/json' };
  test('Bearer beside a client_id is ignored', async () => {
    expect((await ask.signIn({}, { ...json, authorization: 'Bearer x' })).status).toBe(200);
  });
  test('Bearer without client_id: a plain 401 from a new server', async () => {
    const answered = await ask.post('token', fields, { ...json, authorization: 'Bearer x' });
    expect(answered).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(answered.headers.get('www-authenticate')).toBeNull();
  });
  test('Bearer without client_id: a Basic challenge from an old one', async () => {
    ocp.control.configure({ version: '17' });
    const answered = await ask.post('token', fields, { ...json, authorization: 'Bearer x' });
    expect(answered.status).toBe(401);
    expect(answered.headers.get('www-authenticate')).toContain('Basic');
  });
  test('Basic of an unknown client: 401 without a challenge', async () => {
    const authorization = `Basic ${Buffer.from('nobody:x').toString('base64')}`;
    const answered = await ask.post('token', fields, { ...json, authorization });
    expect(answered).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect(answered.headers.get('www-authenticate')).toBeNull();
  });
});

test('older source: 400 for an unknown client and for a missing client_id', async () => {
  ocp.control.configure({ version: '17' });
  expect(await ask.signIn({ client_id: 'nobody' })).toMatchObject({
    status: 400,
    body: refused('unauthorized_client', 'Invalid client credentials'),
  });
  expect((await ask.signIn({ client_id: '' })).status).toBe(400);
});

describe('the second realm', () => {
  test.each([
    ['26.7.4', 400],
    ['22', 200],
  ] as const)('%s: an account without e-mail and names gets %i', async (version, status) => {
    ocp.control.configure({ version });
    const answered = await asker(ocp.baseUrl, 'branch').signIn({ username: 'nameless' });
    expect(answered.status).toBe(status);
    if (status === 400) expect(answered.body).toEqual(refused('invalid_grant', 'Account is not fully set up'));
  });
  test('master is exempt', async () => {
    ocp.control.putUser({ username: 'nameless', email: '', firstName: '', lastName: '' });
    expect((await ask.signIn({ username: 'nameless' })).status).toBe(200);
  });
});

test('a trimmed client: no audience account, no allowed-origins, no profile in its scope', async () => {
  const { claims } = readJwt((await ask.signIn({ client_id: 'trimmed', scope: 'openid' })).body['access_token']);
  expect(claims).not.toHaveProperty('aud');
  expect(claims).not.toHaveProperty('allowed-origins');
  expect(claims['scope']).toBe('openid');
});
