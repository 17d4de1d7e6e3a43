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

const { keyId, keySecret, secondKeyId, secondKeySecret } = demo;
const base64Key = Buffer.from(`${keyId}:${keySecret}`).toString('base64');

describe('section 2: the Authorization header', () => {
  test.each([
    ['an API key, raw', apiKey, 200],
    ['the scheme as the Java client writes it', `APIKey ${keyId}:${keySecret}`, 200],
    ['the scheme in lower case', `apikey ${keyId}:${keySecret}`, 200],
    ['a secret with colons: split at the first one', `ApiKey ${secondKeyId}:${secondKeySecret}`, 200],
    ['an API key in base64', `ApiKey ${base64Key}`, 500],
    ['an API key with a wrong secret', `ApiKey ${keyId}:wrong`, 500],
    ['an API key without a secret', `ApiKey ${keyId}`, 500],
    ['an API key as Basic', basic(keyId, keySecret), 401],
    ['a password', basic('alice', 'alice-demo-password'), 200],
    [
      'the scheme as the Python example writes it',
      basic('alice', 'alice-demo-password').replace('Basic', 'basic'),
      200,
    ],
    ['a password in UTF-8', basic('jürgen', 'Paßwort-für-die-Demo-🔑'), 200],
    ['the same password in Latin-1', `Basic ${Buffer.from('jürgen:Paßwort', 'latin1').toString('base64')}`, 401],
    ['a password with colons', basic('colon', 'colon:demo:password'), 200],
    ['an empty password where the account has none', basic('Administrator', ''), 200],
    ['an empty password where the account has one', basic('alice', ''), 401],
    ['an empty user name', basic('', ''), 401],
    ['a wrong password', basic('alice', 'wrong'), 401],
    ['a scheme that it does not know', `Digest ${keyId}`, 401],
    ['no scheme', `${keyId}:${keySecret}`, 401],
    ['no header', undefined, 401],
  ])('%s: %s', async (_row, authorization, status) => {
    expect((await call(alm, 'projects', authorization)).status).toBe(status);
    expect((await call(alm, '4/token', authorization)).status).toBe(status);
  });

  test('a token is for everything but these two calls', async () => {
    const bearer = await tokenFor(alm, 4);
    expect((await call(alm, 'projects', bearer)).status).toBe(401);
    expect((await call(alm, '4/token', bearer)).status).toBe(401);
    expect((await call(alm, '4/issues?per_page=1', bearer)).status).toBe(200);
    expect((await call(alm, '4/issues?per_page=1', apiKey)).status).toBe(401);
    expect((await call(alm, '4/issues?per_page=1', basic('alice', 'alice-demo-password'))).status).toBe(401);
  });
});

describe('section 3: GET /projects', () => {
  test('an object with the list and what is still loading', async () => {
    const { json } = await call(alm, 'projects', apiKey);
    expect(Object.keys(json ?? {})).toEqual(['projects', 'projectsLoading']);
    expect(json?.projectsLoading).toBe(0);
    for (const project of json?.projects as unknown[]) {
      expect(project).toEqual({
        id: expect.any(Number) as number,
        name: expect.any(String) as string,
        uuid: expect.stringMatching(/^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/) as string,
      });
    }
  });

  test('still loading: the list is incomplete, and what is missing is not found', async () => {
    const last = alm.control.projects().at(-1);
    alm.control.configure({ projectsLoading: 1 });
    const { json } = await call(alm, 'projects', apiKey);
    expect(json?.projectsLoading).toBe(1);
    expect(JSON.stringify(json)).not.toContain(last?.uuid);
    expect((await call(alm, `${encodeURIComponent(last?.uuid ?? '')}/token`, apiKey)).status).toBe(404);
    alm.control.configure({ projectsLoading: 0 });
    expect((await call(alm, `${encodeURIComponent(last?.uuid ?? '')}/token`, apiKey)).status).toBe(200);
  });

  test.each([
    ['somebody in no project sees an empty list', 'nobody', []],
    ['only projects with the REST permission are listed', 'guest', [4, 7]],
  ])('%s', async (_row, username, ids) => {
    const { status, json } = await call(alm, 'projects', basic(username, `${username}-demo-password`));
    expect(status).toBe(200);
    expect((json?.projects as { id: number }[]).map(({ id }) => id)).toEqual(ids);
  });
});
