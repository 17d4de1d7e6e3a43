import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fingerprint } from '../ledger.ts';
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

const hourMs = 3_600_000;
const password = basic('alice', 'alice-demo-password');
const probe = async (bearer: string, project: string | number = 4): Promise<number> =>
  (await call(alm, `${encodeURIComponent(project)}/issues?per_page=1`, bearer)).status;

describe('section 5: GET /{projectID}/token', () => {
  test('type, end and token, in this shape', async () => {
    alm.control.clock({ rate: 0, nowMs: Date.UTC(2026, 2, 1, 15, 56, 24, 789) });
    const { json } = await call(alm, '4/token', apiKey);
    expect(json).toEqual({
      tokenType: 'Bearer',
      expiresOn: '2026-03-08T15:56:24Z',
      accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
    });
  });

  test.each([
    ['a key', apiKey, demo.keyId],
    ['a password', password, ''],
  ])(
    'the token minted by %s looks like a JWT, with ISO dates where numbers belong',
    async (_row, authorization, apk) => {
      alm.control.clock({ rate: 0, nowMs: Date.UTC(2026, 2, 1, 15, 56, 24) });
      const [header, payload] = (await tokenFor(alm, 4, authorization))
        .replace('Bearer ', '')
        .split('.')
        .slice(0, 2)
        .map(decode);
      expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
      expect(payload).toEqual({
        apk,
        exp: '2026-03-08T15:56:24Z',
        iat: '2026-03-01T15:56:24Z',
        iss: alm.url,
        jti: expect.any(String) as string,
        lic: 'pro, tcm, rm',
        pid: 4,
        pnm: 'Payments',
        pud: alm.control.projects()[0]?.uuid,
        usr: 2,
      });
    },
  );

  test('it lives until expiresOn and not longer', async () => {
    alm.control.clock({ rate: 0 });
    const bearer = await tokenFor(alm, 4);
    alm.control.clock({ advanceMs: 7 * 24 * hourMs - 2000 });
    expect(await probe(bearer)).toBe(200);
    alm.control.clock({ advanceMs: 2000 });
    expect(await probe(bearer)).toBe(401);
  });

  test('its life is a setting in hours', async () => {
    alm.control.clock({ rate: 0 });
    alm.control.configure({ tokenLifeHours: 1 });
    const bearer = await tokenFor(alm, 4);
    alm.control.clock({ advanceMs: hourMs });
    expect(await probe(bearer)).toBe(401);
  });

  test('it is for one project', async () => {
    const bearer = await tokenFor(alm, 4);
    expect(await probe(bearer, 4)).toBe(200);
    expect(await probe(bearer, 7)).toBe(401);
  });

  test('a second token leaves the first alive', async () => {
    const first = await tokenFor(alm, 4);
    const second = await tokenFor(alm, 4);
    expect(first).not.toBe(second);
    expect([await probe(first), await probe(second)]).toEqual([200, 200]);
  });

  test('a restart ends every token, whoever minted it; the next one works', async () => {
    const tokens = [await tokenFor(alm, 4), await tokenFor(alm, 7, password)];
    expect(alm.control.restart()).toEqual({ tokensEnded: 2 });
    expect([await probe(tokens[0] ?? ''), await probe(tokens[1] ?? '', 7)]).toEqual([401, 401]);
    expect(await probe(await tokenFor(alm, 4))).toBe(200);
  });

  test('a deleted key takes its tokens along and no others', async () => {
    const minted = await tokenFor(alm, 4);
    const others = [
      await tokenFor(alm, 4, password),
      await tokenFor(alm, 4, `ApiKey ${demo.secondKeyId}:${demo.secondKeySecret}`),
    ];
    expect(alm.control.deleteKey({ id: demo.keyId })).toEqual({ tokensEnded: 1 });
    expect(await probe(minted)).toBe(401);
    expect([await probe(others[0] ?? ''), await probe(others[1] ?? '')]).toEqual([200, 200]);
    expect((await call(alm, 'projects', apiKey)).status).toBe(500);
  });

  test('the control tells which key minted a token, and no token', async () => {
    const minted = await tokenFor(alm, 4);
    await tokenFor(alm, 7, password);
    const [first, second] = alm.control.tokens();
    expect(first).toMatchObject({
      fingerprint: fingerprint(minted.replace('Bearer ', '')),
      project: 'Payments',
      keyId: demo.keyId,
    });
    expect(second).toMatchObject({ keyId: null });
    expect(JSON.stringify(alm.control.tokens())).not.toContain(minted.slice(-20));
  });
});

describe('the cheap call', () => {
  test.each([
    ['', { page: 1, pageLimit: 300, totalPages: 1, totalCount: 3 }, 3],
    ['?per_page=1', { page: 1, pageLimit: 1, totalPages: 3, totalCount: 3 }, 1],
    ['?per_page=2&page=2', { page: 2, pageLimit: 2, totalPages: 2, totalCount: 3 }, 1],
  ])('issues%s', async (query, paging, count) => {
    const { json } = await call(alm, `4/issues${query}`, await tokenFor(alm, 4));
    expect(json?.paging).toEqual(paging);
    expect(json?.issues).toHaveLength(count);
  });
});

test('the ledger names every call', async () => {
  const bearer = await tokenFor(alm, 4);
  await probe(bearer);
  await call(alm, 'projects', apiKey);
  await call(alm, 'versions');
  await call(alm, 'users', apiKey);
  expect(alm.control.ledger().map(({ operation }) => operation)).toEqual([
    'token',
    'issues',
    'projects',
    'versions',
    'unknown',
  ]);
});

function decode(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
}
