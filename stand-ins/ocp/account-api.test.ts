import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningStandIn } from '../stand-in.ts';
import { asker, bearer, send } from './ask.ts';
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
const chrome = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
beforeEach(async () => {
  ocp.control.reset();
  signedIn = (await ask.signIn({}, { accept: 'application/json', 'user-agent': chrome })).body;
});

const account = (path: string, method = 'GET', headers = bearer(signedIn['access_token'])) =>
  send(`${ask.realm}/account${path}`, { method, headers });
const list = async () => JSON.parse((await account('/sessions')).text) as Record<string, unknown>[]; // section 3: an array
const held = () => ocp.control.sessions({ username: 'alice' }).length;

describe('the list', () => {
  test('is what the limiter counts, in epoch seconds, with the current session marked', async () => {
    ocp.control.openSessions({ username: 'alice', count: 2, userAgent: 'curl/7.88.1', ipAddress: '192.0.2.9' });
    const sessions = await list();
    expect(sessions).toHaveLength(3);
    const current = sessions.find(({ current }) => current === true);
    expect(current).toMatchObject({ id: signedIn['session_state'], browser: 'Chrome/140', ipAddress: '127.0.0.1' });
    expect(Number(current?.['expires'])).toBe(Number(current?.['started']) + 36_000);
    expect(Number(current?.['started'])).toBeLessThan(1e11);
    expect(sessions[1]).toMatchObject({
      browser: 'curl/7.88.1',
      ipAddress: '192.0.2.9',
      clients: [{ clientId: 'ocp' }],
    });
    expect(sessions[1]).not.toHaveProperty('current');
  });

  test.each([
    ['exactly application/json', { accept: 'application/json' }, 'application/json'],
    ['a list that has it', { accept: 'text/plain, application/json' }, 'application/json'],
    ['a JSON content type', { accept: '*/*', 'content-type': 'application/json' }, 'application/json'],
    ['*/*', { accept: '*/*' }, 'text/html'],
    ['a quality value', { accept: 'application/json;q=0.9' }, 'text/html'],
  ])('with Accept %s: 200', async (_row, headers, type) => {
    const answered = await account('/sessions', 'GET', { ...bearer(signedIn['access_token']), ...headers });
    expect(answered.status).toBe(200);
    expect(answered.headers.get('content-type')).toContain(type);
  });

  test('v1alpha1 needs no Accept, v1 is not known', async () => {
    const headers = { ...bearer(signedIn['access_token']), accept: '*/*' };
    expect((await account('/v1alpha1/sessions', 'GET', headers)).headers.get('content-type')).toContain('json');
    expect(await account('/v1/sessions', 'GET', headers)).toMatchObject({
      status: 404,
      body: { error: 'API version not found' },
    });
  });

  test('devices are grouped by operating system, what is not known as Other', async () => {
    ocp.control.openSessions({ username: 'alice', count: 2, userAgent: 'curl/7.88.1' });
    const devices = JSON.parse((await account('/sessions/devices')).text) as { os: string; sessions: unknown[] }[]; // section 3
    expect(devices.map(({ os, sessions }) => [os, sessions.length])).toEqual([
      ['Windows', 1],
      ['Other', 2],
    ]);
  });
});

describe('ending sessions', () => {
  beforeEach(() => void ocp.control.openSessions({ username: 'alice', count: 2 }));

  test('all but the current: 204', async () => {
    expect((await account('/sessions', 'DELETE')).status).toBe(204);
    expect(ocp.control.sessions({ username: 'alice' }).map(({ id }) => id)).toEqual([signedIn['session_state']]);
  });

  test('the current one too: 204', async () => {
    expect((await account('/sessions?current=true', 'DELETE')).status).toBe(204);
    expect(held()).toBe(0);
  });

  test('one by its id: 204', async () => {
    const other = ocp.control.sessions({ username: 'alice' })[1]?.id ?? '';
    expect((await account(`/sessions/${other}`, 'DELETE')).status).toBe(204);
    expect(held()).toBe(2);
  });

  test.each<[string, () => string]>([
    ['an unknown id', () => 'unknown'],
    ["somebody else's id", () => ocp.control.openSessions({ username: 'bob' })[0]?.id ?? ''],
  ])('%s: 204, and nothing ends', async (_row, id) => {
    const wanted = id();
    expect((await account(`/sessions/${wanted}`, 'DELETE')).status).toBe(204);
    expect(held()).toBe(3);
    expect(ocp.control.sessions({ username: 'bob' })).toHaveLength(wanted === 'unknown' ? 0 : 1);
  });
});

describe('refusals', () => {
  const unauthorized = { status: 401, body: { error: 'HTTP 401 Unauthorized' } };
  test('no token', async () => {
    expect(await account('/sessions', 'GET', { accept: 'application/json' })).toMatchObject(unauthorized);
  });
  test('a bad token', async () => {
    expect(await account('/sessions', 'GET', bearer('x'))).toMatchObject(unauthorized);
  });
  test('a token past its end', async () => {
    ocp.control.clock({ advanceMs: 301_000 });
    expect(await account('/sessions')).toMatchObject(unauthorized);
  });
  test('a token without the audience account, from a trimmed client', async () => {
    const { body } = await ask.signIn({ client_id: 'trimmed' });
    expect(await account('/sessions', 'GET', bearer(body['access_token']))).toMatchObject(unauthorized);
  });
  test('a user with view-profile alone may list and not end', async () => {
    ocp.control.putUser({ username: 'alice', accountRoles: ['view-profile'] });
    expect((await account('/sessions')).status).toBe(200);
    expect(await account('/sessions', 'DELETE')).toMatchObject({ status: 403, body: { error: 'HTTP 403 Forbidden' } });
  });
  test('the feature is off: 404', async () => {
    ocp.control.configureRealm({ accountApi: false });
    expect((await account('/sessions')).status).toBe(404);
  });
});

test('X-Forwarded-For counts only where the server believes it', async () => {
  const headers = { accept: 'application/json', 'x-forwarded-for': '203.0.113.5, 10.0.0.1' };
  await ask.signIn({}, headers);
  ocp.control.configure({ proxyHeaders: true });
  await ask.signIn({}, headers);
  expect((await list()).map(({ ipAddress }) => ipAddress)).toEqual(['127.0.0.1', '127.0.0.1', '203.0.113.5']);
});
