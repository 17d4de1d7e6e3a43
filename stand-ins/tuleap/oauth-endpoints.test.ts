import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asClient, authorize, authorizeFields, call, refreshForm } from './call-tuleap.ts';
import type { Answered, Fields, Tuleap } from './call-tuleap.ts';
import { standIn } from './server.ts';

let server: Tuleap;
beforeAll(async () => {
  server = await standIn.start();
});
beforeEach(() => server.control.reset());
afterAll(() => server.close());

const bearer = (...scopes: string[]): Fields => ({
  authorization: `Bearer ${server.control.openGrant({ username: 'alice', scopes }).accessToken}`,
});

describe('userinfo', () => {
  const userinfo = (headers: Fields, method = 'GET'): Promise<Answered> =>
    call(server, method, '/oauth2/userinfo', { headers });

  test.each([
    [['openid'], { sub: '102' }],
    [['openid', 'email'], { sub: '102', email: 'alice@example.test', email_verified: true }],
  ])('%j', async (scopes, body) => {
    expect((await userinfo(bearer(...scopes))).json).toEqual(body);
    expect((await userinfo(bearer(...scopes), 'POST')).json).toEqual(body);
  });

  test('with profile', async () => {
    expect(Object.keys((await userinfo(bearer('openid', 'profile'))).json as object)).toEqual([
      ...['sub', 'name', 'preferred_username', 'profile', 'picture', 'zoneinfo', 'locale'],
    ]);
  });

  const base = 'Bearer realm="Tuleap OAuth2 Protected Resource"';
  const refusals: [string, () => Fields, number, string][] = [
    ['nothing', () => ({}), 401, base],
    [
      'malformed',
      () => ({ authorization: 'Bearer garbage' }),
      401,
      `${base} error="invalid_token" error_description="Access token is malformed"`,
    ],
    [
      'unknown',
      () => ({ authorization: `Bearer tlp-oauth2-at1-9.${'0'.repeat(64)}` }),
      401,
      `${base} error="invalid_token"`,
    ],
    [
      'expired',
      () => {
        const headers = bearer('openid');
        server.control.clock({ advanceMs: 3_600_000 });
        return headers;
      },
      401,
      `${base} error="invalid_token" error_description="Access token has expired"`,
    ],
    ['without the scope', () => bearer('profile'), 403, `${base} error="insufficient_scope" scope="openid"`],
    [
      'suspended',
      () => {
        const headers = bearer('openid');
        server.control.putPerson({ username: 'alice', status: 'S' });
        return headers;
      },
      401,
      `${base} error="invalid_token" error_description="Cannot authenticate user"`,
    ],
  ];
  test.each(refusals)('%s: an empty body, and the reason in a header', async (_row, given, status, reason) => {
    const { status: answered, text, headers } = await userinfo(given());
    expect([answered, text, headers.get('www-authenticate')?.trim()]).toEqual([status, '', reason]);
  });
});

describe('discovery', () => {
  test('says what there is, and leaves out what it leaves out', async () => {
    const { json } = await call(server, 'GET', '/.well-known/openid-configuration');
    expect(json).toMatchObject({
      issuer: server.url,
      authorization_endpoint: `${server.url}/oauth2/authorize`,
      token_endpoint: `${server.url}/oauth2/token`,
      userinfo_endpoint: `${server.url}/oauth2/userinfo`,
      jwks_uri: `${server.url}/oauth2/jwks`,
      response_modes_supported: ['query'],
      grant_types_supported: ['authorization_code'],
      token_endpoint_auth_methods_supported: ['client_secret_basic'],
      scopes_supported: [
        ...['openid', 'profile', 'email', 'offline_access', 'read:project', 'read:user_membership', 'read:tracker'],
        'read:mediawiki_standalone',
      ],
    });
    for (const name of ['revocation_endpoint', 'code_challenge_methods_supported', 'end_session_endpoint']) {
      expect(json).not.toHaveProperty(name);
    }
  });

  test('without the plugin: no discovery and no authorization, and the core routes are there', async () => {
    server.control.configure({ oauth2Plugin: false });
    expect((await call(server, 'GET', '/.well-known/openid-configuration')).status).toBe(404);
    expect((await authorize(server, authorizeFields)).status).toBe(404);
    const { refreshToken } = server.control.openGrant({ username: 'alice' });
    expect(
      (await call(server, 'POST', '/oauth2/token', { headers: asClient, form: refreshForm(refreshToken) })).status,
    ).toBe(200);
  });
});

const endpoints: [string, string][] = [
  ['GET', '/oauth2/authorize'],
  ['POST', '/oauth2/token'],
  ['POST', '/oauth2/token/revoke'],
  ['GET', '/oauth2/userinfo'],
  ['GET', '/oauth2/jwks'],
  ['GET', '/.well-known/openid-configuration'],
];

describe('fourth shape: plain text', () => {
  test.each(endpoints)('%s %s over http where https is mandatory: 400', async (method, path) => {
    server.control.configure({ httpsMandatory: true });
    const { status, headers, text } = await call(server, method, path);
    expect([status, headers.get('content-type'), text]).toEqual([
      400,
      'text/plain;charset=utf-8',
      'HTTPS is mandatory',
    ]);
  });

  test.each(endpoints)('%s %s fetched by a page of another site: 403', async (method, path) => {
    const { status, headers, text } = await call(server, method, path, {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
    });
    expect([status, headers.get('content-type'), headers.get('access-control-allow-origin'), text]).toEqual([
      ...[403, 'text/plain;charset=utf-8', null],
      'Request has been rejected based on its Fetch Metadata headers',
    ]);
  });

  test.each<[string, Fields, number]>([
    [
      'navigated to from another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
      302,
    ],
    [
      'framed by another site',
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
      403,
    ],
    ['fetched by its own pages', { 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, 302],
    ['typed', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, 302],
    ['asked for by a tool without such headers', {}, 302],
  ])('authorization %s: %s', async (_row, headers, status) => {
    expect((await authorize(server, authorizeFields, headers)).status).toBe(status);
  });

  test('the API is not behind this rule', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
    expect((await call(server, 'GET', '/api/version', { headers })).status).toBe(200);
  });
});
