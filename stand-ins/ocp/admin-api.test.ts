import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningStandIn } from '../stand-in.ts';
import { asker, bearer, readJwt, send } from './ask.ts';
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

let aliceId: string;
let sessionId: string;
const tokens: Record<string, unknown> = {};
beforeEach(async () => {
  ocp.control.reset();
  aliceId = ocp.control.putUser({ username: 'alice' }).id;
  sessionId = ocp.control.openSessions({ username: 'alice', userAgent: 'curl/7.88.1' })[0]?.id ?? '';
  for (const username of ['alice', 'viewer', 'support', 'admin']) {
    tokens[username] = (await ask.signIn({ username, client_id: 'admin-cli', scope: 'openid' })).body['access_token'];
  }
});

const as = (username: string, path: string, method = 'GET') =>
  send(`${ocp.baseUrl}/admin/realms/master${path}`, { method, headers: bearer(tokens[username]) });
const rows = async (username: string, path: string) =>
  JSON.parse((await as(username, path)).text) as Record<string, unknown>[]; // section 4.2: arrays
const clientUuid = async () => String((await rows('admin', '/clients?clientId=ocp'))[0]?.['id']);

describe('who may do what', () => {
  const lock = () => `/attack-detection/brute-force/users/${aliceId}`;
  test.each<[string, string, () => string, number, number, number]>([
    ['find users', 'GET', () => '/users?username=alice&exact=true', 403, 200, 200],
    ['count users', 'GET', () => '/users/count', 403, 200, 200],
    ['list sessions of a user', 'GET', () => `/users/${aliceId}/sessions`, 403, 200, 200],
    ['read the lock state', 'GET', lock, 403, 200, 200],
    ['unlock', 'DELETE', lock, 403, 403, 204],
    ['end one session', 'DELETE', () => `/sessions/${sessionId}`, 403, 403, 204],
    ['end all of a user', 'POST', () => `/users/${aliceId}/logout`, 403, 403, 204],
    ['read clients', 'GET', () => '/clients?clientId=ocp', 403, 403, 403],
    ['read client session stats', 'GET', () => '/client-session-stats', 403, 403, 403],
    ['read flows', 'GET', () => '/authentication/flows', 403, 403, 403],
  ])(
    '%s: ordinary user, view-users, view-users and manage-users',
    async (_row, method, path, ordinary, viewer, support) => {
      expect((await as('alice', path(), method)).status).toBe(ordinary);
      expect((await as('viewer', path(), method)).status).toBe(viewer);
      expect((await as('support', path(), method)).status).toBe(support);
    },
  );

  test('the roles stand in the token, under the client of master', () => {
    expect(readJwt(tokens['viewer']).claims).toMatchObject({
      resource_access: { 'master-realm': { roles: ['view-users', 'query-groups', 'query-users'] } },
    });
  });

  test.each([
    ['an ordinary user', () => as('alice', '/users'), 403, 'HTTP 403 Forbidden'],
    [
      'a bad token',
      () => send(`${ocp.baseUrl}/admin/realms/master/users`, { headers: bearer('x') }),
      401,
      'HTTP 401 Unauthorized',
    ],
  ] as const)('%s is told %s', async (_row, attempt, status, error) => {
    expect(await attempt()).toMatchObject({ status, body: { error } });
  });
});

describe('users', () => {
  test('exact finds one, without it a part of the name is enough', async () => {
    expect(await rows('support', '/users?username=ali&exact=true')).toHaveLength(0);
    expect(await rows('support', '/users?username=ali')).toMatchObject([
      { id: aliceId, username: 'alice', enabled: true },
    ]);
  });

  test('pages', async () => {
    const all = await rows('support', '/users');
    expect(await rows('support', '/users?first=1&max=2')).toEqual(all.slice(1, 3));
    expect((await as('support', '/users/count')).text).toBe(String(all.length));
  });

  test.each([
    ['26.5.5', true],
    ['26.7.4', false],
  ] as const)('%s with briefRepresentation sends the profile metadata: %s', async (version, sent) => {
    ocp.control.configure({ version });
    const [user] = await rows('support', '/users?username=alice&exact=true&briefRepresentation=true');
    expect(user !== undefined && 'userProfileMetadata' in user).toBe(sent);
  });

  test('an unknown user: 404', async () => {
    expect(await as('support', '/users/unknown/sessions')).toMatchObject({
      status: 404,
      body: { error: 'User not found' },
    });
  });

  test('support may disable a user', async () => {
    const headers = { ...bearer(tokens['support']), 'content-type': 'application/json' };
    const url = `${ocp.baseUrl}/admin/realms/master/users/${aliceId}`;
    expect((await send(url, { method: 'PUT', headers, body: '{"enabled":false}' })).status).toBe(204);
    expect((await ask.signIn()).body['error_description']).toBe('Account disabled');
  });
});

describe('sessions', () => {
  test('are listed in epoch milliseconds, with clients by UUID', async () => {
    const session = (await rows('support', `/users/${aliceId}/sessions`)).find(({ id }) => id === sessionId);
    expect(session).toMatchObject({ username: 'alice', userId: aliceId, clients: { [await clientUuid()]: 'ocp' } });
    expect(Number(session?.['start'])).toBeGreaterThan(1e12);
  });

  test('an ended one is gone, and a second time: 404 in their spelling', async () => {
    expect((await as('support', `/sessions/${sessionId}`, 'DELETE')).status).toBe(204);
    expect(await as('support', `/sessions/${sessionId}`, 'DELETE')).toMatchObject({
      status: 404,
      body: { error: 'Sesssion not found' },
    });
  });

  test('an offline session is listed and ended apart', async () => {
    const { body } = await ask.signIn({ scope: 'offline_access' });
    const id = String(body['session_state']);
    const path = `/users/${aliceId}/offline-sessions/${await clientUuid()}`;
    expect(await rows('support', path)).toMatchObject([{ id }]);
    expect((await as('support', `/sessions/${id}`, 'DELETE')).status).toBe(404);
    expect((await as('support', `/sessions/${id}?isOffline=true`, 'DELETE')).status).toBe(204);
    expect(await rows('support', path)).toHaveLength(0);
  });

  test('ending all of a user makes older tokens stale, and not one of the same second', async () => {
    ocp.control.clock({ rate: 0 });
    ocp.control.clock({ advanceMs: 1000 });
    expect((await as('support', `/users/${aliceId}/logout`, 'POST')).status).toBe(204);
    expect(ocp.control.sessions({ username: 'alice' })).toHaveLength(0);
    const userinfo = (token: unknown) => ask.get('/protocol/openid-connect/userinfo', bearer(token));
    expect((await userinfo(tokens['alice'])).status).toBe(401);
    const { body } = await ask.signIn({ scope: 'openid' });
    expect((await userinfo(body['access_token'])).status).toBe(200);
    expect(body['not-before-policy']).toBeGreaterThan(0);
  });
});

describe('what only an administrator reads', () => {
  test('client session stats: numbers as strings, only clients with sessions', async () => {
    const stats = await rows('admin', '/client-session-stats');
    expect(stats.find(({ clientId }) => clientId === 'ocp')).toMatchObject({ active: '6', offline: '0' });
    expect(stats.map(({ clientId }) => clientId).sort()).toEqual(['admin-cli', 'ocp']);
  });

  test('session count and sessions of a client, paged', async () => {
    const uuid = await clientUuid();
    expect((await as('admin', `/clients/${uuid}/session-count`)).body).toEqual({ count: 6 });
    expect(await rows('admin', `/clients/${uuid}/user-sessions?first=4&max=10`)).toHaveLength(2);
  });

  test('the session limit, through flow, execution and configuration', async () => {
    const [flow] = await rows('admin', '/authentication/flows');
    const executions = await rows('admin', `/authentication/flows/${String(flow?.['alias'])}/executions`);
    const limiter = executions.find(({ providerId }) => providerId === 'user-session-limits');
    const config = await as('admin', `/authentication/config/${String(limiter?.['authenticationConfig'])}`);
    expect(config.body).toMatchObject({ config: { userRealmLimit: '5', behavior: 'Deny new session' } });
  });
});

describe('the lock', () => {
  test.each([
    ['26.7.4', true],
    ['26.5.5', false],
  ] as const)('%s: its state after three failures, and unlocked after DELETE', async (version, secondary) => {
    ocp.control.configure({ version });
    ocp.control.configureRealm({ bruteForce: { enabled: true, failureFactor: 3, quickFailureMs: 0 } });
    for (let count = 0; count < 3; count += 1) await ask.signIn({ password: 'wrong' });
    const path = `/attack-detection/brute-force/users/${aliceId}`;
    const { body } = await as('viewer', path);
    expect(body).toMatchObject({ numFailures: 3, numTemporaryLockouts: 1, disabled: true, lastIPFailure: '127.0.0.1' });
    expect(Number(body['failedLoginNotBefore'])).toBeLessThan(1e11);
    expect(Number(body['lastFailure'])).toBeGreaterThan(1e12);
    expect('numSecondaryAuthFailures' in body).toBe(secondary);
    expect((await as('support', path, 'DELETE')).status).toBe(204);
    expect((await ask.signIn()).status).toBe(200);
  });
});
