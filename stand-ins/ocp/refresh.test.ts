import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint } from '../ledger.ts';
import type { RunningStandIn } from '../stand-in.ts';
import { asker, readJwt, refused, send } from './ask.ts';
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
  ocp.control.clock({ rate: 0 });
  signedIn = (await ask.signIn()).body;
});

const grant = (description: string) => refused('invalid_grant', description);
const seconds = (count: number) => ocp.control.clock({ advanceMs: count * 1000 });
const sessionId = () => String(signedIn['session_state']);

describe('a refresh that succeeds', () => {
  test('keeps the session, takes no new place, and hands over a new pair', async () => {
    seconds(60);
    const { status, body } = await ask.refresh(signedIn['refresh_token']);
    expect(status).toBe(200);
    expect(body).toMatchObject({ session_state: sessionId(), expires_in: 300, refresh_expires_in: 1800 });
    expect(body['access_token']).not.toBe(signedIn['access_token']);
    expect(body['refresh_token']).not.toBe(signedIn['refresh_token']);
    expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(1);
  });

  test('the same token twice works while rotation is off', async () => {
    expect((await ask.refresh(signedIn['refresh_token'])).status).toBe(200);
    expect((await ask.refresh(signedIn['refresh_token'])).status).toBe(200);
  });

  test('may narrow the scope, and is passed over where it would widen it', async () => {
    const narrow = await ask.refresh(signedIn['refresh_token'], { scope: 'email' });
    expect(narrow.status).toBe(200);
    const wider = await ask.refresh(signedIn['refresh_token'], { scope: 'openid' });
    expect(wider.status).toBe(200);
    expect(wider.body['scope']).not.toContain('openid');
    expect(await ask.refresh(signedIn['refresh_token'], { scope: 'guess' })).toMatchObject({
      status: 400,
      body: refused('invalid_scope', 'Invalid scopes: guess'),
    });
  });

  test('is never refused by the session limit', async () => {
    ocp.control.openSessions({ username: 'alice', count: 4 });
    expect((await ask.signIn()).status).toBe(403);
    expect((await ask.refresh(signedIn['refresh_token'])).status).toBe(200);
  });

  test('an offline token goes on after the longest session would have ended', async () => {
    const offline = (await ask.signIn({ scope: 'offline_access' })).body['refresh_token'];
    seconds(100_000);
    expect((await ask.refresh(offline)).status).toBe(200);
  });
});

describe('a refresh that is refused, word for word', () => {
  test.each<[string, () => unknown, ReturnType<typeof refused>]>([
    ['param missing', () => '', refused('invalid_request', 'No refresh token')],
    ['garbage', () => 'garbage', grant('Invalid refresh token')],
    ['wrong signature', () => `${String(signedIn['refresh_token'])}x`, grant('Invalid refresh token')],
    ['an access token', () => signedIn['access_token'], grant('Invalid refresh token')],
  ])('%s', async (_row, token, body) => {
    expect(await ask.refresh(token())).toMatchObject({ status: 400, body });
  });

  test('its own end by idleness: Token is not active', async () => {
    seconds(1800);
    expect(await ask.refresh(signedIn['refresh_token'])).toMatchObject({
      status: 400,
      body: grant('Token is not active'),
    });
  });

  test('its own end by the longest life: Token is not active', async () => {
    ocp.control.configureRealm({ ssoMaxSeconds: 40 });
    const { body } = await ask.signIn();
    seconds(40);
    expect((await ask.refresh(body['refresh_token'])).body).toEqual(grant('Token is not active'));
  });

  test.each<[string, () => unknown]>([
    ['log out', () => ask.logOut(signedIn['refresh_token'])],
    ['revocation', () => ask.post('revoke', { client_id: 'ocp', token: String(signedIn['refresh_token']) })],
    ['an administrator ended it', () => ocp.control.dropSessions({ id: sessionId() })],
    ['idle time was shortened', () => [ocp.control.configureRealm({ ssoIdleSeconds: 10 }), seconds(10)]],
    ['the longest life was shortened', () => [ocp.control.configureRealm({ ssoMaxSeconds: 10 }), seconds(10)]],
  ])('after %s: Session not active', async (_row, ending) => {
    await ending();
    expect(await ask.refresh(signedIn['refresh_token'])).toMatchObject({
      status: 400,
      body: grant('Session not active'),
    });
  });

  test.each<[string, () => unknown, ReturnType<typeof refused>]>([
    [
      'client session gone',
      () => ocp.control.detachClients({ id: sessionId() }),
      grant("Session doesn't have required client"),
    ],
    [
      'client session timeout reached',
      () => [ocp.control.configureRealm({ clientIdleSeconds: 10 }), seconds(10)],
      grant('Client session not active'),
    ],
    ['not-before pushed for the realm', () => ocp.control.pushNotBefore(), grant('Stale token')],
    ['not-before pushed for the user', () => ocp.control.pushNotBefore({ username: 'alice' }), grant('Stale token')],
    ['user disabled', () => ocp.control.putUser({ username: 'alice', enabled: false }), grant('User disabled')],
    [
      'consent lost',
      () => ocp.control.putClient({ clientId: 'ocp', consentRequired: true }),
      refused('invalid_scope', 'Client no longer has requested consent from user'),
    ],
  ])('%s', async (_row, change, body) => {
    await change();
    expect(await ask.refresh(signedIn['refresh_token'])).toMatchObject({ status: 400, body });
  });

  test("another client's token", async () => {
    expect(await ask.refresh(signedIn['refresh_token'], { client_id: 'admin-cli' })).toMatchObject({
      status: 400,
      body: grant("Invalid refresh token. Token client and authorized client don't match"),
    });
  });

  test('another host name is another issuer', async () => {
    ocp.control.configure({ hostname: 'https://iam.example.test' });
    expect(await ask.refresh(signedIn['refresh_token'])).toMatchObject({
      status: 400,
      body: grant("Invalid token issuer. Expected 'https://iam.example.test/auth/realms/master'"),
    });
  });

  test('localhost and 127.0.0.1 are two issuers', async () => {
    const other = asker(ocp.baseUrl.replace('127.0.0.1', 'localhost'));
    const answered = await other.refresh(signedIn['refresh_token']);
    expect(answered.body['error_description']).toBe(`Invalid token issuer. Expected '${other.realm}'`);
  });
});

describe('rotation on', () => {
  beforeEach(() => void ocp.control.configureRealm({ rotation: true }));

  test('a used token is refused, and takes the newest with it', async () => {
    const newest = (await ask.refresh(signedIn['refresh_token'])).body['refresh_token'];
    expect(await ask.refresh(signedIn['refresh_token'])).toMatchObject({
      status: 400,
      body: grant('Maximum allowed refresh token reuse exceeded'),
    });
    expect((await ask.refresh(newest)).body).toEqual(grant("Session doesn't have required client"));
  });

  test('an older token after a newer one was used is stale, with the same end', async () => {
    const second = (await ask.refresh(signedIn['refresh_token'])).body['refresh_token'];
    const third = (await ask.refresh(second)).body['refresh_token'];
    expect((await ask.refresh(signedIn['refresh_token'])).body).toEqual(grant('Stale token'));
    expect((await ask.refresh(third)).body).toEqual(grant("Session doesn't have required client"));
  });

  test('three parallel refreshes with one token: one 200, and the session is dead', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => ask.refresh(signedIn['refresh_token'])));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400]);
    const winner = answers.find(({ status }) => status === 200);
    expect((await ask.refresh(winner?.body['refresh_token'])).body).toEqual(
      grant("Session doesn't have required client"),
    );
  });

  test('a dead client session still holds its place until log out', async () => {
    await ask.refresh(signedIn['refresh_token']);
    await ask.refresh(signedIn['refresh_token']);
    expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(1);
    expect((await ask.logOut(signedIn['refresh_token'])).status).toBe(204);
    expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(0);
  });

  test('as often as the realm allows: the third use of one token is one too many', async () => {
    ocp.control.configureRealm({ refreshTokenMaxReuse: 1 });
    expect((await ask.refresh(signedIn['refresh_token'])).status).toBe(200);
    expect((await ask.refresh(signedIn['refresh_token'])).status).toBe(200);
    expect((await ask.refresh(signedIn['refresh_token'])).status).toBe(400);
  });
});

describe('lives', () => {
  test('near the longest life both numbers shrink together: 40, then 20', async () => {
    ocp.control.configureRealm({ ssoMaxSeconds: 40 });
    const first = (await ask.signIn()).body;
    expect(first).toMatchObject({ expires_in: 40, refresh_expires_in: 40 });
    seconds(20);
    expect((await ask.refresh(first['refresh_token'])).body).toMatchObject({ expires_in: 20, refresh_expires_in: 20 });
  });

  test('idle 15 s: five are listed until 14 s, none at 15 s, and the places are free', async () => {
    ocp.control.configureRealm({ ssoIdleSeconds: 15 });
    ocp.control.dropSessions({ username: 'alice' });
    for (let count = 0; count < 5; count += 1) expect((await ask.signIn()).body['refresh_expires_in']).toBe(15);
    seconds(14);
    expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(5);
    expect((await ask.signIn()).status).toBe(403);
    seconds(1);
    expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(0);
    expect((await ask.signIn()).status).toBe(200);
  });

  test('before 26 an idle session keeps its place two minutes longer', () => {
    ocp.control.configure({ version: '22' });
    seconds(1800 + 119);
    expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(1);
    seconds(1);
    expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(0);
  });

  test('only a refresh prolongs: account API and userinfo do not', async () => {
    seconds(100);
    await ask.get('/account/sessions', {
      accept: 'application/json',
      authorization: `Bearer ${String(signedIn['access_token'])}`,
    });
    const [before] = ocp.control.sessions({ username: 'alice' });
    expect(before?.lastRefresh).toBe(before?.started);
    await ask.refresh(signedIn['refresh_token']);
    const [after] = ocp.control.sessions({ username: 'alice' });
    expect(after?.lastRefresh).toBe(Number(after?.started) + 100);
  });

  test.each([
    ['26.7.4', 1],
    ['22', 0],
  ] as const)('after a restart of %s %i of one session is left', (version, left) => {
    ocp.control.configure({ version });
    ocp.control.restart();
    expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(left);
  });
});

test('the ledger counts how often a refresh token was spent, without keeping it', async () => {
  await ask.refresh(signedIn['refresh_token']);
  await ask.refresh(signedIn['refresh_token']);
  expect(ocp.control.spends()).toEqual({ [fingerprint(String(signedIn['refresh_token']))]: 2 });
  expect(JSON.stringify(ocp.control.ledger())).not.toContain(String(signedIn['refresh_token']).slice(-40));
});

test('a refresh token that never reached the server is not counted as spent, though the call is in the ledger', async () => {
  ocp.control.fault({ operation: 'refresh', kind: 'reply', status: 502 });
  await ask.refresh(signedIn['refresh_token']);
  expect(ocp.control.spends()).toEqual({});
  expect(ocp.control.ledger({ operation: 'refresh' })).toHaveLength(1);
});

test('not-before makes an access token stale while its session lives', async () => {
  const { body } = await ask.signIn({ scope: 'openid' });
  const headers = { authorization: `Bearer ${String(body['access_token'])}` };
  expect((await ask.get('/protocol/openid-connect/userinfo', headers)).status).toBe(200);
  ocp.control.pushNotBefore({ username: 'alice' });
  expect((await ask.get('/protocol/openid-connect/userinfo', headers)).status).toBe(401);
  expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(2);
});

test('introspection by a public client is refused, and userinfo needs the scope openid', async () => {
  const token = String(signedIn['access_token']);
  expect(await ask.post('token/introspect', { client_id: 'ocp', token })).toMatchObject({
    status: 403,
    body: refused('invalid_request', 'Client not allowed.'),
  });
  const headers = { authorization: `Bearer ${token}` };
  const refusedInfo = await ask.get('/protocol/openid-connect/userinfo', headers);
  expect(refusedInfo).toMatchObject({ status: 403, text: '' });
  expect(refusedInfo.headers.get('www-authenticate')).toContain('insufficient_scope');
  expect(refusedInfo.headers.get('content-type')).toContain('text/plain');

  const { body } = await ask.signIn({ scope: 'openid' });
  const info = await ask.get('/protocol/openid-connect/userinfo', {
    authorization: `Bearer ${String(body['access_token'])}`,
  });
  expect(info).toMatchObject({ status: 200, body: { preferred_username: 'alice', sub: readJwt(token).claims['sub'] } });
});

test('a confidential client may introspect, and learns that a logged-out token is no longer active', async () => {
  const fields = {
    client_id: 'reports',
    client_secret: 'not-a-real-client-secret',
    token: String(signedIn['access_token']),
  };
  expect((await ask.post('token/introspect', fields)).body).toMatchObject({ active: true, username: 'alice' });
  await ask.logOut(signedIn['refresh_token']);
  expect((await ask.post('token/introspect', fields)).body).toEqual({ active: false });
});

test('GET on the token endpoint is not there', async () => {
  expect((await send(`${ask.realm}/protocol/openid-connect/token`)).status).toBe(404);
});
