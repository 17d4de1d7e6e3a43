import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningStandIn } from '../stand-in.ts';
import { asker, refused } from './ask.ts';
import type { Asker } from './ask.ts';
import type { OcpActions } from './control.ts';
import { standIn } from './server.ts';

let ocp: RunningStandIn<OcpActions>;
let ask: Asker;
beforeAll(async () => {
  ocp = await standIn.start();
  ask = asker(ocp.baseUrl);
});
afterAll(() => ocp.close());
beforeEach(() => ocp.control.reset());

const fill = (count = 5) => ocp.control.openSessions({ username: 'alice', count });
const held = () => ocp.control.sessions({ username: 'alice' }).length;

test('five sign-ins are let in, the sixth is not, and after one log out the next is', async () => {
  const tokens = [];
  for (let count = 0; count < 5; count += 1) {
    const { status, body } = await ask.signIn();
    expect(status).toBe(200);
    tokens.push(body['refresh_token']);
  }
  expect((await ask.signIn()).status).toBe(403);
  expect((await ask.logOut(tokens[2])).status).toBe(204);
  expect((await ask.signIn()).status).toBe(200);
  expect(held()).toBe(5);
});

describe('the shapes of the refusal, by version and Accept', () => {
  beforeEach(() => void fill());

  test.each([
    ['application/json'],
    ['application/json, text/plain, */*'],
    ['text/html, application/json;q=0.5'],
    ['application/*'],
  ])('26.7.4 with Accept %s: 403 with JSON and no description', async (accept) => {
    expect(await ask.signIn({}, { accept })).toMatchObject({
      status: 403,
      body: { error: 'There are too many sessions' },
    });
  });

  test.each([['*/*'], ['text/html']])('26.7.4 with Accept %s: 403 with a page', async (accept) => {
    const answered = await ask.signIn({}, { accept });
    expect(answered.status).toBe(403);
    expect(answered.headers.get('content-type')).toContain('text/html');
    expect(answered.text).toContain('There are too many sessions');
  });

  test.each([
    ['26.5.5', 403, { error: 'There are too many sessions' }],
    ['22', 401, refused('generic_authentication_error', 'sessionLimitExceeded')],
    ['17', 500, { error: 'unknown_error' }],
  ] as const)('%s: %i', async (version, status, body) => {
    ocp.control.configure({ version });
    const answered = await ask.signIn();
    expect(answered.status).toBe(status);
    expect(answered.body).toEqual(body);
  });

  test.each([
    ['26.7.4', { error: 'Zu viele <Sitzungen>' }],
    ['22', refused('generic_authentication_error', 'Zu viele <Sitzungen>')],
  ] as const)('%s: a message of the administrator comes as it is', async (version, body) => {
    ocp.control.configure({ version });
    ocp.control.configureRealm({ limit: { errorMessage: 'Zu viele <Sitzungen>' } });
    expect((await ask.signIn()).body).toEqual(body);
  });

  test('in the page a message is text, not markup', async () => {
    ocp.control.configureRealm({ limit: { errorMessage: 'Zu viele <Sitzungen>' } });
    expect((await ask.signIn({}, { accept: '*/*' })).text).toContain('Zu viele &#60;Sitzungen&#62;');
  });
});

describe('what counts', () => {
  test('sessions through any client of the realm', async () => {
    ocp.control.openSessions({ username: 'alice', count: 5, clientId: 'account-console' });
    expect((await ask.signIn()).status).toBe(403);
  });

  test('no sessions of somebody else, of another realm, or offline', async () => {
    fill(4);
    ocp.control.openSessions({ username: 'bob', count: 5 });
    ocp.control.openSessions({ realm: 'branch', username: 'alice', count: 5 });
    await ask.signIn({ scope: 'offline_access', client_id: 'admin-cli' });
    expect((await ask.signIn()).status).toBe(200);
  });

  test('a client whose flow has no limit is let in', async () => {
    fill();
    expect((await ask.signIn({ client_id: 'admin-cli' })).status).toBe(200);
  });

  test('a limit per client counts its sessions alone', async () => {
    ocp.control.configureRealm({ limit: { userRealmLimit: 0, userClientLimit: 2 } });
    ocp.control.openSessions({ username: 'alice', count: 3, clientId: 'account-console' });
    fill(1);
    expect((await ask.signIn()).status).toBe(200);
    expect((await ask.signIn()).status).toBe(403);
  });

  test.each([
    ['another number', { userRealmLimit: 2 }, 2],
    ['switched off', null, 5],
    ['zero is off', { userRealmLimit: 0 }, 5],
  ] as const)('%s', async (_row, limit, letIn) => {
    ocp.control.configureRealm({ limit });
    fill(letIn);
    expect((await ask.signIn()).status).toBe(limit?.userRealmLimit === 2 ? 403 : 200);
  });

  test('a browser that is signed in already is not counted, so its cookie must never be sent', async () => {
    const [session] = fill();
    const cookie = `KEYCLOAK_IDENTITY=${session?.id ?? ''}`;
    expect((await ask.signIn({}, { accept: 'application/json', cookie })).status).toBe(200);
  });
});

describe('terminate oldest', () => {
  beforeEach(() => void ocp.control.configureRealm({ limit: { behavior: 'Terminate oldest session' } }));

  test('the sixth sign-in is let in, and the session refreshed longest ago dies', async () => {
    ocp.control.clock({ rate: 0 });
    const tokens: unknown[] = [];
    for (let count = 0; count < 5; count += 1) {
      tokens.push((await ask.signIn()).body['refresh_token']);
      ocp.control.clock({ advanceMs: 1000 });
    }
    expect((await ask.refresh(tokens[0])).status).toBe(200);
    ocp.control.clock({ advanceMs: 1000 });
    expect((await ask.signIn()).status).toBe(200);
    expect((await ask.refresh(tokens[1])).body).toEqual(refused('invalid_grant', 'Session not active'));
    expect((await ask.refresh(tokens[0])).status).toBe(200);
    expect(held()).toBe(5);
  });
});

describe('brute-force protection', () => {
  const rule = { enabled: true, failureFactor: 3, quickFailureMs: 0 };
  const wrong = refused('invalid_grant', 'Invalid user credentials');
  beforeEach(() => void ocp.control.configureRealm({ bruteForce: rule }));

  test('after three wrong passwords the right one looks wrong, until the wait is over', async () => {
    for (let count = 0; count < 3; count += 1) await ask.signIn({ password: 'wrong' });
    expect(await ask.signIn()).toMatchObject({ status: 400, body: wrong });
    expect(ocp.control.failures({ username: 'alice' })).toMatchObject({ numFailures: 3, lockouts: 1 });
    ocp.control.clock({ advanceMs: 60_000 });
    expect((await ask.signIn()).status).toBe(200);
    expect(ocp.control.failures({ username: 'alice' })).toBeNull();
  });

  test('three refusals at the limit lock the account too', async () => {
    fill();
    for (let count = 0; count < 3; count += 1) expect((await ask.signIn()).status).toBe(403);
    ocp.control.dropSessions({ username: 'alice' });
    expect((await ask.signIn()).body).toEqual(wrong);
    ocp.control.unlock({ username: 'alice' });
    expect((await ask.signIn()).status).toBe(200);
  });

  test('each further round waits 60 s longer, 900 s at most', async () => {
    ocp.control.configureRealm({ bruteForce: { failureFactor: 1, maxWaitSeconds: 100 } });
    await ask.signIn({ password: 'wrong' });
    ocp.control.clock({ advanceMs: 60_000 });
    await ask.signIn({ password: 'wrong' });
    ocp.control.clock({ advanceMs: 61_000 });
    expect((await ask.signIn()).status).toBe(400);
    ocp.control.clock({ advanceMs: 40_000 });
    expect((await ask.signIn()).status).toBe(200);
  });

  test('two failures within a second lock for a minute, long before the thirtieth', async () => {
    ocp.control.configureRealm({ bruteForce: { failureFactor: 30, quickFailureMs: 1000 } });
    await ask.signIn({ password: 'wrong' });
    await ask.signIn({ password: 'wrong' });
    expect((await ask.signIn()).body).toEqual(wrong);
  });

  test('a permanent lock does not end by itself', async () => {
    ocp.control.configureRealm({ bruteForce: { permanent: true } });
    for (let count = 0; count < 3; count += 1) await ask.signIn({ password: 'wrong' });
    ocp.control.clock({ advanceMs: 10 * 24 * 3_600_000 });
    expect((await ask.signIn()).body).toEqual(wrong);
  });
});
