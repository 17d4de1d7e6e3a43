import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adminKey, aliceId, aliceKey, apiError, basic, call } from './call-tuleap.ts';
import type { Answered, Tuleap } from './call-tuleap.ts';
import { standIn } from './server.ts';

let server: Tuleap;
beforeAll(async () => {
  server = await standIn.start();
});
beforeEach(() => server.control.reset());
afterAll(() => server.close());

const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answered> =>
  call(server, 'GET', path, { headers });

describe('section 0: the habits of the framework', () => {
  test.each([
    ['/api/version', 200],
    ['/api/v1/version', 200],
    ['/api/v2/version', 404],
    ['/api/nothing', 404],
    ['/api/projects/abc', 404],
  ])('%s: %d', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  test('the probe that needs nothing', async () => {
    const { json } = await get('/api/version', { 'x-auth-accesskey': 'garbage' });
    expect(json).toEqual({ flavor_name: expect.any(String) as string, version_number: expect.any(String) as string });
  });

  test('slashes and everything outside ASCII are escaped', async () => {
    const { text, json } = await get('/api/projects/102');
    expect(text).toContain('"uri":"projects\\/102"');
    expect(text).toContain('Caf\\u00e9 & Co \\/ \\"\\u00c9t\\u00e9\\"');
    expect(json).toMatchObject({ label: 'Café & Co / "Été"' });
  });

  test.each([
    ['a success', '/api/version', 200],
    ['a refusal', '/api/access_keys/self', 401],
    ['nothing there', '/api/nothing', 404],
  ])('%s is never stored, and any origin may read it', async (_row, path, status) => {
    const answered = await get(path);
    expect(answered.status).toBe(status);
    expect(answered.headers.get('cache-control')).toBe('no-store');
    expect(answered.headers.get('expires')).toBe('0');
    expect(answered.headers.get('access-control-allow-origin')).toBe('*');
    expect(answered.headers.get('access-control-allow-headers')).toContain('X-Auth-AccessKey');
    expect(answered.headers.get('access-control-expose-headers')).toBe(
      'X-PAGINATION-SIZE, X-PAGINATION-LIMIT-MAX, X-PAGINATION-LIMIT',
    );
  });

  test('no rate limit: no such header on any answer', async () => {
    const names = [...(await get('/api/projects')).headers.keys()].filter((name) => /rate|retry/i.test(name));
    expect(names).toEqual([]);
  });

  test('first shape: code and message', async () => {
    expect((await get('/api/nothing')).json).toEqual({ error: { code: 404, message: 'Not Found' } });
    expect((await call(server, 'PUT', '/api/projects')).json).toEqual({
      error: { code: 405, message: 'Method Not Allowed' },
    });
  });

  test('first shape with a translated message', async () => {
    server.control.configure({ language: 'fr' });
    expect(await get('/api/projects/103', aliceKey)).toMatchObject({
      status: 403,
      json: {
        error: {
          code: 403,
          message: 'Forbidden: You do not have access to this project',
          i18n_error_message: 'Vous n’avez pas accès à ce projet',
        },
      },
    });
  });

  test.each([
    ['text/plain', '{}', 403, 'Forbidden: Content type `text/plain` is not supported.'],
    ['application/octet-stream', 'x', 403, 'Forbidden: Content type `application/octet-stream` is not supported.'],
  ])('a body in %s is refused before anything else', async (type, body, status, message) => {
    const response = await fetch(`${server.url}/api/access_keys`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    expect([response.status, await response.json()]).toEqual([status, apiError(status, message)]);
  });

  test('JSON that is none: 400', async () => {
    const body = '{"username":';
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${server.url}/api/tokens`, { method: 'POST', body, headers })).status).toBe(400);
  });
});

describe('section 5: who is it', () => {
  test('signed in: e-mail and status too', async () => {
    expect((await get('/api/users/self', aliceKey)).json).toEqual({
      id: aliceId,
      uri: 'users/102',
      user_url: '/users/alice',
      real_name: 'Alice',
      display_name: 'Alice (alice)',
      username: 'alice',
      ldap_id: '102',
      avatar_url: '/users/alice/avatar.png',
      is_anonymous: false,
      has_avatar: true,
      email: 'alice@example.test',
      status: 'A',
    });
  });

  test('nobody: 200 all the same', async () => {
    const { status, json } = await get('/api/users/self');
    expect([status, json]).toMatchObject([200, { id: null, is_anonymous: true, username: null }]);
    expect(json).not.toHaveProperty('email');
  });

  test.each([
    ['/api/users/101', 200],
    ['/api/users/9999', 404],
    ['/api/users/alice', 400],
  ])('%s: %d', async (path, status) => {
    expect((await get(path, aliceKey)).status).toBe(status);
  });

  test('somebody unknown reads less of a user', async () => {
    expect((await get('/api/users/102')).json).not.toHaveProperty('email');
  });

  test.each([
    ['{"username":"alice"}', ['alice']],
    ['{"loginname":"bob"}', ['bob']],
    ['{"email":"bob@example.test"}', ['bob']],
    ['{"username":"nobody"}', []],
    ['istrator', ['admin']],
  ])('search for %s', async (query, names) => {
    const { json, headers } = await get(`/api/users?query=${encodeURIComponent(query)}`, aliceKey);
    expect((json as { username: string }[]).map(({ username }) => username)).toEqual(names);
    expect(headers.get('x-pagination-limit')).toBe('10');
    expect(headers.get('x-pagination-limit-max')).toBe('50');
  });

  test.each(['', '?query=al', '?query={}', '?query={bad', '?query=alice&limit=51'])('search %s: 400', async (query) => {
    expect((await get(`/api/users${query}`, aliceKey)).status).toBe(400);
  });

  test.each([
    ['one’s own', 'self', aliceKey, 200],
    ['somebody else’s', '101', aliceKey, 403],
    ['anybody’s, for a site administrator', '102', adminKey, 200],
  ])('membership: %s', async (_row, id, headers, status) => {
    expect((await get(`/api/users/${id}/membership`, headers)).status).toBe(status);
  });

  test('a bearer reads projects and memberships with the right scope', async () => {
    const { accessToken } = server.control.openGrant({ username: 'alice', scopes: ['read:user_membership'] });
    const headers = { authorization: `Bearer ${accessToken}` };
    expect((await get('/api/users/self/membership', headers)).json).toEqual([
      'site_active',
      'keyward-demo_project_members',
    ]);
    expect((await get('/api/projects', headers)).status).toBe(401);
  });

  test('projects: private ones for their members only', async () => {
    const ids = async (headers?: typeof aliceKey) =>
      ((await get('/api/projects', headers)).json as { id: number }[]).map(({ id }) => id);
    expect(await ids()).toEqual([101, 102]);
    expect(await ids(aliceKey)).toEqual([101, 102]);
    expect(await ids(adminKey)).toEqual([101, 102, 103]);
  });
});

describe('PATCH /users/{id}: how an account is suspended', () => {
  const patch = (
    id: number,
    values: unknown,
    headers: Readonly<Record<string, string>> = adminKey,
  ): Promise<Answered> =>
    call(server, 'PATCH', `/api/users/${id}`, { headers, body: values === undefined ? {} : { values } });

  test.each([
    ['a site administrator', adminKey],
    ['somebody with user management', { authorization: basic('delegate', 'delegate-demo-password') }],
  ])('%s may; every key and token of the account answers 403, and works again afterwards', async (_row, headers) => {
    const { token, userId } = server.control.openToken({ username: 'alice' });
    const ways = [aliceKey, { 'x-auth-token': token, 'x-auth-userid': String(userId) }];
    expect(await patch(aliceId, { status: 'S' }, headers)).toMatchObject({ status: 200, json: true });
    for (const way of ways) expect((await get('/api/users/self', way)).status).toBe(403);
    expect((await get('/api/users/self', { authorization: basic('alice', 'alice-demo-password') })).status).toBe(401);
    await patch(aliceId, { status: 'A' });
    for (const way of ways) expect((await get('/api/users/self', way)).status).toBe(200);
  });

  test('nobody else: 403', async () => {
    expect(await patch(101, { status: 'S' }, aliceKey)).toMatchObject({
      status: 403,
      json: apiError(403, "Forbidden: Cannot update other's details"),
    });
    expect((await get('/api/users/self', adminKey)).status).toBe(200);
  });

  test.each([
    ['unknown user', 9999, { status: 'S' }, 404],
    ['no values', aliceId, undefined, 400],
    ['a status that there is none of', aliceId, { status: 'X' }, 400],
  ])('%s: %s', async (_row, id, values, status) => {
    expect((await patch(id, values)).status).toBe(status);
  });

  test('anonymous: 401', async () => {
    expect((await call(server, 'PATCH', '/api/users/102', { body: { values: { status: 'S' } } })).status).toBe(401);
  });
});

describe('section 6: preflights and their holes', () => {
  test.each([
    ['/api/users/self', 400, null],
    ['/api/users/102', 200, 'OPTIONS, GET, PATCH'],
    ['/api/users/self/membership', 404, null],
    ['/api/users', 200, 'OPTIONS, GET, PATCH'],
    ['/api/users/102/access_keys', 200, 'OPTIONS, GET'],
    ['/api/access_keys', 200, 'OPTIONS, POST'],
    ['/api/tokens', 200, 'OPTIONS, POST, DELETE'],
    ['/api/tokens/x', 200, 'OPTIONS, DELETE'],
    ['/api/access_keys/12', 500, null],
    ['/api/access_keys/self', 500, null],
  ])('OPTIONS %s: %d', async (path, status, allow) => {
    const answered = await call(server, 'OPTIONS', path);
    expect([answered.status, answered.headers.get('allow')]).toEqual([status, allow]);
    expect(answered.headers.get('access-control-allow-methods')).toBe(allow);
  });

  test('one access key: works on another version', async () => {
    server.control.configure({ keyPreflightStatus: 200 });
    const { status, headers } = await call(server, 'OPTIONS', '/api/access_keys/12');
    expect([status, headers.get('allow')]).toEqual([200, 'OPTIONS, POST, DELETE']);
  });
});

test('the ledger names every call', async () => {
  const calls = [
    ['GET', '/api/version', 'version'],
    ['POST', '/api/tokens', 'create-token'],
    ['DELETE', '/api/v1/tokens/x', 'delete-token'],
    ['GET', '/api/access_keys/self', 'read-key'],
    ['GET', '/api/users/self', 'read-user'],
    ['GET', '/oauth2/authorize', 'authorize'],
    ['POST', '/oauth2/token/revoke', 'revoke'],
    ['GET', '/.well-known/openid-configuration', 'discovery'],
    ['OPTIONS', '/api/tokens', 'preflight'],
    ['GET', '/nothing', 'unknown'],
  ] as const;
  for (const [method, path] of calls) await call(server, method, path);
  expect(server.control.ledger().map(({ operation }) => operation)).toEqual(calls.map(([, , name]) => name));
});
