import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { get, newCode, post, tokenForm, without } from './call-p4oauth.ts';
import type { Answered, Fields, P4OAuth } from './call-p4oauth.ts';
import { standIn } from './server.ts';
import { demo } from './world.ts';

let server: P4OAuth;
beforeAll(async () => {
  server = await standIn.start();
});
beforeEach(() => server.control.reset());
afterAll(() => server.close());

const exchange = (form: Fields, headers?: Fields): Promise<Answered> => post(server, '/grants/token', form, headers);
const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

async function tokens(): Promise<{ accessToken: string; ticket: string }> {
  const { json } = await exchange(tokenForm(newCode(server)));
  return { accessToken: String(json?.access_token), ticket: String(json?.perforce_token) };
}

const fetchTicket = (accessToken: string, query: Fields = {}, scheme = 'Bearer'): Promise<Answered> =>
  get(
    server,
    '/p4token',
    { redirect_uri: demo.redirectUri, client_id: 'alice', ...query },
    { authorization: `${scheme} ${accessToken}` },
  );

describe('POST /grants/token', () => {
  test('the documented answer: no expiry, no refresh token, no scope', async () => {
    const { status, json, headers } = await exchange(tokenForm(newCode(server)));
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/json');
    expect(json).toEqual({
      token_type: 'bearer',
      access_token: expect.stringMatching(/^A\d{6}-\d{6}-\d{9}$/) as string,
      perforce_token: expect.stringMatching(/^[0-9A-F]{32}$/) as string,
    });
  });

  test('with expires_in where the server says so', async () => {
    server.control.configure({ reportsExpiry: true, accessTokenSeconds: 900 });
    expect((await exchange(tokenForm(newCode(server)))).json?.expires_in).toBe(900);
  });

  test('nothing to say about a token that has no end', async () => {
    server.control.configure({ reportsExpiry: true, accessTokenSeconds: null });
    expect((await exchange(tokenForm(newCode(server)))).json).not.toHaveProperty('expires_in');
  });

  test.each<[string, (form: Fields) => Fields, string]>([
    ['no grant_type', (form) => without(form, 'grant_type'), 'invalid_request'],
    ['no code', (form) => without(form, 'code'), 'invalid_request'],
    ['no redirect_uri', (form) => without(form, 'redirect_uri'), 'invalid_request'],
    ['no client_id', (form) => without(form, 'client_id'), 'invalid_request'],
    ['another grant_type', (form) => ({ ...form, grant_type: 'password' }), 'unsupported_grant_type'],
    ['an unknown code', (form) => ({ ...form, code: 'not-a-code' }), 'invalid_grant'],
    ['another redirect_uri', (form) => ({ ...form, redirect_uri: demo.otherRedirectUri }), 'invalid_grant'],
    ['another login', (form) => ({ ...form, client_id: 'bob' }), 'invalid_grant'],
  ])('%s: 400', async (_row, change, error) => {
    const { status, json } = await exchange(change(tokenForm(newCode(server))));
    expect([status, json?.error]).toEqual([400, error]);
  });

  test('a code works once', async () => {
    const form = tokenForm(newCode(server));
    expect((await exchange(form)).status).toBe(200);
    expect((await exchange(form)).json?.error).toBe('invalid_grant');
  });

  test('a code that was refused is gone too', async () => {
    const form = tokenForm(newCode(server));
    expect((await exchange({ ...form, client_id: 'bob' })).status).toBe(400);
    expect((await exchange(form)).json?.error).toBe('invalid_grant');
  });

  test('a code ends', async () => {
    server.control.clock({ rate: 0 });
    const [inTime, late] = [tokenForm(newCode(server)), tokenForm(newCode(server))];
    server.control.clock({ advanceMs: 599_000 });
    expect((await exchange(inTime)).status).toBe(200);
    server.control.clock({ advanceMs: 1000 });
    expect((await exchange(late)).json?.error).toBe('invalid_grant');
  });

  test('it reads forms only', async () => {
    const body = JSON.stringify(tokenForm(newCode(server)));
    const headers = { 'content-type': 'application/json' };
    expect((await fetch(`${server.url}/grants/token`, { method: 'POST', body, headers })).status).toBe(400);
  });

  test.each([
    ['json', 'application/json', /^\{"error":"invalid_grant","error_description":"/],
    ['text', 'text/plain;charset=UTF-8', /^The code is not valid$/],
    ['html', 'text/html;charset=UTF-8', /^<!DOCTYPE html>/],
  ] as const)('an error in %s', async (errorShape, contentType, says) => {
    server.control.configure({ errorShape });
    const { status, headers, text } = await exchange(tokenForm('not-a-code'));
    expect([status, headers.get('content-type')]).toEqual([400, contentType]);
    expect(text).toMatch(says);
  });
});

describe('client authentication', () => {
  test.each([
    ['none', undefined],
    ['not asked for', basic('alice', 'whatever')],
  ])('none: %s', async (_row, authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    expect((await exchange(tokenForm(newCode(server)), headers)).status).toBe(200);
  });

  test.each([
    ['the login and the secret', basic('alice', demo.clientSecret), 200],
    ['a wrong secret', basic('alice', 'wrong'), 401],
    ['another login', basic('bob', demo.clientSecret), 401],
    ['an empty secret', basic('alice', ''), 401],
    ['no header', undefined, 401],
  ])('basic: %s: %s', async (_row, authorization, status) => {
    server.control.configure({ clientAuthentication: 'basic' });
    const form = tokenForm(newCode(server));
    const answered = await exchange(form, authorization === undefined ? {} : { authorization });
    expect(answered.status).toBe(status);
    if (status === 401) {
      expect(answered.json?.error).toBe('invalid_client');
      expect(answered.headers.get('www-authenticate')).toBe('Basic realm="P4OAuth"');
      // The code was not looked at.
      expect((await exchange(form, { authorization: basic('alice', demo.clientSecret) })).status).toBe(200);
    }
  });

  test.each([
    ['form-encoded', basic('a%2Bb', 'not+a%3Areal%26secret')],
    ['as they are', basic('a+b', 'not a:real&secret')],
  ])('basic: login and secret %s', async (_row, authorization) => {
    server.control.configure({ clientAuthentication: 'basic', clientSecret: 'not a:real&secret' });
    server.control.putPerson({ login: 'a+b' });
    const { code } = server.control.openCode({ login: 'a+b', redirectUri: demo.redirectUri });
    expect((await exchange({ ...tokenForm(code), client_id: 'a+b' }, { authorization })).status).toBe(200);
  });
});

describe('GET /p4token', () => {
  test('the ticket of the own host, as text, the same that came with the token', async () => {
    const { accessToken, ticket } = await tokens();
    const { status, headers, text } = await fetchTicket(accessToken, { state: 'anything' });
    expect([status, headers.get('content-type')]).toEqual([200, 'text/plain;charset=UTF-8']);
    expect(text.trim()).toBe(ticket);
  });

  test('another host has another ticket', async () => {
    const { accessToken, ticket } = await tokens();
    const other = await fetchTicket(accessToken, { redirect_uri: demo.otherRedirectUri });
    expect(other.status).toBe(200);
    expect(other.text.trim()).toMatch(/^[0-9A-F]{32}$/);
    expect(other.text.trim()).not.toBe(ticket);
  });

  test('a ticket ends after 12 hours or when p4 logs out; the access token fetches the next', async () => {
    server.control.clock({ rate: 0 });
    server.control.configure({ accessTokenSeconds: null });
    const { accessToken, ticket } = await tokens();
    server.control.clock({ advanceMs: 43_200_000 });
    const second = (await fetchTicket(accessToken)).text;
    expect(second.trim()).not.toBe(ticket);
    expect(server.control.endTickets({ login: 'alice' })).toEqual({ ended: 1 });
    expect((await fetchTicket(accessToken)).text).not.toBe(second);
  });

  test.each([
    ['json', 'application/json', /^\{"perforce_token":"[0-9A-F]{32}"\}$/],
    ['login-page', 'text/html;charset=UTF-8', /<form>/],
    ['empty', 'text/plain;charset=UTF-8', /^$/],
  ] as const)('as %s where the server says so', async (ticketAs, contentType, says) => {
    const { accessToken } = await tokens();
    server.control.configure({ ticketAs });
    const { status, headers, text } = await fetchTicket(accessToken);
    expect([status, headers.get('content-type')]).toEqual([200, contentType]);
    expect(text).toMatch(says);
  });

  const dead: [string, (accessToken: string) => Promise<Answered>][] = [
    ['an unknown token', () => fetchTicket('A1-2-3')],
    ['no token', () => get(server, '/p4token', { redirect_uri: demo.redirectUri, client_id: 'alice' })],
    ['the scheme in lower case', (accessToken) => fetchTicket(accessToken, {}, 'bearer')],
    [
      'a token in the query',
      (accessToken) =>
        get(server, '/p4token', { redirect_uri: demo.redirectUri, client_id: 'alice', access_token: accessToken }),
    ],
    [
      'a token that was ended',
      (accessToken) => {
        expect(server.control.endAccessTokens({ login: 'alice' })).toEqual({ ended: 1 });
        return fetchTicket(accessToken);
      },
    ],
    [
      'a token past its end, which nobody was told',
      (accessToken) => {
        server.control.clock({ advanceMs: 43_200_000 });
        return fetchTicket(accessToken);
      },
    ],
  ];
  test.each(dead)('401: %s', async (_row, ask) => {
    const { status, headers } = await ask((await tokens()).accessToken);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer realm="P4OAuth", error="invalid_token"');
  });

  test.each([
    ['400: a redirect URI that is not whitelisted', { redirect_uri: `${demo.redirectUri}/` }, 400],
    ['403: the login of somebody else', { client_id: 'bob' }, 403],
    ['403: no login', { client_id: '' }, 403],
  ])('%s', async (_row, query, status) => {
    const { accessToken } = await tokens();
    expect((await fetchTicket(accessToken, query)).status).toBe(status);
  });
});

test('the ledger names every call and keeps no value', async () => {
  const { accessToken } = await tokens();
  await fetchTicket(accessToken);
  await get(server, '/grants/authorization_code');
  await post(server, '/grants/authorization_code', {});
  await post(server, '/grants/password', { password: 'canary-password' });
  await post(server, '/grants/refresh', {});
  const entries = server.control.ledger();
  expect(entries.map(({ operation }) => operation)).toEqual([
    'token',
    'p4token',
    'authorize',
    'log-in',
    'password-grant',
    'unknown',
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/canary|A\d{6}-/);
});
