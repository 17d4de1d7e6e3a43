// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRig, type Rig } from '../test/gateway-rig.ts';
import { toyConnection } from '../test/toy-connection.ts';
import { startUpstream, type Upstream } from '../test/upstream.ts';

let upstream: Upstream;
let rig: Rig;

beforeEach(async () => {
  upstream = await startUpstream();
  rig = await startRig([toyConnection(upstream.url)]);
});
afterEach(async () => {
  await rig.close();
  await upstream.close();
});

const callPath = '/gw/v1/call/toy-one/look';
const look = (headers: Readonly<Record<string, string | undefined>>, more: { method?: string; path?: string } = {}) =>
  rig.raw({
    method: more.method ?? 'POST',
    path: more.path ?? callPath,
    headers,
    ...(more.method === 'GET' ? {} : { body: JSON.stringify({ baseUrl: upstream.url, params: {} }) }),
  });
const typeOf = (reply: { text: string }): unknown => (JSON.parse(reply.text) as { type: unknown }).type; // a problem has one

describe('rule 6: only the console itself may ask', () => {
  it('takes a call from its own page, by either name of this machine', async () => {
    for (const host of ['localhost', '127.0.0.1', '[::1]', 'LOCALHOST']) {
      expect((await look({ host: `${host}:${rig.port}` })).status).toBe(200);
    }
  });

  it.each([
    ['a name that was pointed at this machine', (port: number) => `rebound.example:${port}`],
    ['another port', (port: number) => `localhost:${port + 1}`],
    ['no port', () => 'localhost'],
    ['a name that only begins like ours', (port: number) => `localhost.evil.example:${port}`],
    ['a name with a dot at its end', (port: number) => `localhost.:${port}`],
    ['the address of another machine', (port: number) => `192.0.2.1:${port}`],
  ])('refuses a Host that is %s, for calls, hello, callback and files', async (_, hostOf) => {
    const host = hostOf(rig.port);
    for (const path of ['/gw/v1/hello', '/gw/v1/health', '/callback/toy-one?code=c&state=s', '/', '/assets/index.js']) {
      const reply = await look({ host }, { method: 'GET', path });
      expect([path, reply.status, typeOf(reply)]).toEqual([path, 421, 'foreign-host']);
    }
    expect(typeOf(await look({ host }))).toBe('foreign-host');
    expect(upstream.connections).toBe(0);
  });

  it('refuses an absolute address in the request line, which would overrule Host', async () => {
    const reply = await look({}, { path: `http://rebound.example:${rig.port}${callPath}` });
    expect(typeOf(reply)).toBe('foreign-host');
  });

  it.each(['cross-site', 'same-site', 'none'])('refuses Sec-Fetch-Site: %s, also with our Origin', async (site) => {
    expect(typeOf(await look({ 'sec-fetch-site': site }))).toBe('foreign-origin');
    const origin = `http://127.0.0.1:${rig.port}`;
    expect(typeOf(await look({ 'sec-fetch-site': site, origin }))).toBe('foreign-origin');
    expect(typeOf(await look({ 'sec-fetch-site': site }, { method: 'GET', path: '/gw/v1/hello' }))).toBe(
      'foreign-origin',
    );
  });

  it('goes by Origin where Sec-Fetch-Site is missing: an equal one, no foreign one, no missing one', async () => {
    const own = `http://127.0.0.1:${rig.port}`;
    expect((await look({ 'sec-fetch-site': undefined, origin: own })).status).toBe(200);
    for (const origin of [
      'https://evil.example',
      'null',
      `https://127.0.0.1:${rig.port}`,
      `http://localhost:${rig.port}`,
      `${own}1`,
    ]) {
      expect(typeOf(await look({ 'sec-fetch-site': undefined, origin }))).toBe('foreign-origin');
    }
    expect(typeOf(await look({ 'sec-fetch-site': undefined }))).toBe('foreign-origin');
  });

  it('refuses a foreign Origin even beside Sec-Fetch-Site: same-origin', async () => {
    expect(typeOf(await look({ origin: 'https://evil.example' }))).toBe('foreign-origin');
  });

  it('wants the custom header, which no foreign form or plain fetch can send', async () => {
    const reply = await look({ 'x-keyward': undefined });
    expect([reply.status, typeOf(reply)]).toEqual([403, 'missing-header']);
    const hello = { method: 'GET', path: '/gw/v1/hello' };
    expect(typeOf(await look({ 'x-keyward': undefined, 'sec-fetch-site': undefined }, hello))).toBe('missing-header');
  });

  it.each([
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'text/json',
  ])('wants JSON, not %s', async (type) => {
    const reply = await look({ 'content-type': type });
    expect([reply.status, typeOf(reply)]).toEqual([415, 'not-json']);
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s for a call', async (method) => {
    expect((await rig.raw({ method, path: callPath })).status).toBe(405);
    expect(upstream.connections).toBe(0);
  });

  it('refuses POST for hello, HEAD for callback, and what is no address of ours', async () => {
    expect((await rig.post('/gw/v1/hello', {})).status).toBe(405);
    expect((await rig.raw({ method: 'HEAD', path: '/callback/toy-one?code=c&state=s' })).status).toBe(405);
    for (const path of ['/gw/v2/hello', '/gw/v1/call/toy-one', '/gw/v1/call/toy-one/look/more', '/gw/']) {
      expect((await rig.raw({ path })).status).toBe(404);
    }
  });

  it('sends no CORS header, whatever is asked', async () => {
    const preflight = await rig.raw({
      method: 'OPTIONS',
      path: callPath,
      headers: {
        origin: 'https://evil.example',
        'access-control-request-method': 'POST',
        'sec-fetch-site': 'cross-site',
      },
    });
    const replies = [preflight, await rig.raw({ path: '/gw/v1/hello' }), await look({})];
    for (const { headers } of replies) {
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('answers health without data and without asking who is there', async () => {
    const reply = await rig.raw({
      path: '/gw/v1/health',
      headers: { 'x-keyward': undefined, 'sec-fetch-site': undefined },
    });
    expect([reply.status, reply.text]).toEqual([204, '']);
  });

  it('refuses a body that is not the expected JSON, as a problem with a stable type', async () => {
    for (const body of [
      '',
      '{',
      '[]',
      'null',
      '"x"',
      '{"params":{}}',
      '{"baseUrl":1,"params":{}}',
      '{"baseUrl":"x","params":[]}',
    ]) {
      const reply = await rig.post(callPath, body);
      expect([body, reply.status, typeOf(reply)]).toEqual([body, 400, 'bad-request']);
      expect(reply.headers['content-type']).toBe('application/problem+json');
    }
  });

  it('tells hello what the page needs: boot, connections, faults, demo', async () => {
    expect(await rig.hello()).toEqual({
      boot: rig.gateway.boot,
      connections: [
        {
          id: 'toy-one',
          provider: 'toy',
          name: 'Toy',
          baseUrl: upstream.url,
          settings: { realm: 'master' },
          secretsSet: ['apiKey'],
          insecure: false,
          forwardsClientAddress: false,
        },
      ],
      configurationFaults: [],
      demo: false,
    });
  });
});
