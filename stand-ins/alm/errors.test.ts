import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apiKey, basic, call, tokenFor } from './call-alm.ts';
import type { Alm } from './call-alm.ts';
import { standIn } from './server.ts';
import { demo } from './world.ts';

let alm: Alm;
beforeAll(async () => {
  alm = await standIn.start();
});
beforeEach(() => alm.control.reset());
afterAll(() => alm.close());

const as = (username: string): string => basic(username, `${username}-demo-password`);

interface Row {
  readonly row: string;
  readonly prepare?: () => void;
  readonly path: string;
  readonly authorization?: string | (() => Promise<string>);
  readonly status: number;
  readonly code: string;
  readonly says: RegExp;
}

const rows: readonly Row[] = [
  {
    row: '400: a parameter that is not valid',
    path: '4/issues?per_page=1001',
    authorization: () => tokenFor(alm, 4),
    ...{ status: 400, code: 'Bad Request', says: /per_page/ },
  },
  {
    row: '401: user name or password not recognised, word for word',
    path: 'projects',
    authorization: basic('alice', 'wrong'),
    ...{ status: 401, code: 'Unauthorized' },
    says: /^The username or password you entered is not recognized\. Enter a valid username and password\.$/,
  },
  {
    row: '401: access token not recognised',
    path: '4/issues',
    authorization: 'Bearer not-a-token',
    ...{ status: 401, code: 'Unauthorized', says: /access token/ },
  },
  {
    row: '403: no valid licence',
    path: 'projects',
    authorization: as('unlicensed'),
    ...{ status: 403, code: 'Forbidden', says: /license/ },
  },
  {
    row: '403: not in the project',
    path: '4/token',
    authorization: as('nobody'),
    ...{ status: 403, code: 'Forbidden', says: /access to this project/ },
  },
  {
    row: '403: the group lacks "Allow Login Via SOAP"',
    path: '8/token',
    authorization: as('guest'),
    ...{ status: 403, code: 'Forbidden', says: /Allow Login Via SOAP/ },
  },
  {
    row: '403: a command is missing, the token lives',
    path: '7/issues',
    authorization: () => tokenFor(alm, 7, as('guest')),
    ...{ status: 403, code: 'Forbidden', says: /command/ },
  },
  {
    row: '404: no such project',
    path: '404/token',
    authorization: apiKey,
    ...{ status: 404, code: 'Not Found', says: /project/ },
  },
  {
    row: '409: the project is locked by an administrator',
    prepare: () => void alm.control.putProject({ name: 'Payments', locked: true }),
    path: '4/token',
    authorization: apiKey,
    ...{ status: 409, code: 'Conflict', says: /locked/ },
  },
  {
    row: '500: a deleted API key',
    prepare: () => void alm.control.deleteKey({ id: demo.keyId }),
    path: 'projects',
    authorization: apiKey,
    ...{ status: 500, code: 'Internal Server Error', says: /The Perforce ALM License Server prevented this action/ },
  },
  {
    row: '403: a deleted API key, where the version says so',
    prepare() {
      alm.control.configure({ deadKeyStatus: 403 });
      alm.control.deleteKey({ id: demo.keyId });
    },
    path: '4/token',
    authorization: apiKey,
    ...{ status: 403, code: 'Forbidden', says: /The Perforce ALM License Server prevented this action/ },
  },
  {
    row: '500: the ALM Server is not running, which is no word about the credential',
    prepare: () => void alm.control.configure({ almServerUp: false }),
    path: 'projects',
    authorization: apiKey,
    ...{ status: 500, code: 'Internal Server Error', says: /^(?!.*(prevented|not recognized)).*not available/ },
  },
  {
    row: '503: the server is busy',
    prepare: () => void alm.control.configure({ busy: true }),
    path: 'projects',
    authorization: apiKey,
    ...{ status: 503, code: 'Service Unavailable', says: /busy/ },
  },
];

describe('section 7: errors', () => {
  test.each(rows)('$row', async ({ prepare, path, authorization, status, code, says }) => {
    const given = typeof authorization === 'function' ? await authorization() : authorization;
    prepare?.();
    const answered = await call(alm, path, given);
    expect(answered.status).toBe(status);
    expect(answered.json).toMatchObject({ statusCode: status, code, message: expect.stringMatching(says) as string });
  });

  test('a bad parameter is named', async () => {
    const { json } = await call(alm, '4/issues?page=0', await tokenFor(alm, 4));
    expect(json?.errorElementPath).toBe('page');
  });

  const body = { message: expect.any(String) as string, statusCode: 401, code: 'Unauthorized' };
  test.each([
    ['plain', body],
    ['error', { error: body }],
    ['errors', { errors: [body] }],
  ] as const)('the body in the shape %s', async (errorShape, shape) => {
    alm.control.configure({ errorShape });
    expect((await call(alm, 'projects', basic('alice', 'wrong'))).json).toEqual(shape);
  });

  test('a licence that ends leaves the token alive and refused', async () => {
    const bearer = await tokenFor(alm, 4);
    alm.control.putPerson({ username: 'alice', licensed: false });
    expect((await call(alm, '4/issues?per_page=1', bearer)).status).toBe(403);
    alm.control.putPerson({ username: 'alice', licensed: true });
    expect((await call(alm, '4/issues?per_page=1', bearer)).status).toBe(200);
  });
});

describe('section 8: rate limits', () => {
  beforeEach(() => void alm.control.clock({ rate: 0, nowMs: Date.UTC(2026, 2, 1, 12) }));

  test('every answer of a project counts down', async () => {
    const { headers } = await call(alm, '4/token', apiKey);
    expect(headers.get('x-ratelimit-limit')).toBe('240');
    expect(headers.get('x-ratelimit-remaining')).toBe('239');
    expect(headers.get('x-ratelimit-reset')).toBe('60');
    expect((await call(alm, 'projects', apiKey)).headers.get('x-ratelimit-limit')).toBeNull();
  });

  test.each([
    ['seconds', '30'],
    ['date', 'Sun, 01 Mar 2026 12:01:00 GMT'],
  ] as const)('429 with RetryAfter, as the vendor spells it, and a reset in %s', async (resetAs, reset) => {
    alm.control.configure({ rateLimit: { perMinute: 2, resetAs } });
    await call(alm, '4/token', apiKey);
    alm.control.clock({ advanceMs: 30_000 });
    await call(alm, 'Payments/token', apiKey);
    const third = await call(alm, '4/token', apiKey);
    expect([third.status, third.json?.code]).toEqual([429, 'Too Many Requests']);
    expect(third.headers.get('retryafter')).toBe('30');
    expect(third.headers.get('retry-after')).toBeNull();
    expect(third.headers.get('x-ratelimit-remaining')).toBe('0');
    expect(third.headers.get('x-ratelimit-reset')).toBe(reset);
    expect((await call(alm, '7/token', apiKey)).status).toBe(200);
    alm.control.clock({ advanceMs: 30_000 });
    expect((await call(alm, '4/token', apiKey)).status).toBe(200);
  });

  test('503 over the fixed number a second', async () => {
    alm.control.configure({ rateLimit: { perSecond: 15 } });
    const answers = await Promise.all(Array.from({ length: 16 }, () => call(alm, 'projects', apiKey)));
    expect(answers.filter(({ status }) => status === 503)).toHaveLength(1);
    alm.control.clock({ advanceMs: 1000 });
    expect((await call(alm, 'projects', apiKey)).status).toBe(200);
  });
});
