import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { get, loginForm, passwordForm, post, tokenForm, without } from './call-p4oauth.ts';
import type { Fields, P4OAuth } from './call-p4oauth.ts';
import { standIn } from './server.ts';
import { demo } from './world.ts';

let server: P4OAuth;
beforeAll(async () => {
  server = await standIn.start();
});
beforeEach(() => server.control.reset());
afterAll(() => server.close());

const authorize = '/grants/authorization_code';
const start: Fields = { response_type: 'code', client_id: 'alice', redirect_uri: demo.redirectUri, state: 'abc' };
const foreign = 'https://evil.example.test/callback';

describe('the authorization code', () => {
  test('starts with a login page that carries the request on', async () => {
    const { status, text, headers } = await get(server, authorize, { ...start, state: '"><script>' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html;charset=UTF-8');
    expect(text).toContain('<form method="post" action="/grants/authorization_code">');
    expect(text).toContain('name="login" value="alice"');
    expect(text).toContain('type="password"');
    expect(text).not.toContain('<script>');
  });

  test('ends at the redirect URI with a code and the state', async () => {
    const { status, location } = await post(server, authorize, loginForm);
    expect(status).toBe(302);
    expect(location?.href.startsWith(`${demo.redirectUri}?code=`)).toBe(true);
    expect(location?.searchParams.get('state')).toBe('state-of-this-tab');
    const code = location?.searchParams.get('code') ?? '';
    expect((await post(server, '/grants/token', tokenForm(code))).status).toBe(200);
  });

  test('without a state none comes back', async () => {
    const { location } = await post(server, authorize, without(loginForm, 'state'));
    expect([...(location?.searchParams.keys() ?? [])]).toEqual(['code']);
  });

  test.each([
    ['a wrong password', { ...loginForm, password: 'wrong' }, /do not match/],
    [
      'somebody else than the application asked for',
      { ...loginForm, login: 'bob', password: 'bob-demo-password' },
      /asked for alice/,
    ],
  ])('%s: the page again, with the reason', async (_row, form, says) => {
    const { status, text, location } = await post(server, authorize, form);
    expect([status, location]).toEqual([200, null]);
    expect(text).toMatch(says);
  });

  test.each<[string, Fields, string]>([
    ['cancelled', { ...loginForm, cancel: '1' }, 'access_denied'],
    ['another response_type', { ...loginForm, response_type: 'token' }, 'unsupported_response_type'],
    ['no response_type', without(loginForm, 'response_type'), 'unsupported_response_type'],
    ['no client_id', without(loginForm, 'client_id'), 'invalid_request'],
  ])('%s: redirected with the error and the state', async (_row, form, error) => {
    const { status, location } = await post(server, authorize, form);
    expect(status).toBe(302);
    expect(location?.searchParams.get('error')).toBe(error);
    expect(location?.searchParams.get('error_description')).toBeTruthy();
    expect(location?.searchParams.get('state')).toBe('state-of-this-tab');
    expect(location?.searchParams.has('code')).toBe(false);
  });
});

describe('the password grant', () => {
  test('answers with a redirect, not with tokens', async () => {
    const { status, location, text } = await post(server, '/grants/password', passwordForm);
    expect([status, text]).toEqual([302, '']);
    expect(location?.href.startsWith(`${demo.redirectUri}?code=`)).toBe(true);
    expect(location?.searchParams.get('state')).toBe('state-of-this-tab');
    const code = location?.searchParams.get('code') ?? '';
    expect((await post(server, '/grants/token', tokenForm(code))).json).toHaveProperty('access_token');
  });

  test('without a state none comes back', async () => {
    const { location } = await post(server, '/grants/password', without(passwordForm, 'state'));
    expect([...(location?.searchParams.keys() ?? [])]).toEqual(['code']);
  });

  test('a server without it: 404', async () => {
    server.control.configure({ passwordGrant: false });
    expect((await post(server, '/grants/password', passwordForm)).status).toBe(404);
    expect((await get(server, authorize, start)).status).toBe(200);
  });

  const refusals: [string, Fields, string, number][] = [
    ['a wrong password', { ...passwordForm, password: 'wrong' }, 'access_denied', 401],
    ['an unknown login', { ...passwordForm, client_id: 'carol' }, 'access_denied', 401],
    ['no password', without(passwordForm, 'password'), 'invalid_request', 400],
    ['no client_id', without(passwordForm, 'client_id'), 'invalid_request', 400],
    ['another response_type', { ...passwordForm, response_type: 'code' }, 'unsupported_response_type', 400],
  ];
  test.each(refusals)('%s: redirected with the error', async (_row, form, error) => {
    const { status, location } = await post(server, '/grants/password', form);
    expect(status).toBe(302);
    expect(location?.origin).toBe(new URL(demo.redirectUri).origin);
    expect(location?.searchParams.get('error')).toBe(error);
    expect(location?.searchParams.get('state')).toBe('state-of-this-tab');
  });
  test.each(refusals)('%s: or a status, where the server says so', async (_row, form, error, status) => {
    server.control.configure({ refusal: 'status' });
    const answered = await post(server, '/grants/password', form);
    expect([answered.status, answered.json?.error, answered.location]).toEqual([status, error, null]);
  });
});

describe('the whitelist', () => {
  const notOnIt: [string, string][] = [
    ['a foreign one', foreign],
    ['with a slash more', `${demo.redirectUri}/`],
    ['with a query', `${demo.redirectUri}?a=b`],
    ['with another case', demo.redirectUri.replace('localhost', 'LOCALHOST')],
    ['the other loopback name', demo.redirectUri.replace('localhost', '127.0.0.1')],
    ['without scheme', 'localhost:4600/callback/p4oauth-demo'],
    ['empty', ''],
  ];
  test.each(notOnIt)('byte for byte: %s is never redirected to', async (_row, redirectUri) => {
    const answers = [
      await get(server, authorize, { ...start, redirect_uri: redirectUri }),
      await post(server, authorize, { ...loginForm, redirect_uri: redirectUri }),
      await post(server, '/grants/password', { ...passwordForm, redirect_uri: redirectUri }),
    ];
    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [400, null],
      [400, null],
      [400, null],
    ]);
  });

  test('a whitelisted URI keeps its own query', async () => {
    const redirectUri = 'http://localhost:4600/callback/p4oauth-demo?site=one';
    server.control.register({ redirectUri });
    const { headers } = await post(server, '/grants/password', { ...passwordForm, redirect_uri: redirectUri });
    expect(headers.get('location')?.startsWith(`${redirectUri}&code=`)).toBe(true);
  });

  test('the console’s entry can be moved; the other stays', async () => {
    const redirectUri = 'http://localhost:5999/callback/p4oauth-demo';
    expect(server.control.setRedirectUri({ redirectUri })).toEqual({ redirectUri, host: 'localhost:5999' });
    expect(server.control.registrations()).toEqual([
      { redirectUri, host: 'localhost:5999' },
      { redirectUri: demo.otherRedirectUri, host: 'reviews.example.test' },
    ]);
    expect((await get(server, authorize, start)).status).toBe(400);
    expect((await get(server, authorize, { ...start, redirect_uri: redirectUri })).status).toBe(200);
  });

  test('what was taken off is refused', async () => {
    server.control.unregister({ redirectUri: demo.redirectUri });
    expect((await get(server, authorize, start)).status).toBe(400);
  });
});

test.each(['/logout', '/revoke', '/introspect', '/grants/refresh', '/keys'])('there is no %s', async (path) => {
  expect((await post(server, path, {})).status).toBe(404);
});
