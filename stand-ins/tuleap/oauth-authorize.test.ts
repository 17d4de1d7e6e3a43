import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { authorize, authorizeFields, call, challenge, consent, token, codeForm, without } from './call-tuleap.ts';
import type { Answered, Fields, Tuleap } from './call-tuleap.ts';
import { standIn } from './server.ts';
import { demo } from './world.ts';

let server: Tuleap;
beforeAll(async () => {
  server = await standIn.start();
});
beforeEach(() => server.control.reset());
afterAll(() => server.close());

const signedIn = (username = 'alice') => ({ cookie: server.control.openWebSession({ username }).cookie });
const sentBack = ({ status, location }: Answered): Record<string, string> => {
  expect(status).toBe(302);
  expect(location?.startsWith(`${demo.redirectUri}?`)).toBe(true);
  return Object.fromEntries(new URL(location ?? '').searchParams);
};

describe('login and consent', () => {
  test('a browser that is not signed in logs in, consents, and comes back with a code', async () => {
    const first = await authorize(server, authorizeFields);
    expect(first.status).toBe(302);
    expect(first.location?.startsWith('/account/login.php?return_to=')).toBe(true);

    const form = await call(server, 'GET', first.location ?? '');
    expect(form.text).toContain('name="form_loginname"');
    const returnTo = new URLSearchParams((first.location ?? '').split('?')[1]).get('return_to') ?? '';
    const login = { form_loginname: 'alice', form_pw: 'alice-demo-password', return_to: returnTo };
    const loggedIn = await call(server, 'POST', '/account/login.php', { form: login });
    expect([loggedIn.status, loggedIn.location]).toEqual([302, returnTo]);
    const cookie = loggedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect(loggedIn.headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Lax$/);

    const shown = await call(server, 'GET', returnTo, { headers: { cookie } });
    expect(shown.status).toBe(200);
    expect(shown.text).toContain('<code>openid</code>');
    expect(shown.headers.get('content-security-policy')).toContain(`form-action 'self' ${demo.redirectUri}`);
    const fields = sentBack(await consent(server, shown, 'authorize', { cookie }));
    expect(fields).toEqual({
      code: expect.stringMatching(/^tlp-oauth2-ac1-\d+\.[0-9a-f]{64}$/) as string,
      state: 'state-of-this-tab',
    });
    expect((await token(server, codeForm(fields.code ?? ''))).status).toBe(200);
  });

  test.each([
    ['a wrong password', 'alice', 'wrong', /Invalid Password Or User Name/],
    ['a suspended account', 'suspended', 'suspended-demo-password', /suspended/],
    ['an account without password', 'passkey', 'passkey-demo-password', /Invalid Password Or User Name/],
  ])('%s: the form again, with the reason', async (_row, username, password, says) => {
    const form = { form_loginname: username, form_pw: password, return_to: '/oauth2/authorize?a="b' };
    const { status, text, headers } = await call(server, 'POST', '/account/login.php', { form });
    expect([status, headers.get('set-cookie')]).toEqual([200, null]);
    expect(text).toMatch(says);
    expect(text).not.toContain('a="b');
  });

  test.each(['https://evil.example.test/', '//evil.example.test/', '/\\evil.example.test/', ''])(
    'a login never leads to %s',
    async (returnTo) => {
      const form = { form_loginname: 'alice', form_pw: 'alice-demo-password', return_to: returnTo };
      expect((await call(server, 'POST', '/account/login.php', { form })).location).toBe('/');
    },
  );

  test('denied: access_denied, and nothing is remembered', async () => {
    const headers = signedIn();
    const shown = await authorize(server, authorizeFields, headers);
    expect(sentBack(await consent(server, shown, 'deny', headers))).toEqual({
      error: 'access_denied',
      state: 'state-of-this-tab',
    });
    expect((await authorize(server, authorizeFields, headers)).status).toBe(200);
  });

  test('a consent page answers once, and only in the browser that it was shown to', async () => {
    const headers = signedIn();
    const shown = await authorize(server, authorizeFields, headers);
    expect((await consent(server, shown, 'authorize', signedIn('bob'))).status).toBe(403);
    expect((await consent(server, shown, 'authorize', headers)).status).toBe(403);
  });

  test('what was agreed to once is not asked again; more is, and offline_access always', async () => {
    const headers = signedIn();
    await consent(
      server,
      await authorize(server, { ...authorizeFields, scope: 'openid profile offline_access' }, headers),
      'authorize',
      headers,
    );
    expect(sentBack(await authorize(server, authorizeFields, headers))).toHaveProperty('code');
    expect((await authorize(server, { ...authorizeFields, scope: 'openid email' }, headers)).status).toBe(200);
    expect((await authorize(server, { ...authorizeFields, scope: 'openid offline_access' }, headers)).status).toBe(200);
    expect((await authorize(server, { ...authorizeFields, prompt: 'consent' }, headers)).status).toBe(200);
    expect((await authorize(server, authorizeFields, signedIn('bob'))).status).toBe(200);
  });

  test('the form may be posted', async () => {
    const shown = await call(server, 'POST', '/oauth2/authorize', { form: authorizeFields, headers: signedIn() });
    expect([shown.status, shown.text]).toEqual([200, expect.stringContaining('name="consent"') as string]);
  });
});

describe('refused without a redirect', () => {
  const rows: [string, Fields][] = [
    ['another redirect URI', { ...authorizeFields, redirect_uri: `${demo.redirectUri}/` }],
    [
      'the other loopback name',
      { ...authorizeFields, redirect_uri: demo.redirectUri.replace('localhost', '127.0.0.1') },
    ],
    ['no redirect URI', without(authorizeFields, 'redirect_uri')],
    ['an unknown client', { ...authorizeFields, client_id: 'tlp-client-id-99' }],
    ['a client id that is none', { ...authorizeFields, client_id: '1' }],
    ['no client', without(authorizeFields, 'client_id')],
  ];
  test.each(rows)('%s: a 403 page', async (_row, fields) => {
    const { status, location, headers } = await authorize(server, fields, signedIn());
    expect([status, location, headers.get('content-type')]).toEqual([403, null, 'text/html;charset=UTF-8']);
  });

  test('an app of a project that is not active', async () => {
    server.control.putApp({ name: 'Keyward', active: false });
    expect((await authorize(server, authorizeFields, signedIn())).status).toBe(403);
  });
});

describe('refused with a redirect: an error, the state, and never a description', () => {
  const rows: [string, Fields, string][] = [
    ['another response_type', { ...authorizeFields, response_type: 'token' }, 'invalid_request'],
    ['no response_type', without(authorizeFields, 'response_type'), 'invalid_request'],
    ['request', { ...authorizeFields, request: 'x' }, 'request_not_supported'],
    ['request_uri', { ...authorizeFields, request_uri: 'https://x.example.test' }, 'request_uri_not_supported'],
    ['registration', { ...authorizeFields, registration: '{}' }, 'registration_not_supported'],
    ['prompt none and more', { ...authorizeFields, prompt: 'none login' }, 'invalid_request'],
    ['no scope', without(authorizeFields, 'scope'), 'invalid_scope'],
    ['an unknown scope', { ...authorizeFields, scope: 'openid write:everything' }, 'invalid_scope'],
    [
      'PKCE forced and no challenge',
      without(authorizeFields, 'code_challenge', 'code_challenge_method'),
      'invalid_request',
    ],
    [
      'a challenge without method, which is plain',
      without(authorizeFields, 'code_challenge_method'),
      'invalid_request',
    ],
    ['the method plain', { ...authorizeFields, code_challenge_method: 'plain' }, 'invalid_request'],
    ['a challenge with padding', { ...authorizeFields, code_challenge: `${challenge}=` }, 'invalid_request'],
    [
      'a challenge of another length',
      { ...authorizeFields, code_challenge: challenge.slice(0, 40) },
      'invalid_request',
    ],
    ['prompt none before any consent', { ...authorizeFields, prompt: 'none' }, 'interaction_required'],
    [
      'prompt none with offline_access',
      { ...authorizeFields, prompt: 'none', scope: 'offline_access' },
      'interaction_required',
    ],
  ];
  test.each(rows)('%s', async (_row, fields, error) => {
    expect(sentBack(await authorize(server, fields, signedIn()))).toEqual({ error, state: 'state-of-this-tab' });
  });

  test('prompt none without a session: login_required', async () => {
    expect(sentBack(await authorize(server, { ...authorizeFields, prompt: 'none' }))).toEqual({
      error: 'login_required',
      state: 'state-of-this-tab',
    });
  });

  test('without a state none comes back', async () => {
    const fields = without({ ...authorizeFields, response_type: 'token' }, 'state');
    expect(sentBack(await authorize(server, fields))).toEqual({ error: 'invalid_request' });
  });
});

describe('prompt and max_age', () => {
  test('prompt login asks again, once', async () => {
    const { location } = await authorize(server, { ...authorizeFields, prompt: 'login consent' }, signedIn());
    const returnTo = new URLSearchParams((location ?? '').split('?')[1]).get('return_to') ?? '';
    expect(new URLSearchParams(returnTo.split('?')[1]).get('prompt')).toBe('consent');
  });

  test('max_age asks again when the login is too old', async () => {
    server.control.clock({ rate: 0 });
    const headers = signedIn();
    expect((await authorize(server, { ...authorizeFields, max_age: '600' }, headers)).status).toBe(200);
    server.control.clock({ advanceMs: 600_000 });
    expect((await authorize(server, { ...authorizeFields, max_age: '600' }, headers)).status).toBe(302);
  });
});

describe('registration', () => {
  test.each([
    ['https://app.example.test/callback', true],
    ['https://app.example.test/callback?site=1', true],
    ['http://localhost', true],
    ['http://localhost:4600/callback/tuleap-demo', true],
    ['http://127.0.0.1:4600/callback', false],
    ['http://app.example.test/callback', false],
    ['https://app.example.test/#/callback', false],
    ['http://localhost:4600/#callback', false],
    ['callback', false],
  ])('%s: %s', (redirectUri, isFine) => {
    const register = () => server.control.setRedirectUri({ redirectUri });
    if (isFine) expect(register()).toEqual({ clientId: 'tlp-client-id-1' });
    else expect(register).toThrow('redirection endpoint');
  });

  test('the moved endpoint counts from then on and keeps its own query', async () => {
    const redirectUri = 'http://localhost:5999/callback/tuleap-demo?site=1';
    server.control.setRedirectUri({ redirectUri });
    const headers = signedIn();
    expect((await authorize(server, authorizeFields, headers)).status).toBe(403);
    const shown = await authorize(server, { ...authorizeFields, redirect_uri: redirectUri }, headers);
    const { location } = await consent(server, shown, 'authorize', headers);
    expect(location?.startsWith(`${redirectUri}&code=`)).toBe(true);
  });

  test('PKCE is not asked of an app that does not force it', async () => {
    const { clientId, redirectUri } = server.control.putApp({ name: 'Old app' });
    const fields = { ...authorizeFields, client_id: clientId, redirect_uri: redirectUri };
    const shown = await authorize(server, without(fields, 'code_challenge', 'code_challenge_method'), signedIn());
    expect(shown.text).toContain('name="consent"');
  });

  test.each(['/plugins/oauth2_server/project/101/admin', '/plugins/oauth2_server/admin'])(
    '%s shows it',
    async (path) => {
      const { text } = await call(server, 'GET', path);
      expect(text).toContain('tlp-client-id-1');
      expect(text).toContain(demo.redirectUri);
      expect(text).not.toContain(demo.clientSecret);
    },
  );
});
