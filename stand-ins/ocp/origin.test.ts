import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningStandIn } from '../stand-in.ts';
import { asker, bearer, send } from './ask.ts';
import type { Answered, Asker } from './ask.ts';
import type { OcpActions } from './control.ts';
import { standIn } from './server.ts';
import type { Version } from './versions.ts';

let ocp: RunningStandIn<OcpActions>;
let ask: Asker;
beforeAll(async () => {
  ocp = await standIn.start();
  ask = asker(ocp.baseUrl);
});
afterAll(() => ocp.close());
beforeEach(() => ocp.control.reset());

const listed = 'http://localhost:5173';
const foreign = 'https://elsewhere.example.test';
const from = (origin: string) => ({ accept: 'application/json', origin });
const allowed = ({ headers }: Answered) => headers.get('access-control-allow-origin');
const held = () => ocp.control.sessions({ username: 'alice' }).length;
const invalidOrigin = { status: 403, body: { error: 'Invalid origin' } };

describe('sign-in', () => {
  const both: [Version][] = [['26.7.4'], ['26.5.5']];
  test.each(both)('%s, origin listed: 200 with the header', async (version) => {
    ocp.control.configure({ version });
    const answered = await ask.signIn({}, from(listed));
    expect(answered.status).toBe(200);
    expect(allowed(answered)).toBe(listed);
  });

  test.each(both)("%s, the server's own origin: 200", async (version) => {
    ocp.control.configure({ version });
    expect((await ask.signIn({}, from(ocp.url))).status).toBe(200);
  });

  test.each([[foreign], ['null']])(
    '26.5.5, origin %s not listed: processed, a place used, only the header missing',
    async (origin) => {
      ocp.control.configure({ version: '26.5.5' });
      const answered = await ask.signIn({}, from(origin));
      expect(answered.status).toBe(200);
      expect(allowed(answered)).toBeNull();
      expect(held()).toBe(1);
    },
  );

  test.each([[foreign], ['null']])('26.7.4, origin %s not listed: refused before anything happens', async (origin) => {
    const answered = await ask.signIn({}, from(origin));
    expect(answered).toMatchObject(invalidOrigin);
    expect(allowed(answered)).toBeNull();
    expect(held()).toBe(0);
  });

  test.each<[string, string[], string[]]>([
    ['* allows any', ['*'], []],
    ['+ allows the origins of the redirect URIs', ['+'], [`${foreign}/callback`]],
  ])('%s', async (_row, webOrigins, redirectUris) => {
    ocp.control.putClient({ clientId: 'ocp', webOrigins, redirectUris });
    const answered = await ask.signIn({}, from(foreign));
    expect(answered.status).toBe(200);
    expect(allowed(answered)).toBe(foreign);
  });

  test('a client that is not known allows every origin to read so', async () => {
    const answered = await ask.signIn({ client_id: 'nobody' }, from(foreign));
    expect(answered.status).toBe(401);
    expect(allowed(answered)).toBe(foreign);
  });

  test('a realm that is disabled allows every origin to read so', async () => {
    ocp.control.configureRealm({ enabled: false });
    expect(allowed(await ask.signIn({}, from(foreign)))).toBe(foreign);
  });
});

test.each<[Version, number, number]>([
  ['26.5.5', 204, 0],
  ['26.7.4', 403, 1],
])('log out from an origin that is not listed, %s: %i, %i session left', async (version, status, left) => {
  ocp.control.configure({ version });
  const { body } = await ask.signIn();
  const answered = await ask.logOut(body['refresh_token'], {}, from(foreign));
  expect(answered.status).toBe(status);
  expect(allowed(answered)).toBeNull();
  expect(held()).toBe(left);
});

test.each<[Version, number]>([
  ['26.5.5', 200],
  ['26.7.4', 403],
])('account API from an origin that is not listed, %s: %i', async (version, status) => {
  ocp.control.configure({ version });
  const { body } = await ask.signIn();
  const headers = bearer(body['access_token']);
  const answered = await ask.get('/account/sessions', { ...headers, origin: foreign });
  expect(answered.status).toBe(status);
  expect(allowed(answered)).toBeNull();
  expect(allowed(await ask.get('/account/sessions', { ...headers, origin: listed }))).toBe(listed);
});

test('account API with a bad token: 401 that no page of another origin can read', async () => {
  const answered = await ask.get('/account/sessions', { ...bearer('x'), origin: listed });
  expect(answered).toMatchObject({ status: 401, body: { error: 'HTTP 401 Unauthorized' } });
  expect(allowed(answered)).toBeNull();
});

test.each([
  ['token', '/protocol/openid-connect/token'],
  ['account', '/account/sessions'],
])('a preflight of %s is answered to any origin', async (_row, path) => {
  const answered = await send(`${ask.realm}${path}`, {
    method: 'OPTIONS',
    headers: { origin: foreign, 'access-control-request-method': 'POST' },
  });
  expect(answered.status).toBe(200);
  expect(allowed(answered)).toBe(foreign);
  expect(answered.headers.get('access-control-max-age')).toBe('3600');
});

test.each([
  ['discovery', '/.well-known/openid-configuration'],
  ['certificates', '/protocol/openid-connect/certs'],
])('%s is open to any origin', async (_row, path) => {
  const answered = await ask.get(path, from(foreign));
  expect(answered.status).toBe(200);
  expect(allowed(answered)).toBe(foreign);
});

test('discovery names the issuer and the endpoints as they were addressed', async () => {
  const { body } = await ask.get('/.well-known/openid-configuration');
  expect(body).toMatchObject({
    issuer: ask.realm,
    token_endpoint: `${ask.realm}/protocol/openid-connect/token`,
    end_session_endpoint: `${ask.realm}/protocol/openid-connect/logout`,
    revocation_endpoint: `${ask.realm}/protocol/openid-connect/revoke`,
  });
});

test('introspection has no CORS headers, whoever asks', async () => {
  const answered = await ask.post('token/introspect', { client_id: 'ocp', token: 'x' }, from(listed));
  expect(answered.status).toBe(403);
  expect(allowed(answered)).toBeNull();
});
