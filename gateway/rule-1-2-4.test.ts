// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newNonce, startRig, type Rig } from '../test/gateway-rig.ts';
import { toyConnection } from '../test/toy-connection.ts';
import { startUpstream, type Upstream } from '../test/upstream.ts';

let upstream: Upstream;
let rig: Rig;

beforeEach(async () => {
  upstream = await startUpstream();
  rig = await startRig([toyConnection(`${upstream.url}/base`)]);
});
afterEach(async () => {
  await rig.close();
  await upstream.close();
});

describe('rule 1: a caller never chooses a URL, a host, a method or a free header', () => {
  it('builds the whole request from the table, the settings and the named parameters', async () => {
    const envelope = await rig.call('find', { id: 'a b?c#d', page: '1&2=3' });
    expect(envelope).toMatchObject({ phase: 'answered', status: 200, body: '{"ok":true}', cause: null });
    expect(upstream.seen).toMatchObject([
      { method: 'GET', url: '/base/master/things/a%20b%3Fc%23d?page=1%262%3D3', body: '' },
    ]);
  });

  it('refuses an unknown connection and an unknown operation', async () => {
    expect(await rig.refused('look', {}, { connection: 'other' })).toMatchObject({
      status: 404,
      type: 'unknown-connection',
    });
    for (const name of ['nothing', 'constructor', '__proto__', 'toString']) {
      expect(await rig.refused(name, {})).toMatchObject({ status: 404, type: 'unknown-operation' });
    }
    expect(upstream.connections).toBe(0);
  });

  it('refuses a parameter that is not the caller’s to give, by name', async () => {
    const why = { status: 422, type: 'bad-parameter' };
    expect(await rig.refused('find', { id: '1', host: 'evil.example' })).toEqual({
      ...why,
      detail: '“host” is not a parameter of this operation.',
    });
    // A setting, an operator's secret and a fixed value stand in the table, and are still not the caller's.
    for (const [operation, params] of [
      ['find', { id: '1', realm: 'other' }],
      ['mint', { user: 'u', apikey: 'k' }],
      ['create', { name: 'n', kind: 'other' }],
    ] as const) {
      expect(await rig.refused(operation, params, { nonce: newNonce() })).toMatchObject(why);
    }
    const body = `{"baseUrl":"${upstream.url}/base","params":{"id":"1","__proto__":"x"}}`;
    expect((await rig.post('/gw/v1/call/toy-one/find', body)).status).toBe(422);
    expect(upstream.connections).toBe(0);
  });

  it('refuses a missing parameter by name, and one of the wrong kind', async () => {
    expect(await rig.refused('find', {})).toMatchObject({ detail: '“id” is missing.' });
    expect(await rig.refused('find', { id: null })).toMatchObject({ detail: '“id” is missing.' });
    expect(await rig.refused('find', { id: ['a'] })).toMatchObject({ type: 'bad-parameter' });
    expect(await rig.refused('find', 'id')).toMatchObject({ type: 'bad-request' });
  });

  it('refuses a parameter that is nested more deeply than any call needs, and takes one below that', async () => {
    const bodyOf = (levels: number): string =>
      `{"baseUrl":"${upstream.url}/base","params":{"id":"1","name":${'['.repeat(levels)}1${']'.repeat(levels)}}}`;
    for (const levels of [31, 15_000]) {
      const reply = await rig.post('/gw/v1/call/toy-one/rename', bodyOf(levels));
      expect(reply.status).toBe(400);
      expect(JSON.parse(reply.text)).toMatchObject({
        type: 'bad-request',
        detail: 'The body has more than 32 levels.',
      });
    }
    expect(upstream.connections).toBe(0);
    expect((await rig.post('/gw/v1/call/toy-one/rename', bodyOf(30))).status).toBe(200);
    expect(upstream.seen).toMatchObject([{ body: `{"name":${'['.repeat(30)}1${']'.repeat(30)}}` }]);
  });

  it('refuses members of the body beside the known ones, such as a header or a method', async () => {
    for (const more of [{ headers: { cookie: 'a=b' } }, { method: 'DELETE' }, { url: 'http://evil.example' }]) {
      const reply = await rig.post('/gw/v1/call/toy-one/look', {
        baseUrl: `${upstream.url}/base`,
        params: {},
        ...more,
      });
      expect(reply.status).toBe(400);
    }
    expect(upstream.connections).toBe(0);
  });

  it.each([
    ['a dot segment', '..'],
    ['one dot', '.'],
    ['nothing', ''],
    ['a slash', 'a/b'],
    ['a traversal', '../../admin'],
    ['a backslash', 'a\\b'],
    ['an escaped dot', '%2e%2e'],
    ['an escaped slash', 'a%2Fb'],
    ['an escaped backslash', 'a%5cb'],
    ['NUL', 'a\0b'],
    ['a line break', 'a\r\nX: y'],
    ['half of a character', '\ud800'],
    ['more than 2 KiB', 'x'.repeat(2_049)],
    ['more than 2 KiB once encoded', 'é'.repeat(400)],
  ])('refuses a path value with %s', async (_, id) => {
    const refusal = await rig.refused('find', { id });
    expect(refusal).toMatchObject({ status: 422, type: 'bad-parameter' });
    expect(refusal.detail).toContain('“id”');
    expect(upstream.connections).toBe(0);
  });

  it('keeps braces, percent signs and emoji of a path value inside their segment', async () => {
    for (const id of ['{realm}', '100%', '$&', '😀', "it's(1)*!~"]) {
      expect(await rig.call('find', { id })).toMatchObject({ status: 200 });
      const last = upstream.seen.at(-1)?.url.split('/') ?? [];
      expect(last.slice(0, 4)).toEqual(['', 'base', 'master', 'things']);
      expect(decodeURIComponent(last[4] ?? '')).toBe(id);
    }
  });

  it('refuses a call for a base URL that the connection no longer names, and sends nothing', async () => {
    const envelope = await rig.call('look', {}, { baseUrl: 'https://other.example.com' });
    expect(envelope).toMatchObject({ phase: 'not-sent', status: null, cause: { code: 'base-url-changed' } });
    expect(upstream.connections).toBe(0);
  });

  it('takes a changed list of connections at the next call', async () => {
    rig.connections = [toyConnection(`${upstream.url}/moved`)];
    await rig.call('look', {});
    expect(upstream.seen).toMatchObject([{ url: '/moved/plain' }]);
  });

  it('puts an operator’s secret in and never lets the page see it', async () => {
    await rig.call('mint', { user: 'zoë', password: 'not-a-real-password:' });
    const [request] = upstream.seen;
    expect(request?.url).toBe('/base/login?apikey=canary-operator-key');
    const basic = new Map(request?.headers).get('Authorization')?.replace('Basic ', '') ?? '';
    expect(Buffer.from(basic, 'base64').toString('utf8')).toBe('zoë:not-a-real-password:');
    expect(JSON.stringify(await rig.hello())).not.toContain('canary');
  });
});

describe('rule 2: headers are allow-lists', () => {
  const sentNames = (): string[] => (upstream.seen.at(-1)?.headers ?? []).map(([name]) => name.toLowerCase()).sort();

  it('sends Accept, the operation’s own, the browser’s User-Agent, and nothing else', async () => {
    await rig.post(
      '/gw/v1/call/toy-one/withToken',
      { baseUrl: `${upstream.url}/base`, params: { token: 'canary-token' } },
      {
        headers: {
          'user-agent': 'Mozilla/5.0 (Test)',
          cookie: 'session=canary-cookie',
          origin: `http://127.0.0.1:${rig.port}`,
          referer: `http://127.0.0.1:${rig.port}/ocp`,
          'sec-fetch-mode': 'cors',
          'accept-language': 'cs',
          accept: '*/*',
          'x-forwarded-for': '203.0.113.9',
          'x-own': 'free',
        },
      },
    );
    expect(sentNames()).toEqual(['accept', 'authorization', 'connection', 'host', 'user-agent']);
    expect(new Map(upstream.seen[0]?.headers)).toEqual(
      new Map([
        ['Accept', 'application/json'],
        ['Authorization', 'Bearer canary-token'],
        ['Connection', 'close'],
        ['Host', `127.0.0.1:${upstream.port}`],
        ['User-Agent', 'Mozilla/5.0 (Test)'],
      ]),
    );
  });

  it('sends a form or JSON body with its type and length', async () => {
    await rig.call('spend', { refresh_token: 'a&b=č' }, { nonce: newNonce() });
    expect(upstream.seen.at(-1)?.body).toBe('grant_type=refresh_token&refresh_token=a%26b%3D%C4%8D');
    expect(new Map(upstream.seen.at(-1)?.headers).get('Content-Type')).toBe('application/x-www-form-urlencoded');
    await rig.call('create', { name: 'n' }, { nonce: newNonce() });
    expect(upstream.seen.at(-1)?.body).toBe('{"name":"n","kind":"toy"}');
    expect(sentNames()).toEqual(['accept', 'connection', 'content-length', 'content-type', 'host']);
  });

  it('forwards the client’s address only where the connection says so', async () => {
    rig.connections = [toyConnection(upstream.url, { forwardClientAddress: true })];
    await rig.call('look', {});
    expect(new Map(upstream.seen[0]?.headers).get('X-Forwarded-For')).toBe('127.0.0.1');
  });

  it.each([
    ['a line break', 'a\r\nX-Evil: 1'],
    ['NUL', 'a\0'],
    ['a character above Latin-1', 'a€'],
    ['a blank at the end', 'a '],
    ['nothing', ''],
    ['a C1 control', 'a\u0085b'],
  ])('refuses a header value with %s', async (_, token) => {
    expect(await rig.refused('withToken', { token })).toMatchObject({ type: 'bad-parameter' });
    expect(upstream.connections).toBe(0);
  });

  it('brings back only the welcome headers, and WWW-Authenticate under another name', async () => {
    upstream.answers((_, response) => {
      response.writeHead(401, {
        'content-type': 'application/json',
        'retry-after': '7',
        retryafter: '8',
        'x-pagination-size': '12',
        'x-ratelimit-remaining': '3',
        'www-authenticate': 'Basic realm="canary"',
        'set-cookie': ['a=b', 'c=d'],
        location: 'http://evil.example/',
        'x-toy': 'asked for',
        'x-other': 'not asked for',
        server: 'toy/1.0',
        'access-control-allow-origin': '*',
      });
      response.end('{}');
    });
    const { headers, status } = await rig.call('find', { id: '1' });
    expect(status).toBe(401);
    expect(headers).toEqual({
      'content-type': 'application/json',
      date: expect.stringMatching(/GMT$/) as string,
      'retry-after': '7',
      retryafter: '8',
      'x-pagination-size': '12',
      'x-ratelimit-remaining': '3',
      'x-vendor-authenticate': 'Basic realm="canary"',
      'x-toy': 'asked for',
    });
  });

  it('answers under its own strict headers, whatever the vendor sent', async () => {
    upstream.answers((_, response) =>
      response.writeHead(500, { 'content-type': 'text/html' }).end('<script>1</script>'),
    );
    const reply = await rig.post('/gw/v1/call/toy-one/look', { baseUrl: `${upstream.url}/base`, params: {} });
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-resource-policy': 'same-origin',
    });
  });
});

describe('rule 4: secrets are in no URL of ours and in no log', () => {
  it('logs connection, operation, status, milliseconds and bytes, and no value', async () => {
    upstream.answers((_, response) => response.writeHead(201).end('canary-answer'));
    await rig.call('mint', { user: 'canary-user', password: 'canary-password' });
    await rig.call('withToken', { token: 'canary-token' });
    await rig.call('find', { id: 'canary-id', page: 'canary-page' });
    await rig.call('spend', { refresh_token: 'canary-refresh' }, { nonce: newNonce() });
    await rig.refused('withToken', { token: 'canary\r\n', canary: 'canary' });
    await rig.raw({ path: '/callback/toy-one?code=canary-code&state=canary-state' });
    expect(rig.log).toHaveLength(4);
    expect(rig.log[0]).toMatch(/^toy-one mint \[mint\] 201 \d+ ms, 0 out, 13 back$/);
    expect(rig.log.join('\n')).not.toContain('canary');
  });

  it('says what is wrong with a value without repeating it', async () => {
    const refusals = await Promise.all([
      rig.refused('find', { id: 'canary/../' }),
      rig.refused('withToken', { token: 'canary\n' }),
      rig.refused('spend', { refresh_token: 'canary'.repeat(99) }, { nonce: newNonce() }),
      rig.refused('find', { id: '1', 'canary secret': '1' }),
    ]);
    expect(JSON.stringify(refusals)).not.toContain('canary');
  });
});
