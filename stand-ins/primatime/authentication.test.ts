import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint } from '../ledger.ts';
import type { RunningStandIn } from '../stand-in.ts';
import { demo } from './account.ts';
import { asker, readDate } from './ask.ts';
import type { Answered, Asker } from './ask.ts';
import type { PrimatimeActions } from './control.ts';
import { errorCodes } from './errors.ts';
import { standIn } from './server.ts';

let primatime: RunningStandIn<PrimatimeActions>;
let ask: Asker;
beforeAll(async () => {
  primatime = await standIn.start();
  ask = asker(primatime.baseUrl, demo.apiKey);
});
afterAll(() => primatime.close());
beforeEach(() => {
  primatime.control.reset();
  primatime.control.clock({ rate: 0 });
});

const hourMs = 3_600_000;
const signIn = async () => (await ask.login(demo.email, demo.password)).body;
const self = (token: unknown) => ask.get('/users/@self', { token: String(token) });
const advance = (advanceMs: number) => primatime.control.clock({ advanceMs });

describe('sign in', () => {
  test.each([
    ['e-mail and password', demo.email, demo.password],
    ['e-mail in another case', demo.email.toUpperCase(), demo.password],
    ['a secret key as user with an empty password', demo.secretKey, ''],
  ])('with %s: token, expiration, refreshToken, refreshExpiration', async (_row, user, password) => {
    const { status, body } = await ask.login(user, password);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['token', 'expiration', 'refreshToken', 'refreshExpiration']);
    expect((await self(body['token'])).status).toBe(200);
  });

  test('a password with a colon and letters beyond Latin-1', async () => {
    primatime.control.putPerson({ email: 'zoë@acme.example', password: 'nope:ž€:' });
    expect((await ask.login('zoë@acme.example', 'nope:ž€:')).status).toBe(200);
  });

  test('a token of one hour and a refresh token of seven days, both counted from now, as /Date(ms)/', async () => {
    const nowMs = primatime.control.clock().nowMs;
    const body = await signIn();
    expect(readDate(body['expiration'])).toBe(nowMs + hourMs);
    expect(readDate(body['refreshExpiration']) - readDate(body['expiration'])).toBe(167 * hourMs);
  });

  test.each<[string, () => Promise<Answered>, number, string]>([
    ['a wrong password', () => ask.login(demo.email, 'wrong'), 401, 'PE01-1001'],
    ['an unknown user', () => ask.login('nobody@acme.example', 'x'), 401, 'PE01-1001'],
    ['an unknown secret key', () => ask.login('00000000-0000-4000-8000-00000000dead', ''), 401, 'PE01-1001'],
    ['a secret key as password', () => ask.login(demo.email, demo.secretKey), 401, 'PE01-1001'],
    ['no Basic header', () => ask.get('/auth/login', { apikey: demo.apiKey }), 401, 'PE01-1001'],
    [
      'a user who is not confirmed',
      () => ask.login('unconfirmed@acme.example', 'unconfirmed-demo-password'),
      401,
      'PE01-1007',
    ],
    ['a user who is inactive', () => ask.login('inactive@acme.example', 'inactive-demo-password'), 403, 'PE01-1008'],
    ['a wrong apikey', () => ask.login(demo.email, demo.password, { apikey: 'x' }), 401, 'PE01-1001'],
    ['no apikey', () => ask.login(demo.email, demo.password, {}), 401, 'PE01-1001'],
  ])('refuses %s', async (_row, attempt, status, code) => {
    expect(await attempt()).toMatchObject({ status, body: { status, code } });
  });

  test('a wrong apikey may be a 400 as well: nobody documents it', async () => {
    primatime.control.configure({ wrongApiKeyStatus: 400 });
    expect((await ask.login(demo.email, demo.password, { apikey: 'x' })).body).toMatchObject({
      status: 400,
      code: 'PE01-1105',
    });
  });

  test("the account's user limit", async () => {
    primatime.control.configure({ userLimitReached: true });
    expect((await ask.login(demo.email, demo.password)).body).toMatchObject({ status: 403, code: 'PE01-1009' });
  });

  test('a secret key past its expiration is refused', async () => {
    const key = primatime.control.addKey({
      email: demo.email,
      expirationMs: primatime.control.clock().nowMs + 1000,
    });
    expect((await ask.login(key.secretKey, '')).status).toBe(200);
    advance(1000);
    expect((await ask.login(key.secretKey, '')).status).toBe(401);
  });
});

describe('refresh', () => {
  test('a new token and a new refresh token; the old one is used up', async () => {
    const first = await signIn();
    advance(60_000);
    const second = await ask.refresh(first['refreshToken']);
    expect(second.status).toBe(200);
    expect(second.body['token']).not.toBe(first['token']);
    expect(second.body['refreshToken']).not.toBe(first['refreshToken']);
    expect(readDate(second.body['refreshExpiration'])).toBe(primatime.control.clock().nowMs + 168 * hourMs);
    expect(await ask.refresh(first['refreshToken'])).toMatchObject({ status: 401, body: { code: 'PE01-1011' } });
    expect((await ask.refresh(second.body['refreshToken'])).status).toBe(200);
  });

  test.each([
    [false, 200],
    [true, 401],
  ])('whether the old token dies with it is unknown: switch %s, %i', async (refreshEndsOldToken, status) => {
    primatime.control.configure({ refreshEndsOldToken });
    const first = await signIn();
    await ask.refresh(first['refreshToken']);
    expect((await self(first['token'])).status).toBe(status);
  });

  test.each<[string, () => Promise<Answered>, number, string]>([
    ['unknown', () => ask.refresh('x'), 401, 'PE01-1011'],
    [
      'older than seven days',
      async () => {
        const { refreshToken } = await signIn();
        advance(168 * hourMs);
        return ask.refresh(refreshToken);
      },
      401,
      'PE01-1011',
    ],
    ['missing', () => ask.get('/auth/refreshtoken', { apikey: demo.apiKey }), 400, 'PE01-1105'],
    ['a token instead', async () => ask.refresh((await signIn())['token']), 401, 'PE01-1011'],
  ])('refuses a refresh token that is %s', async (_row, attempt, status, code) => {
    expect(await attempt()).toMatchObject({ status, body: { code } });
  });

  test('whether the apikey is checked is unknown: a switch', async () => {
    const { refreshToken } = await signIn();
    expect((await ask.refresh(refreshToken, { apikey: 'x' })).status).toBe(401);
    primatime.control.configure({ checksApiKeyOnRefresh: false });
    expect((await ask.refresh(refreshToken, { apikey: 'x' })).status).toBe(200);
  });

  test('the ledger counts a spent token once per processed call', async () => {
    const { refreshToken } = await signIn();
    await ask.refresh(refreshToken);
    await ask.refresh(refreshToken);
    expect(primatime.control.spends()).toEqual({ [fingerprint(String(refreshToken))]: 2 });
    expect(JSON.stringify(primatime.control.ledger())).not.toContain(String(refreshToken));
  });
});

describe('using the token', () => {
  test('/users/@self answers with the whole schema, the secret in it, and never the password', async () => {
    const { status, body } = await self((await signIn())['token']);
    expect(status).toBe(200);
    expect(body).toMatchObject({ email: demo.email, firstName: 'Ada', active: true, admin: true, confirmed: true });
    expect(body).toHaveProperty('secretKey');
    expect(body).not.toHaveProperty('password');
  });

  test("the vendor's own example works", async () => {
    const { json } = await ask.get('/time/projects', { token: String((await signIn())['token']) });
    expect(json).toHaveLength(2);
  });

  test('missing: 400 PE01-1002', async () => {
    expect(await ask.get('/users/@self')).toMatchObject({ status: 400, body: { code: 'PE01-1002' } });
  });

  test('in a header it does not count', async () => {
    const headers = { authorization: `Bearer ${String((await signIn())['token'])}` };
    expect((await ask.send('GET', '/users/@self', {}, { headers })).body).toMatchObject({ code: 'PE01-1002' });
  });

  test('unknown, or an hour old: 401 PE01-1010', async () => {
    expect(await self('x')).toMatchObject({ status: 401, body: { code: 'PE01-1010' } });
    const { token } = await signIn();
    advance(hourMs - 1);
    expect((await self(token)).status).toBe(200);
    advance(1);
    expect((await self(token)).body).toMatchObject({ code: 'PE01-1010' });
  });

  test('there is no log out: 404 PE01-9003', async () => {
    const { token } = await signIn();
    expect(await ask.get('/auth/logout', { token: String(token) })).toMatchObject({
      status: 404,
      body: { code: 'PE01-9003' },
    });
    expect((await self(token)).status).toBe(200);
  });
});

describe('the tenant', () => {
  test.each([
    ['missing', 400, 'PE01-1003'],
    ['unknown', 401, 'PE01-1005'],
    ['conflict', 409, 'PE01-1004'],
    ['other-endpoint', 301, 'PE01-1012'],
  ] as const)('%s: %i %s, for sign-in and for every other call', async (tenant, status, code) => {
    const { token } = await signIn();
    primatime.control.configure({ tenant });
    expect(await ask.login(demo.email, demo.password)).toMatchObject({ status, body: { status, code } });
    expect(await self(token)).toMatchObject({ status, body: { code } });
  });

  test('on the other endpoint: the redirect carries the secrets on', async () => {
    primatime.control.configure({ tenant: 'other-endpoint' });
    const { headers } = await ask.login(demo.email, demo.password);
    expect(headers.get('location')).toBe(`http://acme.api.us.primatime.test/v1/auth/login?apikey=${demo.apiKey}`);
  });
});

describe('errors', () => {
  const statuses: Record<string, number> = {
    ...{ 'PE01-1001': 401, 'PE01-1002': 400, 'PE01-1003': 400, 'PE01-1004': 409, 'PE01-1005': 401, 'PE01-1007': 401 },
    ...{ 'PE01-1008': 403, 'PE01-1009': 403, 'PE01-1010': 401, 'PE01-1011': 401, 'PE01-1012': 301, 'PE01-1013': 403 },
    ...{ 'PE01-1101': 404, 'PE01-1102': 409, 'PE01-1103': 400, 'PE01-1104': 412, 'PE01-1105': 400, 'PE01-1106': 412 },
    ...{ 'PE01-1107': 409, 'PE01-9000': 500, 'PE01-9001': 500, 'PE01-9002': 412, 'PE01-9003': 404, 'PE01-9004': 400 },
    'PE01-9005': 406,
  };
  test.each(Object.entries(statuses))('%s is answered with %i, and the order is used up', async (code, status) => {
    const known = errorCodes.find((one) => one === code);
    if (!known) throw new Error(`${code} is not in the table`);
    primatime.control.refuse({ code: known });
    const { token } = await openSession();
    const refused = await self(token);
    expect(refused).toMatchObject({ status, body: { status, code } });
    expect(Object.keys(refused.body)).toEqual(['status', 'code', 'message', 'description', 'constraintViolations']);
    expect((await self(token)).status).toBe(200);
  });
  const openSession = () => Promise.resolve(primatime.control.openSession({ email: demo.email }));

  test('the table has every code of the contract and no other', () => {
    expect([...errorCodes]).toEqual(Object.keys(statuses));
  });

  test('suppress_response_code=true: 200 with the error inside', async () => {
    const answered = await ask.get('/users/@self', { suppress_response_code: 'true' });
    expect(answered).toMatchObject({ status: 200, body: { status: 400, code: 'PE01-1002' } });
  });

  test('JSONP: always 200, as script', async () => {
    const answered = await ask.get('/users/@self.json', { callback: 'show' });
    expect(answered.status).toBe(200);
    expect(answered.headers.get('content-type')).toContain('javascript');
    expect(answered.text).toMatch(/^show\(\{"status":400,"code":"PE01-1002"/);
  });

  test.each([
    ['format=xml', { format: 'xml' }, {}],
    ['Accept application/xml', {}, { accept: 'application/xml' }],
  ] as const)('XML with %s', async (_row, query, headers) => {
    const answered = await ask.send('GET', '/users/@self', query, { headers });
    expect(answered.headers.get('content-type')).toContain('xml');
    expect(answered.text).toContain('<code>PE01-1002</code>');
  });

  test('a method that a resource does not know: 400 PE01-1103', async () => {
    expect((await ask.send('DELETE', '/users/@self')).body).toMatchObject({ status: 400, code: 'PE01-1103' });
  });

  test('no CORS headers', async () => {
    const { headers } = await ask.send('GET', '/users/@self', {}, { headers: { origin: 'http://localhost:5173' } });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('the rate limit', () => {
  test('500 requests in 10 s with a token; the next is a 503 without Retry-After, and a smaller limit follows', async () => {
    primatime.control.configure({ rateLimit: { requests: 20 } });
    const { token } = await signIn();
    for (let count = 0; count < 20; count += 1) expect((await self(token)).status).toBe(200);
    const refused = await self(token);
    expect(refused).toMatchObject({ status: 503, body: { code: 'PE01-9002' } });
    expect(refused.headers.get('retry-after')).toBeNull();

    advance(10_000);
    for (let count = 0; count < 10; count += 1) expect((await self(token)).status).toBe(200);
    expect((await self(token)).status).toBe(503);
    advance(71_000);
    for (let count = 0; count < 20; count += 1) expect((await self(token)).status).toBe(200);
  });

  test('is 500 unless told otherwise, and counts no call without a token', async () => {
    expect(primatime.control.configure({}).rateLimit).toEqual({ requests: 500, windowMs: 10_000, status: 503 });
    primatime.control.configure({ rateLimit: { requests: 1 } });
    for (let count = 0; count < 3; count += 1) expect((await ask.login(demo.email, demo.password)).status).toBe(200);
  });

  test('the older status 412 is a switch', async () => {
    primatime.control.configure({ rateLimit: { requests: 0, status: 412 } });
    expect(await self((await signIn())['token'])).toMatchObject({
      status: 412,
      body: { status: 412, code: 'PE01-9002' },
    });
  });
});

test.each([
  ['tokens', { tokens: true }, 401, 200],
  ['refresh tokens', { refreshTokens: true }, 200, 401],
])('the control ends %s alone', async (_row, which, tokenStatus, refreshStatus) => {
  const { token, refreshToken } = await signIn();
  primatime.control.expire(which);
  expect((await self(token)).status).toBe(tokenStatus);
  expect((await ask.refresh(refreshToken)).status).toBe(refreshStatus);
});
