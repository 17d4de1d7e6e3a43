import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { adminKey, aliceId, aliceKey, apiError, basic, call } from './call-tuleap.ts';
import type { Answered, Tuleap } from './call-tuleap.ts';
import { standIn } from './server.ts';
import { demo } from './world.ts';

let server: Tuleap;
beforeAll(async () => {
  server = await standIn.start();
});
beforeEach(() => server.control.reset());
afterAll(() => server.close());

interface Row {
  readonly id: number;
  readonly [field: string]: unknown;
}

const create = (body: unknown, headers = aliceKey): Promise<Answered> =>
  call(server, 'POST', '/api/access_keys', { headers, body });
const list = (query = '', headers = aliceKey): Promise<Answered> =>
  call(server, 'GET', `/api/users/${aliceId}/access_keys${query}`, { headers });
const rows = async (): Promise<Row[]> => (await list()).json as Row[];

describe('POST /access_keys', () => {
  test('201 with the secret and nothing else', async () => {
    const { status, json } = await create({
      description: 'CI',
      expiration_date: '2099-01-31T23:59:59+00:00',
      scopes: ['write:rest'],
    });
    expect(status).toBe(201);
    expect(json).toEqual({ identifier: expect.stringMatching(/^tlp-k1-\d+\.[0-9a-f]{64}$/) as string });
  });

  test('the id of the row is the one in the secret', async () => {
    const { json } = await create({ description: 'CI' });
    const { identifier } = json as { identifier: string };
    const id = Number(/^tlp-k1-(\d+)\./.exec(identifier)?.[1]);
    expect((await rows()).find((row) => row.id === id)).toMatchObject({
      description: 'CI',
      expiration_date: null,
      scopes: [{ identifier: 'write:rest' }],
    });
    expect((await call(server, 'GET', '/api/users/self', { headers: { 'x-auth-accesskey': identifier } })).status).toBe(
      200,
    );
  });

  const described = { description: 'CI' };
  test.each<[string, unknown, number, string]>([
    ['no description', {}, 400, 'Bad Request: `access_key[description]` is required.'],
    ['an empty description', { description: '' }, 400, 'Bad Request: `access_key[description]` is required.'],
    [
      'the date that JavaScript writes',
      { ...described, expiration_date: '2099-01-01T00:00:00.000Z' },
      400,
      'Bad Request: Please provide a valid ISO-8601 date for expiration_date',
    ],
    [
      'a date without time',
      { ...described, expiration_date: '2099-01-01' },
      400,
      'Bad Request: Please provide a valid ISO-8601 date for expiration_date',
    ],
    [
      'an empty date',
      { ...described, expiration_date: '' },
      400,
      'Bad Request: Please provide a valid ISO-8601 date for expiration_date',
    ],
    [
      'a date in the past',
      { ...described, expiration_date: '2020-01-01T00:00:00Z' },
      400,
      'Bad Request: You cannot create an already expired access key',
    ],
    [
      'no scope',
      { ...described, scopes: [] },
      400,
      'Bad Request: Invalid value specified for `access_key[scopes]`. Minimum 1 item required.',
    ],
    [
      'a malformed scope',
      { ...described, scopes: ['rest'] },
      400,
      'Bad Request: rest does not have the expected format of an access key scope identifier',
    ],
    [
      'only scopes that it does not know',
      { ...described, scopes: ['read:rest', 'write:svn_rw'] },
      400,
      'Bad Request: No valid access key scope identifier has been given',
    ],
  ])('%s: %s %d', async (_row, body, status, message) => {
    expect(await create(body)).toMatchObject({ status, json: apiError(status, message) });
    expect(server.control.keys({ username: 'alice' })).toHaveLength(3);
  });

  test.each([
    ['2099-01-01T00:00:00Z', '2099-01-01T00:00:00+00:00'],
    ['2099-01-01T00:00:00+00:00', '2099-01-01T00:00:00+00:00'],
    ['2099-01-01T01:30:00+01:30', '2099-01-01T00:00:00+00:00'],
    ['2098-12-31T19:00:00-0500', '2099-01-01T00:00:00+00:00'],
    [null, null],
  ])('expiration_date %s is read and comes back as %s', async (given, shown) => {
    expect((await create({ description: 'dated', expiration_date: given })).status).toBe(201);
    expect((await rows()).find((row) => row.description === 'dated')?.expiration_date).toBe(shown);
  });

  test('unknown scopes among known ones are dropped without a word', async () => {
    await create({ description: 'mixed', scopes: ['write:git_repository', 'read:rest', 'write:svn', 'write:webdav'] });
    expect((await rows()).find((row) => row.description === 'mixed')?.scopes).toEqual([
      { identifier: 'write:git_repository' },
      { identifier: 'write:svn' },
      { identifier: 'write:webdav' },
    ]);
  });
});

describe('GET /users/{id}/access_keys', () => {
  test('rows as documented, dates with an offset', async () => {
    server.control.clock({ rate: 0, nowMs: Date.UTC(2026, 2, 13, 15, 42, 0, 500) });
    await create({ description: 'fresh' });
    expect((await rows()).at(-1)).toEqual({
      id: 5,
      creation_date: '2026-03-13T15:42:00+00:00',
      expiration_date: null,
      description: 'fresh',
      last_used_on: null,
      last_used_by: null,
      scopes: [{ identifier: 'write:rest' }],
    });
  });

  test.each([
    ['self', 'self', 400, 'Bad Request: invalid value specified for `id`'],
    ['somebody else', '101', 403, 'Forbidden: You can only access to your own access keys'],
    ['nobody', '9999', 403, 'Forbidden: You can only access to your own access keys'],
  ])('%s: %s %d', async (_row, id, status, message) => {
    expect(await call(server, 'GET', `/api/users/${id}/access_keys`, { headers: aliceKey })).toMatchObject({
      status,
      json: apiError(status, message),
    });
  });

  test('a site administrator sees no keys of others either', async () => {
    expect((await list('', adminKey)).status).toBe(403);
  });

  test('paging', async () => {
    for (let number = 0; number < 57; number += 1)
      server.control.addKey({ username: 'alice', description: `key ${number}` });
    const first = await list();
    expect((first.json as Row[]).length).toBe(50);
    expect(pagination(first)).toEqual(['50', '0', '60', '50']);
    const second = await list('?limit=20&offset=50');
    expect((second.json as Row[]).length).toBe(10);
    expect(pagination(second)).toEqual(['20', '50', '60', '50']);
  });

  test.each(['?limit=51', '?limit=0', '?limit=-1', '?limit=ten', '?offset=-1'])('%s: 400', async (query) => {
    expect((await list(query)).status).toBe(400);
  });

  test('expired keys are absent, and so are keys without scope; the daily job removes the expired', async () => {
    server.control.addKey({ username: 'alice', description: 'over', expiresInSeconds: -1 });
    server.control.addKey({ username: 'alice', description: 'nothing', scopes: [] });
    expect((await rows()).map(({ description }) => description)).toEqual(['Laptop', 'Nightly build', 'Clone only']);
    expect(server.control.keys({ username: 'alice' })).toHaveLength(5);
    expect(server.control.dailyJob()).toEqual({ keysRemoved: 1 });
    expect(server.control.keys({ username: 'alice' })).toHaveLength(4);
  });

  test('a key disappears the second it expires', async () => {
    server.control.clock({ rate: 0 });
    const { identifier } = server.control.addKey({ username: 'alice', expiresInSeconds: 10 });
    const use = async () =>
      (await call(server, 'GET', '/api/users/self', { headers: { 'x-auth-accesskey': identifier } })).status;
    server.control.clock({ advanceMs: 9000 });
    expect([await use(), (await rows()).length]).toEqual([200, 4]);
    server.control.clock({ advanceMs: 1000 });
    expect([await use(), (await rows()).length]).toEqual([401, 3]);
  });

  test('last use: an address and a time, refreshed hourly or when the address changes', async () => {
    server.control.clock({ rate: 0, nowMs: Date.UTC(2026, 2, 13, 12) });
    const lastUse = async () => {
      const row = (await rows()).find(({ id }) => id === 1);
      return [row?.last_used_on, row?.last_used_by];
    };
    expect(await lastUse()).toEqual(['2026-03-13T12:00:00+00:00', '127.0.0.1']);
    server.control.clock({ advanceMs: 3_599_000 });
    expect(await lastUse()).toEqual(['2026-03-13T12:00:00+00:00', '127.0.0.1']);
    server.control.clock({ advanceMs: 1000 });
    expect(await lastUse()).toEqual(['2026-03-13T13:00:00+00:00', '127.0.0.1']);
  });

  test('last use: another address counts at once', async () => {
    server.control.clock({ rate: 0 });
    const nowSeconds = Math.floor(server.control.clock().nowMs / 1000);
    const elsewhere = { lastUsedAt: nowSeconds - 10, lastUsedBy: '192.0.2.7' };
    const { identifier } = server.control.addKey({ username: 'alice', ...elsewhere });
    const { json } = await call(server, 'GET', '/api/access_keys/self', {
      headers: { 'x-auth-accesskey': identifier },
    });
    expect(json).toMatchObject({ last_used_by: '127.0.0.1' });
    expect(Date.parse((json as { last_used_on: string }).last_used_on) / 1000).toBe(nowSeconds);
  });
});

describe('GET /access_keys/{id}', () => {
  const read = (id: string | number, headers: Record<string, string> | typeof aliceKey = aliceKey): Promise<Answered> =>
    call(server, 'GET', `/api/access_keys/${id}`, { headers });

  test('one row', async () => {
    expect((await read(2)).json).toMatchObject({ id: 2, description: 'Nightly build' });
  });

  test('self is the key that asks', async () => {
    expect((await read('self')).json).toMatchObject({ id: 1, description: 'Laptop' });
    expect((await read('self', adminKey)).json).toMatchObject({ id: 4 });
  });

  test.each([
    ['somebody else’s', 4, aliceKey],
    ['unknown', 99, aliceKey],
    ['not a number', 'abc', aliceKey],
    ['self without a key', 'self', { authorization: basic('alice', 'alice-demo-password') }],
  ])('%s: 404', async (_row, id, headers) => {
    expect(await read(id, headers)).toMatchObject({ status: 404, json: apiError(404, 'Not Found') });
  });
});

describe('DELETE /access_keys/{id}', () => {
  const remove = (id: string | number, headers = aliceKey): Promise<Answered> =>
    call(server, 'DELETE', `/api/access_keys/${id}`, { headers });

  test.each([
    ['one of one’s own', 2],
    ['somebody else’s', 4],
    ['one that never was', 4711],
  ])('%s: 200 with an empty body', async (_row, id) => {
    expect(await remove(id)).toMatchObject({ status: 200, text: '' });
  });

  test('200 proves nothing: only one’s own is gone', async () => {
    await remove(2);
    await remove(4);
    expect((await call(server, 'GET', '/api/access_keys/2', { headers: aliceKey })).status).toBe(404);
    expect((await call(server, 'GET', '/api/access_keys/4', { headers: adminKey })).status).toBe(200);
    expect((await remove(2)).status).toBe(200);
  });

  test('a key may delete itself; the next call with it is 401', async () => {
    expect((await remove(1)).status).toBe(200);
    expect(await remove(1)).toMatchObject({ status: 401, json: apiError(401, 'Unauthorized: Invalid access key') });
  });

  test('self: 400', async () => {
    expect(await remove('self')).toMatchObject({
      status: 400,
      json: apiError(400, 'Bad Request: invalid value specified for `id`'),
    });
    expect((await rows()).length).toBe(3);
  });
});

describe('who may call these', () => {
  const ways: [string, () => Record<string, string>, number][] = [
    ['an access key', () => ({ 'x-auth-accesskey': demo.aliceKey }), 200],
    [
      'a token pair',
      () => ({
        'x-auth-token': server.control.openToken({ username: 'alice' }).token,
        'x-auth-userid': String(aliceId),
      }),
      200,
    ],
    ['Basic', () => ({ authorization: basic('alice', 'alice-demo-password') }), 200],
    [
      'a session cookie of the same origin',
      () => ({
        cookie: server.control.openWebSession({ username: 'alice' }).cookie,
        referer: `${server.url}/account/keys-tokens`,
      }),
      200,
    ],
    [
      'an OAuth2 token, whatever its scopes',
      () => ({ authorization: `Bearer ${server.control.openGrant({ username: 'alice' }).accessToken}` }),
      401,
    ],
    ['nobody', () => ({}), 401],
  ];
  test.each(ways)('%s', async (_row, headers, status) => {
    const answers = [
      await call(server, 'GET', `/api/users/${aliceId}/access_keys`, { headers: headers() }),
      await call(server, 'DELETE', '/api/access_keys/99', { headers: headers() }),
      await call(server, 'POST', '/api/access_keys', { headers: headers(), body: { description: 'made' } }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual(status === 200 ? [200, 200, 201] : [401, 401, 401]);
  });

  test('a new password ends web sessions and grants; keys and tokens survive', async () => {
    const pair = server.control.openToken({ username: 'alice' });
    const { cookie } = server.control.openWebSession({ username: 'alice' });
    const { accessToken } = server.control.openGrant({ username: 'alice' });
    server.control.changePassword({ username: 'alice', password: 'not-a-real-new-password' });
    const status = async (headers: Record<string, string>) =>
      (await call(server, 'GET', '/api/projects', { headers })).status;
    expect(await status({ 'x-auth-accesskey': demo.aliceKey })).toBe(200);
    expect(await status({ 'x-auth-token': pair.token, 'x-auth-userid': String(pair.userId) })).toBe(200);
    expect(await status({ authorization: `Bearer ${accessToken}` })).toBe(401);
    const { json } = await call(server, 'GET', '/api/users/self', { headers: { cookie, referer: server.url } });
    expect(json).toMatchObject({ is_anonymous: true });
  });
});

const pagination = ({ headers }: Answered): (string | null)[] =>
  ['limit', 'offset', 'size', 'limit-max'].map((name) => headers.get(`x-pagination-${name}`));
