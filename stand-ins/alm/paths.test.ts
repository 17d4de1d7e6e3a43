import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apiKey, call } from './call-alm.ts';
import type { Alm } from './call-alm.ts';
import { standIn } from './server.ts';

let alm: Alm;
beforeAll(async () => {
  alm = await standIn.start();
});
beforeEach(() => alm.control.reset());
afterAll(() => alm.close());

describe('section 1: two names for one path', () => {
  test.each([
    ['2026.1.0.0', 'perforce-alm', 200],
    ['2026.1.0.0', 'helix-alm', 200],
    ['2022.1.0.0', 'perforce-alm', 404],
    ['2022.1.0.0', 'helix-alm', 200],
    ['2026.1.0.0', 'some-alm', 404],
  ] as const)('server %s, /%s/api/v0: %d', async (version, segment, status) => {
    alm.control.configure({ version });
    expect((await call(alm, `/${segment}/api/v0/versions`)).status).toBe(status);
    expect((await call(alm, `/${segment}/api/v0/projects`, apiKey)).status).toBe(status);
  });

  test('what is not the API is HTML', async () => {
    const root = await call(alm, '/');
    expect([root.status, root.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const elsewhere = await call(alm, '/<script>/api');
    expect([elsewhere.status, elsewhere.json]).toEqual([404, null]);
    expect(elsewhere.text).not.toContain('<script>');
  });
});

describe('section 4: the project in the path', () => {
  test('by record id, uuid or name, always encoded', async () => {
    alm.control.fillProjects({ count: 200 });
    const { json } = await call(alm, 'projects', apiKey);
    const projects = json?.projects as { id: number; name: string; uuid: string }[];
    expect(projects).toHaveLength(200);
    const names = projects.map(({ name }) => name).join(' ');
    for (const part of ['"', "'", '/', '{', '}', '🚀', '%', '?', '#', '\\', '<b>', '$(id)', 'Ü'])
      expect(names).toContain(part);
    for (const { id, name, uuid } of projects) {
      const byUuid = await call(alm, `${encodeURIComponent(uuid)}/token`, apiKey);
      expect(claimsOf(byUuid.json).pud).toBe(uuid);
      const byId = await call(alm, `${id}/token`, apiKey);
      expect(claimsOf(byId.json).pud).toBe(uuid);
      const byName = await call(alm, `${encodeURIComponent(name)}/token`, apiKey);
      // A name that is another project's id finds that one.
      expect(claimsOf(byName.json).pnm === name).toBe(!/^\d+$/.test(name) || name === '0');
    }
  });

  test('the id changes, the uuid does not', async () => {
    const before = alm.control.projects().map(({ id, uuid }) => ({ id, uuid }));
    const after = alm.control.renumberProjects();
    expect(after.map(({ uuid }) => uuid)).toEqual(before.map(({ uuid }) => uuid));
    expect(after.some(({ id }) => before.some((project) => project.id === id))).toBe(false);
    expect((await call(alm, `${before[0]?.id ?? ''}/token`, apiKey)).status).toBe(404);
    expect((await call(alm, `${encodeURIComponent(before[0]?.uuid ?? '')}/token`, apiKey)).status).toBe(200);
  });
});

describe('section 6: GET /versions', () => {
  test('needs no credential', async () => {
    const { status, json } = await call(alm, 'versions');
    expect(status).toBe(200);
    expect(json).toEqual({
      RESTAPIServer: '2026.1.0.0',
      HALMCommsLibrary: '2026.1.0.0',
      HALMServer: '2026.1.0.0',
      errors: [],
    });
  });

  test('answers whatever the credential', async () => {
    expect((await call(alm, 'versions', 'ApiKey no:such')).status).toBe(200);
  });

  test('says when the ALM Server is out of reach', async () => {
    alm.control.configure({ almServerUp: false });
    const { status, json } = await call(alm, 'versions');
    expect([status, json?.HALMServer]).toEqual([200, '<unknown>']);
    expect(json?.errors).toMatchObject([{ statusCode: 500, code: 'Internal Server Error' }]);
    expect(await call(alm, 'projects', apiKey)).toMatchObject({ status: 500, json: { statusCode: 500 } });
  });
});

describe('section 9: keys cannot be managed over REST', () => {
  test.each([
    ['GET', 'keys'],
    ['GET', 'apiKeys'],
    ['GET', '4/keys'],
    ['DELETE', 'keys/demo-key-of-alice'],
    ['GET', 'users'],
    ['DELETE', '4/token'],
    ['POST', '4/token'],
    ['POST', 'logout'],
  ])('%s %s: 404', async (method, path) => {
    expect((await call(alm, path, apiKey, method)).status).toBe(404);
  });
});

interface Claims {
  readonly pud: string;
  readonly pnm: string;
}

function claimsOf(body: Record<string, unknown> | null): Claims {
  const payload = String(body?.accessToken).split('.')[1] ?? '';
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Claims; // minted by this server
}
