import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningStandIn } from '../stand-in.ts';
import { asker, refused } from './ask.ts';
import type { Answered, Asker } from './ask.ts';
import type { OcpActions } from './control.ts';
import { standIn } from './server.ts';

let ocp: RunningStandIn<OcpActions>;
let ask: Asker;
let signedIn: Answered['body'];
beforeAll(async () => {
  ocp = await standIn.start();
  ask = asker(ocp.baseUrl);
});
afterAll(() => ocp.close());
beforeEach(async () => {
  ocp.control.reset();
  signedIn = (await ask.signIn({ scope: 'openid' })).body;
});

const held = () => ocp.control.sessions({ username: 'alice' }).length;
const revoke = (token: unknown, fields = {}) =>
  ask.post('revoke', { client_id: 'ocp', token: String(token), ...fields });
const userinfo = () =>
  ask.get('/protocol/openid-connect/userinfo', { authorization: `Bearer ${String(signedIn['access_token'])}` });

describe('log out', () => {
  test('204 without a body, the session is gone, and again: 204', async () => {
    expect(await ask.logOut(signedIn['refresh_token'])).toMatchObject({ status: 204, text: '' });
    expect(held()).toBe(0);
    expect((await ask.logOut(signedIn['refresh_token'])).status).toBe(204);
  });

  test.each<[string, () => unknown]>([
    [
      'rotated away',
      async () => [ocp.control.configureRealm({ rotation: true }), await ask.refresh(signedIn['refresh_token'])],
    ],
    ['without its client session', () => ocp.control.detachClients({ id: String(signedIn['session_state']) })],
    ['past its own end', () => [ocp.control.clock({ rate: 0 }), ocp.control.clock({ advanceMs: 1_801_000 })]],
  ])('with a token that is %s: 204, and the session is gone', async (_row, change) => {
    await change();
    expect((await ask.logOut(signedIn['refresh_token'])).status).toBe(204);
    expect(held()).toBe(0);
  });

  test.each<[string, () => Promise<Answered>, number, ReturnType<typeof refused>]>([
    ['garbage', () => ask.logOut('garbage'), 400, refused('invalid_grant', 'Invalid refresh token')],
    [
      'an access token',
      () => ask.logOut(signedIn['access_token']),
      400,
      refused('invalid_grant', 'Invalid refresh token'),
    ],
    [
      "another client's token",
      () => ask.logOut(signedIn['refresh_token'], { client_id: 'admin-cli' }),
      400,
      refused('invalid_grant', "Invalid refresh token. Token client and authorized client don't match"),
    ],
    [
      'an unknown client',
      () => ask.logOut(signedIn['refresh_token'], { client_id: 'nobody' }),
      401,
      refused('invalid_client', 'Invalid client or Invalid client credentials'),
    ],
  ])('with %s: refused, and the session lives', async (_row, attempt, status, body) => {
    expect(await attempt()).toMatchObject({ status, body });
    expect(held()).toBe(1);
  });

  test('with another host name: the issuer is wrong', async () => {
    ocp.control.configure({ hostname: 'https://iam.example.test' });
    const { status, body } = await ask.logOut(signedIn['refresh_token']);
    expect(status).toBe(400);
    expect(body['error_description']).toContain('Invalid token issuer. Expected');
  });

  test.each<[string, Record<string, string>]>([
    ['without the field', { client_id: 'ocp' }],
    ['with an empty one', { client_id: 'ocp', refresh_token: '' }],
  ])('%s it is a page for a person, 200, and nothing ends', async (_row, fields) => {
    const answered = await ask.post('logout', fields);
    expect(answered.status).toBe(200);
    expect(answered.headers.get('content-type')).toContain('text/html');
    expect(held()).toBe(1);
  });

  test('a logged-out access token is dead for the server, though it verifies until its end', async () => {
    expect((await userinfo()).status).toBe(200);
    await ask.logOut(signedIn['refresh_token']);
    expect((await userinfo()).status).toBe(401);
  });
});

describe('revocation', () => {
  test('of a refresh token: 200 without a body, and the only client takes the session along', async () => {
    expect(await revoke(signedIn['refresh_token'])).toMatchObject({ status: 200, text: '' });
    expect(held()).toBe(0);
  });

  test('of an access token: its place stays used, and it is dead', async () => {
    expect((await revoke(signedIn['access_token'])).status).toBe(200);
    expect(held()).toBe(1);
    const answered = await userinfo();
    expect(answered).toMatchObject({ status: 401, text: '' });
    expect(answered.headers.get('content-type')).toContain('text/plain');
    expect(answered.headers.get('www-authenticate')).toContain('invalid_token');
    expect((await ask.refresh(signedIn['refresh_token'])).status).toBe(200);
  });

  test.each<[string, () => Promise<Answered>, number, object]>([
    ['garbage', () => revoke('garbage'), 200, refused('invalid_token', 'Invalid token')],
    [
      'the same token again',
      async () => (await revoke(signedIn['refresh_token']), revoke(signedIn['refresh_token'])),
      200,
      refused('invalid_token', 'Invalid token'),
    ],
    ['no token', () => revoke(''), 400, refused('invalid_request', 'Token not provided')],
    [
      "another client's token",
      () => revoke(signedIn['refresh_token'], { client_id: 'admin-cli' }),
      400,
      refused('invalid_request', 'Unmatching clients'),
    ],
    ['an id token', () => revoke(signedIn['id_token']), 400, { error: 'unsupported_token_type' }],
  ])('%s', async (_row, attempt, status, body) => {
    expect(await attempt()).toMatchObject({ status, body });
  });
});

test('before 19.0.2 userinfo needs no scope and says its errors in the body', async () => {
  ocp.control.configure({ version: '17' });
  const { body } = await ask.signIn();
  const answered = await ask.get('/protocol/openid-connect/userinfo', {
    authorization: `Bearer ${String(body['access_token'])}`,
  });
  expect(answered.status).toBe(200);
  const bad = await ask.get('/protocol/openid-connect/userinfo', { authorization: 'Bearer x' });
  expect(bad).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
});
