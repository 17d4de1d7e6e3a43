import { createPublicKey, verify } from 'node:crypto';
import type { JsonWebKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint } from '../ledger.ts';
import { asClient, basic, call, codeForm, newCode, refreshForm, token, without } from './call-tuleap.ts';
import type { Answered, Fields, Tuleap } from './call-tuleap.ts';
import { standIn } from './server.ts';
import { demo } from './world.ts';

let server: Tuleap;
beforeAll(async () => {
  server = await standIn.start();
});
beforeEach(() => server.control.reset());
afterAll(() => server.close());

interface Pair {
  readonly access_token: string;
  readonly refresh_token: string;
}

const all = 'openid profile offline_access read:project';
const openPair = () => server.control.openGrant({ username: 'alice', scopes: all.split(' ') });
const isAlive = async (accessToken: string): Promise<boolean> =>
  (await call(server, 'GET', '/api/projects', { headers: { authorization: `Bearer ${accessToken}` } })).status === 200;
const refused = (answered: Answered, status: number, error: string): void => {
  expect(answered).toMatchObject({ status, json: { error } });
  expect(Object.keys(answered.json as object)).toEqual(['error']);
};

describe('a code', () => {
  test('becomes tokens; no scope and no expiry of the refresh token is said', async () => {
    const { status, json, headers } = await token(server, codeForm(await newCode(server, { scope: all })));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json;charset=UTF-8');
    expect(json).toEqual({
      token_type: 'Bearer',
      access_token: expect.stringMatching(/^tlp-oauth2-at1-\d+\.[0-9a-f]{64}$/) as string,
      expires_in: 3600,
      refresh_token: expect.stringMatching(/^tlp-oauth2-rt1-\d+\.[0-9a-f]{64}$/) as string,
      id_token: expect.any(String) as string,
    });
    expect(await isAlive((json as Pair).access_token)).toBe(true);
  });

  test('without offline_access there is no refresh token', async () => {
    const { json } = await token(server, codeForm(await newCode(server, { scope: 'read:project' })));
    expect(Object.keys(json as object)).toEqual(['token_type', 'access_token', 'expires_in']);
  });

  test('the ID token is signed with a key of the key set and lives for two minutes', async () => {
    server.control.clock({ rate: 0 });
    const { json } = await token(server, codeForm(await newCode(server, { nonce: 'nonce-of-this-tab' })));
    const [head = '', payload = '', signature = ''] = (json as { id_token: string }).id_token.split('.');
    const decode = (part: string): Record<string, unknown> =>
      JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;
    const { json: set } = await call(server, 'GET', '/oauth2/jwks');
    const [jwk] = (set as { keys: JsonWebKey[] }).keys;
    const nowSeconds = Math.floor(server.control.clock().nowMs / 1000);
    expect(decode(head)).toEqual({ typ: 'JWT', alg: 'RS256', kid: jwk?.kid });
    expect(decode(payload)).toEqual({
      ...{ iss: server.url, aud: 'tlp-client-id-1', sub: '102', nonce: 'nonce-of-this-tab' },
      ...{ iat: nowSeconds, exp: nowSeconds + 120, auth_time: nowSeconds },
    });
    const key = createPublicKey({ key: jwk ?? {}, format: 'jwk' });
    expect(verify('sha256', Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  test('lives for a minute', async () => {
    server.control.clock({ rate: 0 });
    const [inTime, late] = [await newCode(server), await newCode(server)];
    server.control.clock({ advanceMs: 59_000 });
    expect((await token(server, codeForm(inTime))).status).toBe(200);
    server.control.clock({ advanceMs: 1000 });
    refused(await token(server, codeForm(late)), 400, 'invalid_grant');
  });

  test('a second use ends the whole grant', async () => {
    const code = await newCode(server, { scope: all });
    const { json } = await token(server, codeForm(code));
    refused(await token(server, codeForm(code)), 400, 'invalid_grant');
    expect(await isAlive((json as Pair).access_token)).toBe(false);
    refused(await token(server, refreshForm((json as Pair).refresh_token)), 400, 'invalid_grant');
  });

  const burning: [string, (form: Fields) => Fields, string][] = [
    ['no verifier', (form) => without(form, 'code_verifier'), 'invalid_grant'],
    ['another verifier', (form) => ({ ...form, code_verifier: 'b'.repeat(43) }), 'invalid_grant'],
    ['a verifier that is too short', (form) => ({ ...form, code_verifier: 'short' }), 'invalid_grant'],
    ['no redirect URI', (form) => without(form, 'redirect_uri'), 'invalid_request'],
    ['another redirect URI', (form) => ({ ...form, redirect_uri: `${demo.redirectUri}/` }), 'invalid_grant'],
  ];
  test.each(burning)('burnt by %s', async (_row, change, error) => {
    const form = codeForm(await newCode(server));
    refused(await token(server, change(form)), 400, error);
    refused(await token(server, form), 400, 'invalid_grant');
  });

  test('of another app: refused', async () => {
    const other = server.control.putApp({ name: 'Other' });
    const form = codeForm(await newCode(server));
    refused(await token(server, form, { authorization: basic(other.clientId, other.secret) }), 400, 'invalid_grant');
  });

  test.each([
    ['no code', { grant_type: 'authorization_code' }, 'invalid_request'],
    ['no grant_type', { code: 'x' }, 'invalid_request'],
    [
      'a grant_type that there is none of',
      { grant_type: 'password', username: 'alice', password: 'x' },
      'invalid_grant',
    ],
    ['client_credentials', { grant_type: 'client_credentials' }, 'invalid_grant'],
    ['a code of another form', { grant_type: 'authorization_code', code: 'garbage' }, 'invalid_grant'],
    ['no refresh token', { grant_type: 'refresh_token' }, 'invalid_request'],
    ['a refresh token of another form', { grant_type: 'refresh_token', refresh_token: 'garbage' }, 'invalid_grant'],
  ])('%s', async (_row, form: Record<string, string>, error) => {
    refused(await token(server, form), 400, error);
  });
});

describe('the client: always confidential, by Basic only', () => {
  const form = { grant_type: 'refresh_token', refresh_token: 'x' };
  const clientId = 'tlp-client-id-1';
  test.each([
    ['no header', {}, form],
    ['a wrong secret', { authorization: basic(clientId, `tlp-oauth2-c1-1.${'0'.repeat(64)}`) }, form],
    ['a secret that is none', { authorization: basic(clientId, 'secret') }, form],
    ['another client', { authorization: basic('tlp-client-id-9', demo.clientSecret) }, form],
    ['URL-encoded', { authorization: basic(clientId, demo.clientSecret.replace('.', '%2E')) }, form],
    ['in the body', {}, { ...form, client_id: clientId, client_secret: demo.clientSecret }],
    ['PKCE alone', {}, { ...codeForm('x'), client_id: clientId }],
  ])('%s: 401', async (_row, headers, fields) => {
    const answered = await token(server, fields, headers);
    refused(answered, 401, 'invalid_client');
    expect(answered.headers.get('www-authenticate')).toBe('Basic realm="Tuleap OAuth2 Token Endpoint"');
  });

  test('an app of a project that is not active: 401', async () => {
    server.control.putApp({ name: 'Keyward', active: false });
    refused(await token(server, form), 401, 'invalid_client');
  });

  test('a wrong secret spends nothing', async () => {
    const { refreshToken } = openPair();
    refused(
      await token(server, refreshForm(refreshToken), { authorization: basic(clientId, 'wrong') }),
      401,
      'invalid_client',
    );
    expect((await token(server, refreshForm(refreshToken))).status).toBe(200);
  });
});

describe('a refresh token', () => {
  const refresh = (refreshToken: string | null, more: Fields = {}): Promise<Answered> =>
    token(server, { ...refreshForm(refreshToken), ...more });

  test('gives a new pair; the old access token lives on', async () => {
    const first = openPair();
    const { status, json } = await refresh(first.refreshToken);
    const second = json as Pair;
    expect(status).toBe(200);
    expect(Object.keys(second)).toEqual(['token_type', 'access_token', 'expires_in', 'refresh_token']);
    expect(second.refresh_token).not.toBe(first.refreshToken);
    expect([await isAlive(first.accessToken), await isAlive(second.access_token)]).toEqual([true, true]);
  });

  test('is single-use: a second use ends the whole grant, the new pair included', async () => {
    const first = openPair();
    const second = (await refresh(first.refreshToken)).json as Pair;
    refused(await refresh(first.refreshToken), 400, 'invalid_grant');
    expect([await isAlive(first.accessToken), await isAlive(second.access_token)]).toEqual([false, false]);
    refused(await refresh(second.refresh_token), 400, 'invalid_grant');
    expect(server.control.grants()).toEqual([]);
    expect(server.control.spends()[fingerprint(first.refreshToken ?? '')]).toBe(2);
  });

  test('reuse leaves other grants of the same person alone', async () => {
    const [first, other] = [openPair(), openPair()];
    await refresh(first.refreshToken);
    await refresh(first.refreshToken);
    expect(await isAlive(other.accessToken)).toBe(true);
  });

  test('lives for six hours, each one anew', async () => {
    server.control.clock({ rate: 0 });
    const first = openPair();
    server.control.clock({ advanceMs: 6 * 3_600_000 - 1000 });
    const second = (await refresh(first.refreshToken)).json as Pair;
    server.control.clock({ advanceMs: 6 * 3_600_000 });
    refused(await refresh(second.refresh_token), 400, 'invalid_grant');
  });

  test('an access token lives for an hour', async () => {
    server.control.clock({ rate: 0 });
    const { accessToken } = openPair();
    server.control.clock({ advanceMs: 3_599_000 });
    expect(await isAlive(accessToken)).toBe(true);
    server.control.clock({ advanceMs: 1000 });
    expect(await isAlive(accessToken)).toBe(false);
  });

  test('fewer scopes are fewer for good, and without offline_access there is no next one', async () => {
    const less = (await refresh(openPair().refreshToken, { scope: 'openid offline_access' })).json as Pair;
    expect(await isAlive(less.access_token)).toBe(false);
    refused(await refresh(less.refresh_token, { scope: 'openid offline_access read:project' }), 400, 'invalid_scope');
    const last = (await refresh(openPair().refreshToken, { scope: 'read:project' })).json as object;
    expect(last).not.toHaveProperty('refresh_token');
  });

  test('is spent before the scopes are looked at', async () => {
    const { refreshToken, accessToken } = openPair();
    refused(await refresh(refreshToken, { scope: 'read:tracker' }), 400, 'invalid_scope');
    refused(await refresh(refreshToken), 400, 'invalid_grant');
    expect(await isAlive(accessToken)).toBe(false);
  });

  test('of another app: refused', async () => {
    const other = server.control.putApp({ name: 'Other' });
    const headers = { authorization: basic(other.clientId, other.secret) };
    refused(await token(server, refreshForm(openPair().refreshToken), headers), 400, 'invalid_grant');
  });

  test('the ledger counts what was spent', async () => {
    const { refreshToken } = openPair();
    await refresh(refreshToken);
    expect(server.control.spends()).toEqual({ [fingerprint(refreshToken ?? '')]: 1 });
    expect(server.control.ledger({ operation: 'refresh' })).toHaveLength(1);
  });
});

describe('revocation', () => {
  const revoke = (form: Fields, headers: Fields = asClient): Promise<Answered> =>
    call(server, 'POST', '/oauth2/token/revoke', { headers, form });

  const which: [string, (pair: Pair) => string][] = [
    ['the access token', (pair) => pair.access_token],
    ['the refresh token', (pair) => pair.refresh_token],
  ];
  test.each(which)('%s: 200 with an empty body, and the whole grant is dead', async (_row, pick) => {
    const first = openPair();
    const second = (await token(server, refreshForm(first.refreshToken))).json as Pair;
    expect(await revoke({ token: pick(second), token_type_hint: 'nonsense' })).toMatchObject({ status: 200, text: '' });
    expect([await isAlive(first.accessToken), await isAlive(second.access_token)]).toEqual([false, false]);
    refused(await token(server, refreshForm(second.refresh_token)), 400, 'invalid_grant');
  });

  test('the remembered consent stays', async () => {
    const { json } = await token(server, codeForm(await newCode(server)));
    await revoke({ token: (json as Pair).access_token });
    expect(await newCode(server)).toMatch(/^tlp-oauth2-ac1-/);
  });

  test.each(['garbage', `tlp-oauth2-at1-999.${'0'.repeat(64)}`, ''])(
    'unknown (%s): 200 all the same',
    async (value) => {
      expect(await revoke({ token: value })).toMatchObject({ status: 200, text: '' });
    },
  );

  test('of another app: 200, and nothing happened', async () => {
    const other = server.control.putApp({ name: 'Other' });
    const { accessToken } = openPair();
    expect((await revoke({ token: accessToken }, { authorization: basic(other.clientId, other.secret) })).status).toBe(
      200,
    );
    expect(await isAlive(accessToken)).toBe(true);
  });

  test('a wrong client secret: 401, and the token lives', async () => {
    const { accessToken } = openPair();
    const answered = await revoke({ token: accessToken }, { authorization: basic('tlp-client-id-1', 'wrong') });
    refused(answered, 401, 'invalid_client');
    expect(answered.headers.get('www-authenticate')).toBe('Basic realm="Tuleap OAuth2 Token Revocation Endpoint"');
    expect(await isAlive(accessToken)).toBe(true);
  });

  test('no token: 400', async () => {
    refused(await revoke({ hint: 'x' }), 400, 'invalid_request');
  });
});
