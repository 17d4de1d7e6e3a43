import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aliceId, aliceKey, apiError, basic, call } from './call-tuleap.ts';
import type { Answered, Tuleap } from './call-tuleap.ts';
import { standIn } from './server.ts';

let server: Tuleap;
beforeAll(async () => {
  server = await standIn.start();
});
beforeEach(() => server.control.reset());
afterAll(() => server.close());

const good = { username: 'alice', password: 'alice-demo-password' };
const create = (body: unknown, headers = {}): Promise<Answered> =>
  call(server, 'POST', '/api/tokens', { body, headers });
const headersOf = (token: string, userId: string | number = aliceId) => ({
  'x-auth-token': token,
  'x-auth-userid': String(userId),
});
const openToken = () => server.control.openToken({ username: 'alice' }).token;
const self = async (token: string, userId?: string | number): Promise<number> =>
  (await call(server, 'GET', '/api/users/self', { headers: headersOf(token, userId) })).status;

describe('POST /tokens', () => {
  test('as the code answers: 201, an integer, a relative address', async () => {
    const { status, json } = await create(good);
    const { token } = json as { token: string };
    expect([status, json]).toEqual([201, { user_id: 102, token, uri: `tokens/${token}` }]);
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(await self(token)).toBe(200);
  });

  test('as the documentation says: 200, a string, an absolute path', async () => {
    server.control.configure({ tokenShape: 'documented' });
    const { status, json } = await create(good);
    const { token } = json as { token: string };
    expect([status, json]).toEqual([200, { user_id: '102', token, uri: `/api/tokens/${token}` }]);
    expect(await self(token)).toBe(200);
  });

  test('the slashes of the answer are escaped', async () => {
    expect((await create(good)).text).toMatch(/"uri":"tokens\\\/[0-9a-f]{32}"/);
  });

  test.each([
    ['a wrong password', { ...good, password: 'wrong' }, 401, 'Unauthorized: Invalid Password Or User Name'],
    ['an unknown user', { ...good, username: 'nobody' }, 401, 'Unauthorized: Invalid Password Or User Name'],
    [
      'an account without password',
      { username: 'passkey', password: 'passkey-demo-password' },
      401,
      'Unauthorized: Password authentication is disabled, please use your passkey instead',
    ],
    ['no password', { username: 'alice' }, 400, 'Bad Request: `password` is required.'],
    ['no user name', { password: 'alice-demo-password' }, 400, 'Bad Request: `username` is required.'],
  ])('%s: %s %d', async (_row, body, status, message) => {
    expect(await create(body)).toMatchObject({ status, json: apiError(status, message) });
  });

  test('the words of a refusal depend on the language', async () => {
    server.control.configure({ language: 'fr' });
    expect((await create({ ...good, password: 'wrong' })).json).toMatchObject(
      apiError(401, 'Unauthorized: Mot de passe ou nom d’utilisateur invalide'),
    );
  });

  test('other credentials are not looked at', async () => {
    expect((await create(good, { 'x-auth-accesskey': 'garbage' })).status).toBe(201);
  });

  test('the status of the account is checked when the token is used', async () => {
    const { status, json } = await create({ username: 'suspended', password: 'suspended-demo-password' });
    expect(status).toBe(201);
    const { token, user_id: userId } = json as { token: string; user_id: number };
    expect(await self(token, userId)).toBe(403);
  });

  test('a form does as well as JSON', async () => {
    expect((await call(server, 'POST', '/api/tokens', { form: good })).status).toBe(201);
  });
});

describe('DELETE /tokens/{token}', () => {
  const remove = (token: string, headers = {}): Promise<Answered> =>
    call(server, 'DELETE', `/api/tokens/${token}`, { headers });

  test('200 with an empty body, and the token is dead', async () => {
    const token = openToken();
    expect(await remove(token, headersOf(token))).toMatchObject({ status: 200, text: '' });
    expect(await self(token)).toBe(401);
  });

  test('any way in will do, but not OAuth2', async () => {
    expect((await remove(openToken(), aliceKey)).status).toBe(200);
    expect((await remove(openToken(), { authorization: basic('alice', 'alice-demo-password') })).status).toBe(200);
    const { accessToken } = server.control.openGrant({ username: 'alice' });
    expect((await remove(openToken(), { authorization: `Bearer ${accessToken}` })).status).toBe(401);
    expect((await remove(openToken())).status).toBe(401);
  });

  test.each([
    ['gone', () => 'ffffffffffffffffffffffffffffffff'],
    ['somebody else’s', () => server.control.openToken({ username: 'bob' }).token],
  ])('%s: 400 Invalid Token', async (_row, token) => {
    expect(await remove(token(), aliceKey)).toMatchObject({
      status: 400,
      json: apiError(400, 'Bad Request: Invalid Token'),
    });
  });

  test('all at once: every token of this user, the one in use too, and nobody else’s', async () => {
    const [first, second] = [openToken(), openToken()];
    const bobs = server.control.openToken({ username: 'bob' });
    expect(await call(server, 'DELETE', '/api/tokens', { headers: headersOf(first) })).toMatchObject({
      status: 200,
      text: '',
    });
    expect([await self(first), await self(second), await self(bobs.token, bobs.userId)]).toEqual([401, 401, 200]);
    expect((await call(server, 'DELETE', '/api/tokens')).status).toBe(401);
  });

  test('there is no list', async () => {
    expect((await call(server, 'GET', '/api/tokens', { headers: aliceKey })).status).toBe(405);
  });
});

describe('life: at least 24 hours, then until the next system check', () => {
  const hourMs = 3_600_000;
  beforeEach(() => void server.control.clock({ rate: 0, nowMs: Date.UTC(2026, 2, 13, 12, 10) }));

  test('no call checks the age: the check at 12:30 of the next day removes it', async () => {
    const token = openToken();
    server.control.clock({ advanceMs: 24 * hourMs });
    expect(await self(token)).toBe(200);
    server.control.clock({ advanceMs: 20 * 60_000 - 1000 });
    expect(await self(token)).toBe(200);
    server.control.clock({ advanceMs: 1000 });
    expect(await call(server, 'GET', '/api/users/self', { headers: headersOf(token) })).toMatchObject({
      status: 401,
      json: apiError(401, 'Unauthorized: Invalid Token'),
    });
  });

  test('use does not prolong it', async () => {
    const token = openToken();
    for (let hour = 0; hour < 24; hour += 1) {
      server.control.clock({ advanceMs: hourMs });
      expect(await self(token)).toBe(200);
    }
    server.control.clock({ advanceMs: hourMs });
    expect(await self(token)).toBe(401);
  });

  test('a queue that is stuck lets it live on; a check by hand ends it', async () => {
    server.control.configure({ systemCheckRuns: false });
    const token = openToken();
    server.control.clock({ advanceMs: 48 * hourMs });
    expect(await self(token)).toBe(200);
    expect(server.control.systemCheck()).toEqual({ tokensRemoved: 1 });
    expect(await self(token)).toBe(401);
  });
});
