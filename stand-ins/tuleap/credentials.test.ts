import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adminKey, aliceKey, apiError, basic, call } from './call-tuleap.ts';
import type { Answered, Tuleap } from './call-tuleap.ts';
import { standIn } from './server.ts';
import { demo } from './world.ts';

let server: Tuleap;
beforeAll(async () => {
  server = await standIn.start();
});
beforeEach(() => server.control.reset());
afterAll(() => server.close());

test('keys may be spelled as the documentation prints them, and then only so', async () => {
  server.control.configure({ keySpelling: 'documented' });
  const { identifier } = server.control.addKey({ username: 'alice', description: 'Printed' });
  expect(identifier).toMatch(/^tlp\.k1\.\d+\.[0-9a-f]{64}$/);
  const own = (key: string) => call(server, 'GET', '/api/access_keys/self', { headers: { 'x-auth-accesskey': key } });
  expect(await own(identifier)).toMatchObject({ status: 200, json: { description: 'Printed' } });
  expect((await own(identifier.replace('tlp.k1.', 'tlp-k1-'))).status).toBe(401);
});

type Given = Readonly<Record<string, string>>;
const bearer = (scopes?: readonly string[]): string =>
  `Bearer ${server.control.openGrant({ username: 'alice', ...(scopes ? { scopes } : {}) }).accessToken}`;
const pair = (username = 'alice'): Given => {
  const { token, userId } = server.control.openToken({ username });
  return { 'x-auth-token': token, 'x-auth-userid': String(userId) };
};
const keyFor = (username: string, fields: Partial<Parameters<Tuleap['control']['addKey']>[0]> = {}): Given => ({
  'x-auth-accesskey': server.control.addKey({ username, ...fields }).identifier,
});
/** A route that needs somebody and takes no OAuth2 token; one that takes anybody; one of each kind that takes OAuth2. */
const routes = {
  protected: '/api/access_keys/self',
  hybrid: '/api/users/self',
  protectedOAuth: '/api/users/self/membership',
  hybridOAuth: '/api/projects?limit=1',
};
const get = (path: string, headers: Given): Promise<Answered> => call(server, 'GET', path, { headers });

describe('section 4: invalid credentials are fatal, also where nobody had to sign in', () => {
  const invalidKey = 'Unauthorized: Invalid access key';
  const malformed = 'Unauthorized: Key or token incorrectly formatted';
  const invalidBearer = 'Unauthorized: Invalid OAuth2 access token';
  const rows: [string, () => Given, string][] = [
    [
      'access key: unknown id',
      () => ({ 'x-auth-accesskey': demo.aliceKey.replace('tlp-k1-1.', 'tlp-k1-999.') }),
      invalidKey,
    ],
    ['access key: expired', () => keyFor('alice', { expiresInSeconds: -1 }), invalidKey],
    ['access key: wrong secret', () => ({ 'x-auth-accesskey': `tlp-k1-1.${'0'.repeat(64)}` }), invalidKey],
    ['access key: lacks write:rest', () => keyFor('alice', { scopes: ['write:git_repository'] }), invalidKey],
    [
      'access key: owner gone',
      () => {
        const orphan = keyFor('bob');
        server.control.removePerson({ username: 'bob' });
        return orphan;
      },
      invalidKey,
    ],
    [
      'access key: the prefix that the documentation prints',
      () => ({ 'x-auth-accesskey': demo.aliceKey.replace('tlp-k1-', 'tlp.k1.') }),
      malformed,
    ],
    ['access key: secret too short', () => ({ 'x-auth-accesskey': 'tlp-k1-1.abcd' }), malformed],
    ['access key: something else', () => ({ 'x-auth-accesskey': 'garbage' }), malformed],
    ['bearer: not matching its format', () => ({ authorization: 'Bearer garbage' }), malformed],
    ['bearer: an access key', () => ({ authorization: `Bearer ${demo.aliceKey}` }), malformed],
    ['bearer: unknown', () => ({ authorization: `Bearer tlp-oauth2-at1-9.${'0'.repeat(64)}` }), invalidBearer],
    [
      'bearer: expired',
      () => {
        const token = bearer();
        server.control.clock({ advanceMs: 3_600_000 });
        return { authorization: token };
      },
      invalidBearer,
    ],
    [
      'bearer: revoked',
      () => {
        const token = bearer();
        server.control.endGrants({ username: 'alice' });
        return { authorization: token };
      },
      invalidBearer,
    ],
    [
      'bearer: the app’s project is not active',
      () => {
        const token = bearer();
        server.control.putApp({ name: 'Keyward', active: false });
        return { authorization: token };
      },
      invalidBearer,
    ],
    ['bearer: insufficient scope', () => ({ authorization: bearer(['openid']) }), invalidBearer],
    ['X-Auth-Token: wrong', () => ({ ...pair(), 'x-auth-token': 'f'.repeat(32) }), 'Unauthorized: Invalid Token'],
    ['X-Auth-Token: of another user', () => ({ ...pair(), 'x-auth-userid': '101' }), 'Unauthorized: Invalid Token'],
    [
      'Basic: wrong password',
      () => ({ authorization: basic('alice', 'wrong') }),
      'Unauthorized: Basic Authentication Required',
    ],
    [
      'Basic: unknown user',
      () => ({ authorization: basic('nobody', 'x') }),
      'Unauthorized: Basic Authentication Required',
    ],
    [
      'Basic: suspended',
      () => ({ authorization: basic('suspended', 'suspended-demo-password') }),
      'Unauthorized: Basic Authentication Required',
    ],
    [
      'Basic: expired password',
      () => ({ authorization: basic('expired', 'expired-demo-password') }),
      'Unauthorized: Basic Authentication Required',
    ],
    [
      'Basic: an access key as password',
      () => ({ authorization: basic('alice', demo.aliceKey) }),
      'Unauthorized: Basic Authentication Required',
    ],
  ];
  test.each(rows)('%s', async (_row, given, message) => {
    const headers = given();
    for (const path of [routes.protectedOAuth, routes.hybridOAuth]) {
      const answered = await get(path, headers);
      expect(answered).toMatchObject({ status: 401, json: apiError(401, message) });
    }
  });

  test('access key: revoked', async () => {
    const headers = keyFor('alice');
    const id = /^tlp-k1-(\d+)\./.exec(headers['x-auth-accesskey'] ?? '')?.[1] ?? '';
    expect((await get(routes.hybrid, headers)).status).toBe(200);
    await call(server, 'DELETE', `/api/access_keys/${id}`, { headers: aliceKey });
    for (const path of [routes.protected, routes.hybrid]) {
      expect(await get(path, headers)).toMatchObject({ status: 401, json: apiError(401, invalidKey) });
    }
  });

  test('bearer: a route without OAuth2 scope', async () => {
    for (const path of [routes.protected, routes.hybrid]) {
      expect(await get(path, { authorization: bearer() })).toMatchObject({
        status: 401,
        json: apiError(401, invalidBearer),
      });
    }
  });
});

describe('section 4: what the server does not take for a credential', () => {
  const rows: [string, () => Given][] = [
    ['nothing', () => ({})],
    ['bearer with illegal characters', () => ({ authorization: `${bearer()} extra` })],
    ['bearer in lower case', () => ({ authorization: bearer().replace('Bearer', 'bearer') })],
    ['X-Auth-Token without X-Auth-UserId', () => ({ 'x-auth-token': pair()['x-auth-token'] ?? '' })],
    ['X-Auth-UserId alone', () => ({ 'x-auth-userid': '102' })],
    ['a scheme that it does not know', () => ({ authorization: 'Digest abc' })],
  ];
  test.each(rows)('%s: 401 where protected, anonymous where hybrid', async (_row, given) => {
    const headers = given();
    for (const path of [routes.protected, routes.protectedOAuth]) {
      expect(await get(path, headers)).toMatchObject({ status: 401, json: apiError(401, 'Unauthorized') });
    }
    expect(await get(routes.hybrid, headers)).toMatchObject({ status: 200, json: { is_anonymous: true, id: null } });
    expect((await get(routes.hybridOAuth, headers)).status).toBe(200);
  });

  test('a platform that forbids anonymous: 401 on hybrid too', async () => {
    server.control.configure({ anonymousAllowed: false });
    expect(await get(routes.hybrid, {})).toMatchObject({ status: 401, json: apiError(401, 'Unauthorized') });
    expect((await get(routes.hybrid, aliceKey)).status).toBe(200);
    expect((await get('/api/version', {})).status).toBe(200);
  });

  test('a token in the query or the body counts for nothing', async () => {
    const accessToken = bearer().slice('Bearer '.length);
    expect((await get(`${routes.protectedOAuth}?access_token=${accessToken}`, {})).status).toBe(401);
    expect((await get(`${routes.protected}?X-Auth-AccessKey=${demo.aliceKey}`, {})).status).toBe(401);
  });
});

describe('section 4: 403 for accounts that may not enter', () => {
  const suspended = /^Forbidden: Your account has been suspended/;
  const rows: [string, () => Given, RegExp][] = [
    ['key of a suspended user', () => keyFor('suspended'), suspended],
    ['token of a suspended user', () => pair('suspended'), suspended],
    [
      'OAuth2 token of a suspended user',
      () => {
        const authorization = bearer(['read:user_membership', 'read:project']);
        server.control.putPerson({ username: 'alice', status: 'S' });
        return { authorization };
      },
      suspended,
    ],
    [
      'key of a deleted user',
      () => {
        server.control.putPerson({ username: 'bob', status: 'D' });
        return keyFor('bob');
      },
      /^Forbidden: This account has been deleted/,
    ],
    ['key of a pending user', () => keyFor('pending'), /^Forbidden: Your account is pending/],
    ['key of a user whose password expired', () => keyFor('expired'), /^Forbidden: Your password has expired/],
  ];
  test.each(rows)('%s', async (_row, given, message) => {
    const headers = given();
    for (const path of [routes.protectedOAuth, routes.hybridOAuth]) {
      const { status, json } = await get(path, headers);
      expect(status).toBe(403);
      expect(json).toMatchObject({ error: { code: 403, message: expect.stringMatching(message) as string } });
    }
  });

  test('the reason is localised', async () => {
    server.control.configure({ language: 'fr' });
    expect((await get(routes.hybrid, keyFor('suspended'))).json).toMatchObject({
      error: { message: expect.stringContaining('suspendu') as string },
    });
  });

  test('a restricted user may enter', async () => {
    expect((await get(routes.hybrid, keyFor('restricted'))).json).toMatchObject({ is_anonymous: false, status: 'R' });
  });
});

describe('section 4: the order of credentials', () => {
  const cookie = (): Given => ({
    cookie: server.control.openWebSession({ username: 'bob' }).cookie,
    referer: `${server.url}/`,
  });
  const who = async (headers: Given): Promise<unknown> => {
    const { json } = await get(routes.hybrid, headers);
    return (json as { username?: unknown }).username;
  };

  test('a session cookie wins over every header', async () => {
    expect(await who({ ...cookie(), ...aliceKey })).toBe('bob');
    expect(await who({ ...cookie(), 'x-auth-accesskey': 'garbage' })).toBe('bob');
  });
  test('then the access key', async () => {
    expect(await who({ ...adminKey, authorization: basic('alice', 'alice-demo-password'), ...pair('bob') })).toBe(
      'admin',
    );
  });
  test('then a bearer, before the token pair', async () => {
    const headers = { authorization: `Bearer tlp-oauth2-at1-9.${'0'.repeat(64)}`, ...pair('bob') };
    expect((await get(routes.hybridOAuth, headers)).status).toBe(401);
  });
  test('then the token pair, before Basic', async () => {
    expect(await who({ authorization: basic('alice', 'alice-demo-password'), ...pair('bob') })).toBe('bob');
    expect(
      (
        await get(routes.hybrid, {
          authorization: basic('alice', 'alice-demo-password'),
          ...pair(),
          'x-auth-token': 'x',
        })
      ).status,
    ).toBe(401);
  });
  test('a dead key does not fall back to a good password', async () => {
    expect(
      (
        await get(routes.hybrid, {
          'x-auth-accesskey': 'garbage',
          authorization: basic('alice', 'alice-demo-password'),
        })
      ).status,
    ).toBe(401);
  });
});

describe('section 4: the gate for session cookies', () => {
  const rows: [string, () => Given, number][] = [
    ['same-origin fetch', () => ({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }), 200],
    ['same-origin navigation', () => ({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' }), 403],
    ['cross-site fetch', () => ({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }), 403],
    ['same-site fetch', () => ({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }), 403],
    ['an old browser with the referer of the server', () => ({ referer: `${server.url}/account/` }), 200],
    ['an old browser with a foreign referer', () => ({ referer: 'https://evil.example.test/' }), 403],
    ['an old browser without referer', () => ({}), 403],
  ];
  test.each(rows)('%s', async (_row, given, status) => {
    const headers = { cookie: server.control.openWebSession({ username: 'alice' }).cookie, ...given() };
    const answered = await get(routes.hybrid, headers);
    expect(answered.status).toBe(status);
    if (status === 403) expect(answered.json).toEqual({ error: "Referer doesn't match host. CSRF tentative ?" });
    if (status === 403) expect(answered.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('a cookie that means nothing is no session', async () => {
    expect((await get(routes.hybrid, { cookie: 'TULEAP_session_hash=nothing' })).json).toMatchObject({
      is_anonymous: true,
    });
  });
});

test('every 401 carries a challenge that nobody can parse', async () => {
  for (const headers of [{}, { 'x-auth-accesskey': 'garbage' }, { authorization: basic('alice', 'wrong') }]) {
    const { headers: answered } = await get(routes.protected, headers);
    expect(answered.get('www-authenticate')).toMatch(
      /^Basic realm="[^"]+ Token realm="[^"]+" AccessKey realm="[^"]+" Bearer realm="[^"]+"$/,
    );
  }
});
