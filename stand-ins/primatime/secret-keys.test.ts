import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningStandIn } from '../stand-in.ts';
import { demo } from './account.ts';
import { asker, readDate } from './ask.ts';
import type { Answered, Asker } from './ask.ts';
import type { PrimatimeActions } from './control.ts';
import { standIn } from './server.ts';

let primatime: RunningStandIn<PrimatimeActions>;
let ask: Asker;
let token: string;
beforeAll(async () => {
  primatime = await standIn.start();
  ask = asker(primatime.baseUrl, demo.apiKey);
});
afterAll(() => primatime.close());
beforeEach(async () => {
  primatime.control.reset();
  token = String((await ask.login(demo.email, demo.password)).body['token']);
});

const keysPath = '/users/@self/secretkeys';
const call = (method: string, path: string, query: Record<string, string> = {}, body?: unknown) =>
  ask.send(
    method,
    path,
    { token, ...query },
    {
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    },
  );
const list = async (query: Record<string, string> = {}) =>
  (await call('GET', keysPath, { no_expand: 'true', ...query })).json as Record<string, unknown>[]; // section 6: an array
const create = async (name: string) =>
  (await call('POST', keysPath, { response_object: 'true' }, { name })).body as {
    id: string;
    secretKey: string;
    version: number;
  }; // section 6
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('list', () => {
  test('a bare array, with the secret in clear and again in displayName', async () => {
    const [key] = await list();
    expect(key).toMatchObject({
      name: 'Demo key',
      secretKey: demo.secretKey,
      displayName: `Demo key (${demo.secretKey})`,
      version: 0,
      trashItem: null,
    });
    expect(readDate(key?.['createdAt'])).toBeGreaterThan(1e12);
  });

  test('the whole user stands in each key, another secret in it, unless no_expand=true', async () => {
    const [expanded] = (await call('GET', keysPath)).json as { user: object }[]; // section 6
    expect(expanded?.user).toHaveProperty('secretKey');
    expect((await list())[0]?.['user']).not.toHaveProperty('secretKey');
  });

  test('pages with $top and $skip', async () => {
    for (let count = 0; count < 4; count += 1) primatime.control.addKey({ email: demo.email, name: `key ${count}` });
    expect((await list({ $skip: '1', $top: '2' })).map(({ name }) => name)).toEqual(['key 0', 'key 1']);
    expect((await call('GET', keysPath, { $top: 'many' })).body).toMatchObject({ status: 400, code: 'PE01-1105' });
  });

  test('1,000 at most', async () => {
    for (let count = 0; count < 1000; count += 1) primatime.control.addKey({ email: demo.email });
    expect(await list({ $top: '5000' })).toHaveLength(1000);
  });

  test("nobody else's", async () => {
    primatime.control.addKey({ email: 'ben@acme.example' });
    expect(await list()).toHaveLength(1);
  });
});

describe('create', () => {
  test('the object comes back only with response_object=true', async () => {
    const silent = await call('POST', keysPath, {}, { name: 'CI' });
    expect(silent).toMatchObject({ status: 200, text: '' });
    const key = await create('CI');
    expect(key.secretKey).toMatch(uuid);
    expect((await ask.login(key.secretKey, '')).status).toBe(200);
    expect(await list()).toHaveLength(3);
  });

  test.each([[200], [201]] as const)('its status is not documented: switch %i', async (createdStatus) => {
    primatime.control.configure({ createdStatus });
    expect((await call('POST', keysPath, {}, { name: 'CI' })).status).toBe(createdStatus);
  });

  test('the caller may choose the id', async () => {
    const id = '12345678-1234-4234-8234-123456789abc';
    await call('POST', keysPath, {}, { id, name: 'CI' });
    expect((await call('GET', `${keysPath}/${id}`)).body).toMatchObject({ id, name: 'CI' });
  });

  test('the server makes the secret, whatever was sent', async () => {
    const { body } = await call(
      'POST',
      keysPath,
      { response_object: 'true' },
      { name: 'CI', secretKey: demo.secretKey },
    );
    expect(body['secretKey']).not.toBe(demo.secretKey);
  });

  const validation = { status: 412, code: 'PE01-1104' };
  test.each<[string, () => Promise<Answered>, object]>([
    [
      'an id in upper case',
      () => call('POST', keysPath, {}, { id: '12345678-1234-4234-8234-123456789ABC' }),
      validation,
    ],
    ['an id that is no UUID', () => call('POST', keysPath, {}, { id: '1' }), validation],
    ['a name that is no text', () => call('POST', keysPath, {}, { name: 1 }), validation],
    [
      'JSON that is broken',
      () => ask.send('POST', keysPath, { token }, { headers: { 'content-type': 'application/json' }, body: '{' }),
      { status: 400, code: 'PE01-9004' },
    ],
    ['JSON that is no object', () => call('POST', keysPath, {}, []), { status: 400, code: 'PE01-9004' }],
    [
      'another content type',
      () => ask.send('POST', keysPath, { token }, { headers: { 'content-type': 'text/plain' }, body: '{}' }),
      { status: 406, code: 'PE01-9005' },
    ],
  ])('refuses %s', async (_row, attempt, body) => {
    expect((await attempt()).body).toMatchObject(body);
    expect(await list()).toHaveLength(1);
  });

  test.each(['constraintViolations', 'constraintViolation'] as const)(
    'a duplicate id says so in %s',
    async (violationsField) => {
      primatime.control.configure({ violationsField });
      const { id } = await create('CI');
      const { body } = await call('POST', keysPath, {}, { id });
      expect(body).toMatchObject({ ...validation, [violationsField]: [{ entityType: 'SecretKey', field: 'id' }] });
    },
  );
});

describe('change', () => {
  test('PUT with the current version renames; with a stale one: 409 PE01-1107', async () => {
    const { id, version } = await create('CI');
    const renamed = await call('PUT', `${keysPath}/${id}`, { response_object: 'true' }, { name: 'Build', version });
    expect(renamed.body).toMatchObject({ name: 'Build', version: version + 1 });
    expect((await call('PUT', `${keysPath}/${id}`, {}, { name: 'Late', version })).body).toMatchObject({
      status: 409,
      code: 'PE01-1107',
    });
  });

  test('POST $set renames too', async () => {
    const { id } = await create('CI');
    expect((await call('POST', `${keysPath}/${id}/$set`, { name: 'Build' })).status).toBe(200);
    expect((await call('GET', `${keysPath}/${id}`)).body).toMatchObject({ name: 'Build', version: 1 });
  });

  test.each(['GET', 'PUT', 'DELETE'])('%s of an unknown key: 404 PE01-1101', async (method) => {
    const answered = await call(
      method,
      `${keysPath}/12345678-1234-4234-8234-123456789abc`,
      {},
      method === 'PUT' ? {} : undefined,
    );
    expect(answered).toMatchObject({ status: 404, body: { code: 'PE01-1101' } });
  });

  test("somebody else's key is not there", async () => {
    const { id } = primatime.control.addKey({ email: 'ben@acme.example' });
    expect((await call('DELETE', `${keysPath}/${id}`, { hard: 'true' })).status).toBe(404);
    expect(primatime.control.keys({ email: 'ben@acme.example' })).toHaveLength(1);
  });
});

describe('delete', () => {
  test('a plain one moves it to the trash, where a GET brings it back', async () => {
    const { id, secretKey } = await create('CI');
    expect((await call('DELETE', `${keysPath}/${id}`)).status).toBe(200);
    expect((await list()).map((key) => key['id'])).not.toContain(id);
    const [trashed] = (await call('GET', `${keysPath}/@deleted`)).json as { id: string; trashItem: { id: string } }[]; // section 6
    expect(trashed?.id).toBe(id);
    expect((await call('GET', `/trash/${trashed?.trashItem.id ?? ''}/$restore`)).status).toBe(200);
    expect((await ask.login(secretKey, '')).status).toBe(200);
  });

  test('a hard one leaves nothing to restore, also from the trash', async () => {
    const { id, secretKey } = await create('CI');
    await call('DELETE', `${keysPath}/${id}`);
    expect((await call('DELETE', `${keysPath}/${id}`, { hard: 'true' })).status).toBe(200);
    expect((await call('GET', `${keysPath}/@deleted`)).json).toEqual([]);
    expect((await ask.login(secretKey, '')).status).toBe(401);
    expect((await call('DELETE', `${keysPath}/${id}`, { hard: 'true' })).status).toBe(404);
  });

  test('?method=DELETE is for limited clients', async () => {
    const { id } = await create('CI');
    expect((await call('GET', `${keysPath}/${id}`, { method: 'DELETE', hard: 'true' })).status).toBe(200);
    expect(await list()).toHaveLength(1);
  });

  test.each([
    [false, 401],
    [true, 200],
  ])('whether a trashed key signs in is unknown: switch %s, %i', async (trashedKeysSignIn, status) => {
    primatime.control.configure({ trashedKeysSignIn });
    const { id, secretKey } = await create('CI');
    await call('DELETE', `${keysPath}/${id}`);
    expect((await ask.login(secretKey, '')).status).toBe(status);
  });

  test.each([
    [false, 200, 200],
    [true, 401, 401],
  ])('whether its tokens die with it is unknown: switch %s, %i', async (deletedKeysEndTheirTokens, self, refresh) => {
    primatime.control.configure({ deletedKeysEndTheirTokens });
    const { id, secretKey } = await create('CI');
    const minted = (await ask.login(secretKey, '')).body;
    await call('DELETE', `${keysPath}/${id}`, { hard: 'true' });
    expect((await ask.get('/users/@self', { token: String(minted['token']) })).status).toBe(self);
    expect((await ask.refresh(minted['refreshToken'])).status).toBe(refresh);
  });

  test.each([[200], [204]] as const)('its status is not documented: switch %i', async (deletedStatus) => {
    primatime.control.configure({ deletedStatus });
    const { id } = await create('CI');
    expect((await call('DELETE', `${keysPath}/${id}`)).status).toBe(deletedStatus);
  });
});
