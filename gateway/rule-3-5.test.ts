// @vitest-environment node
import { createServer as createSecure } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestAuthority } from '../test/certificates.ts';
import { newNonce, startRig, type Rig } from '../test/gateway-rig.ts';
import { toyConnection } from '../test/toy-connection.ts';
import { startUpstream, type Upstream } from '../test/upstream.ts';

let upstream: Upstream;
let rig: Rig;
const limits = { connectMs: 400, callMs: 600, carefulCallMs: 900 };

beforeEach(async () => {
  upstream = await startUpstream();
  rig = await startRig([toyConnection(upstream.url)], { limits });
});
afterEach(async () => {
  await rig.close();
  await upstream.close();
});

const authority = createTestAuthority('Toy Authority');

/** A rig whose one connection goes to a server over TLS. */
async function overTls(options: Parameters<typeof authority.issue>[0], ca: string | null) {
  const certificate = authority.issue(options);
  const secure = await startUpstream({ tls: certificate });
  rig.connections = [toyConnection(secure.url, { ca })];
  return { secure, certificate };
}

describe('rule 3: redirects are never followed', () => {
  it.each([301, 302, 303, 307, 308])(
    'answers a %i to another host without taking the credential there',
    async (status) => {
      const other = await startUpstream();
      upstream.answers((_, response) => {
        response.writeHead(status, { location: `${other.url}/steal?token=canary`, 'content-type': 'application/json' });
        response.end('{"code":"PE01-1012"}');
      });
      const envelope = await rig.call('withToken', { token: 'canary-token' });
      expect(envelope).toMatchObject({
        phase: 'answered',
        status,
        body: '{"code":"PE01-1012"}',
        cause: { code: 'redirected', detail: `${other.url}/steal` },
      });
      expect(JSON.stringify(envelope)).not.toContain('canary');
      expect(other.connections).toBe(0);
      expect(upstream.seen).toHaveLength(1);
      await other.close();
    },
  );

  it.each([
    ['/elsewhere?x=1', (url: string) => `${url}/elsewhere`],
    ['javascript:alert(1)', () => 'an address of the kind javascript:'],
    ['file:///etc/passwd', () => 'an address of the kind file:'],
    ['http://[', () => 'an address that cannot be read'],
  ])('says where %s points, and goes nowhere', async (location, shown) => {
    upstream.answers((_, response) => response.writeHead(302, { location }).end());
    expect((await rig.call('look', {})).cause).toEqual({ code: 'redirected', detail: shown(upstream.url) });
    expect(upstream.seen).toHaveLength(1);
  });

  it('keeps the code of a redirect to exactly the registered callback, for an announced state', async () => {
    const state = newNonce();
    await rig.post('/gw/v1/park', { connection: 'toy-one', state });
    const callback = `http://127.0.0.1:${rig.port}/callback/toy-one`;
    upstream.answers((_, response) => {
      response.writeHead(302, { location: `${callback}?code=canary-code&state=${state}` }).end('canary-body');
    });
    const envelope = await rig.call('passwordGrant', { password: 'not-a-real-password' }, { nonce: newNonce() });
    expect(envelope).toMatchObject({ phase: 'answered', status: 302, cause: null, body: '' });
    expect(JSON.stringify(envelope)).not.toContain('canary');

    upstream.answers((_, response) => response.end('{}'));
    await rig.call('exchange', { code: { parked: state } }, { nonce: newNonce() });
    expect(upstream.seen.at(-1)?.body).toBe('code=canary-code');
  });

  it('keeps the refusal that such a redirect carries instead of a code', async () => {
    const state = newNonce();
    await rig.post('/gw/v1/park', { connection: 'toy-one', state });
    const callback = `http://127.0.0.1:${rig.port}/callback/toy-one`;
    upstream.answers((_, response) => {
      const query = `error=access_denied&error_description=canary-words&state=${state}`;
      response.writeHead(302, { location: `${callback}?${query}` }).end('canary-body');
    });
    const envelope = await rig.call('passwordGrant', { password: 'not-a-real-password' }, { nonce: newNonce() });
    expect(envelope).toMatchObject({ phase: 'answered', status: 302, cause: null, body: '' });
    expect(JSON.stringify(envelope)).not.toContain('canary');
    const asked = await rig.post('/gw/v1/park', { connection: 'toy-one', state, ask: true });
    expect(JSON.parse(asked.text)).toEqual({ state: 'refused', error: 'access_denied' });
  });

  it.each([
    ['a longer path', (own: string, state: string) => `${own}/callback/toy-one/more?code=c&state=${state}`],
    [
      'another host',
      (own: string, state: string) => `${own.replace('127', '128')}/callback/toy-one?code=c&state=${state}`,
    ],
    ['another state', (own: string) => `${own}/callback/toy-one?code=c&state=${newNonce()}`],
    ['two states', (own: string, state: string) => `${own}/callback/toy-one?code=c&state=${state}&state=${newNonce()}`],
    ['an error beside it', (own: string, state: string) => `${own}/callback/toy-one?code=c&error=e&state=${state}`],
  ])('treats a redirect with a code to %s as any other', async (_, locationOf) => {
    const state = newNonce();
    await rig.post('/gw/v1/park', { connection: 'toy-one', state });
    const location = locationOf(`http://127.0.0.1:${rig.port}`, state);
    upstream.answers((_seen, response) => response.writeHead(302, { location }).end());
    const envelope = await rig.call('passwordGrant', { password: 'not-a-real-password' }, { nonce: newNonce() });
    expect(envelope.cause?.code).toBe('redirected');
    const asked = await rig.post('/gw/v1/park', { connection: 'toy-one', state, ask: true });
    expect(JSON.parse(asked.text)).toEqual({ state: 'waiting' });
  });
});

describe('rule 5: size is bounded', () => {
  it('refuses more than 64 KiB from the page, whatever Content-Length says', async () => {
    const body = JSON.stringify({ baseUrl: upstream.url, params: { token: 'x'.repeat(65_536) } });
    expect((await rig.post('/gw/v1/call/toy-one/withToken', body)).status).toBe(413);
    const chunked = await rig.post('/gw/v1/call/toy-one/withToken', body, {
      headers: { 'transfer-encoding': 'chunked' },
    });
    expect(chunked.status).toBe(413);
    expect(upstream.connections).toBe(0);
  });

  it('brings back 5 MiB whole, and not a byte more', async () => {
    const most = 'x'.repeat(5 * 1024 * 1024);
    upstream.answers((_, response) => response.end(most));
    expect((await rig.call('look', {})).body.length).toBe(most.length);
    upstream.answers((_, response) => response.end(`${most}x`));
    expect(await rig.call('look', {})).toMatchObject({
      phase: 'answered',
      status: 200,
      body: '',
      cause: { code: 'too-large' },
    });
  });

  it('stops an answer that never ends', async () => {
    upstream.answers((_, response) => {
      const chunk = 'x'.repeat(65_536);
      const more = (): void => {
        while (!response.destroyed && response.write(chunk)) continue;
      };
      response.on('drain', more);
      more();
    });
    expect((await rig.call('look', {})).cause).toEqual({ code: 'too-large' });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', (plain: Buffer) => brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ['deflate', deflateSync],
  ] as const)('stops a %s bomb while it inflates', async (encoding, pack) => {
    const bomb = pack(Buffer.alloc(200 * 1024 * 1024));
    upstream.answers((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(bomb));
    // Its size is to end it, not its time.
    const patient = await startRig([toyConnection(upstream.url)], {});
    const before = process.memoryUsage().rss;
    const envelope = await patient.call('look', {});
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
    await patient.close();
    expect(envelope).toMatchObject({ phase: 'answered', body: '', cause: { code: 'too-large' } });
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ] as const)('inflates %s', async (encoding, pack) => {
    upstream.answers((_, response) => response.writeHead(200, { 'content-encoding': encoding }).end(pack('{"čau":1}')));
    expect((await rig.call('look', {})).body).toBe('{"čau":1}');
  });

  it('answers what cannot be decoded without a body, and an empty one as empty', async () => {
    upstream.answers((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip'));
    expect(await rig.call('look', {})).toMatchObject({
      phase: 'answered',
      status: 200,
      cause: { code: 'undecodable' },
    });
    upstream.answers((_, response) => response.writeHead(200, { 'content-encoding': 'zstd' }).end('?'));
    expect((await rig.call('look', {})).cause).toEqual({ code: 'undecodable' });
    upstream.answers((_, response) => response.writeHead(204, { 'content-encoding': 'gzip' }).end());
    expect(await rig.call('look', {})).toMatchObject({ status: 204, body: '', cause: null });
  });
});

describe('rule 5: time and calls in flight are bounded', () => {
  it('gives up on a slow answer: sent, and nobody knows what happened', async () => {
    upstream.answers(() => undefined);
    const startedMs = performance.now();
    expect(await rig.call('look', {})).toMatchObject({ phase: 'sent', status: null, cause: { code: 'timeout' } });
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(limits.callMs - 20);
  });

  it('gives spend, slot and mint more time than the others', async () => {
    upstream.answers((_, response) => void setTimeout(() => response.end('{}'), limits.callMs + 100));
    expect(await rig.call('spend', { refresh_token: 'r' }, { nonce: newNonce() })).toMatchObject({ phase: 'answered' });
    expect(await rig.call('look', {})).toMatchObject({ phase: 'sent' });
  });

  it('keeps the status of an answer whose body stalls or is cut', async () => {
    upstream.answers((_, response) => response.writeHead(200, { 'content-length': '10' }).write('{'));
    expect(await rig.call('look', {})).toMatchObject({
      phase: 'sent',
      status: 200,
      body: '',
      cause: { code: 'timeout' },
    });
    upstream.answers((_, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('{', () => response.destroy());
    });
    expect(await rig.call('look', {})).toMatchObject({ phase: 'sent', status: 200, body: '', cause: { code: 'cut' } });
  });

  it('calls an upstream that hangs up, or talks garbage, sent', async () => {
    upstream.answers((_, response) => response.destroy());
    expect(await rig.call('look', {})).toMatchObject({ phase: 'sent', status: null, cause: { code: 'cut' } });
    upstream.answers((_, response) => response.socket?.end('HTTP/1.1 garbage\r\n\r\n'));
    expect(await rig.call('look', {})).toMatchObject({ phase: 'sent', status: null, cause: { code: 'undecodable' } });
    upstream.answers((_, response) => response.writeHead(200, { 'x-long': 'x'.repeat(40_000) }).end());
    expect(await rig.call('look', {})).toMatchObject({ phase: 'sent', status: null, cause: { code: 'too-large' } });
  });

  it('calls a dead upstream not-sent: refused, unknown host, no answer to the connection', async () => {
    await upstream.close();
    expect(await rig.call('look', {})).toMatchObject({
      phase: 'not-sent',
      cause: { code: 'connection-refused', detail: '127.0.0.1' },
    });
    rig.connections = [toyConnection('http://no-such-host.invalid')];
    expect(await rig.call('look', {})).toMatchObject({
      phase: 'not-sent',
      cause: { code: 'unknown-host', detail: 'no-such-host.invalid' },
    });
  });

  it('calls a connection that takes too long not-sent', async () => {
    // It accepts and never says a word, so that the handshake cannot end.
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo; // a server that listens on a port has one
    rig.connections = [toyConnection(`https://127.0.0.1:${port}`)];
    expect(await rig.call('look', {})).toMatchObject({ phase: 'not-sent', cause: { code: 'connect-timeout' } });
    silent.close();
  });

  it('lets no more than three calls to one server through at once, and the fourth as soon as one ends', async () => {
    const held: (() => void)[] = [];
    upstream.answers((_, response) => held.push(() => response.end('{}')));
    const calls = Array.from({ length: 4 }, () => rig.call('look', {}));
    await upstream.arrived(3);
    const free = await startUpstream();
    rig.connections = [...rig.connections, toyConnection(free.url, { id: 'toy-two' })];
    expect(await rig.call('look', {}, { connection: 'toy-two', baseUrl: free.url })).toMatchObject({ status: 200 });
    expect(upstream.seen).toHaveLength(3);
    held[0]?.();
    await upstream.arrived(4);
    for (const end of held) end();
    expect((await Promise.all(calls)).every(({ status }) => status === 200)).toBe(true);
    await free.close();
  });

  it('answers a call that found no free place in time with busy, not-sent', async () => {
    upstream.answers(() => undefined);
    const stuck = Array.from({ length: 3 }, () => rig.call('spend', { refresh_token: 'r' }, { nonce: newNonce() }));
    await upstream.arrived(3);
    expect(await rig.call('look', {})).toMatchObject({ phase: 'not-sent', cause: { code: 'busy' } });
    await Promise.all(stuck);
    expect(upstream.seen).toHaveLength(3);
  });
});

describe('rule 5: TLS is always verified', () => {
  const good = { name: 'toy server', hosts: ['localhost', '127.0.0.1'] };

  it('shows an untrusted certificate and sends nothing', async () => {
    const { secure, certificate } = await overTls(good, null);
    const { phase, cause } = await rig.call('withToken', { token: 'canary-token' });
    expect(phase).toBe('not-sent');
    expect(cause).toMatchObject({
      code: 'certificate-untrusted',
      certificate: { subject: 'CN=toy server', issuer: 'CN=Toy Authority', sha256: certificate.sha256 },
    });
    expect(secure.connections).toBe(1);
    expect(secure.seen).toHaveLength(0);
    await secure.close();
  });

  it('takes a certificate of the connection’s own CA, and tells which it was', async () => {
    const { secure, certificate } = await overTls(good, authority.certificate);
    const { phase, tls } = await rig.call('look', {});
    expect(phase).toBe('answered');
    expect(tls?.protocol).toMatch(/^TLSv1\.[23]$/);
    expect(tls?.certificate.sha256).toBe(certificate.sha256);
    await secure.close();
  });

  it('trusts a connection’s CA for that connection alone', async () => {
    const { secure } = await overTls(good, authority.certificate);
    rig.connections = [...rig.connections, toyConnection(secure.url, { id: 'toy-two' })];
    expect(await rig.call('look', {})).toMatchObject({ phase: 'answered' });
    expect(await rig.call('look', {}, { connection: 'toy-two' })).toMatchObject({
      cause: { code: 'certificate-untrusted' },
    });
    await secure.close();
  });

  it.each([
    [
      'another CA',
      { name: 's', hosts: ['127.0.0.1'] },
      createTestAuthority('Other').certificate,
      'certificate-untrusted',
    ],
    ['another name', { name: 's', hosts: ['other.example'] }, authority.certificate, 'certificate-name'],
    ['a time that is over', { ...good, endedMsAgo: 60_000 }, authority.certificate, 'certificate-expired'],
  ])('refuses a certificate of %s', async (_, issue, ca, code) => {
    const { secure } = await overTls(issue, ca);
    expect(await rig.call('look', {})).toMatchObject({ phase: 'not-sent', cause: { code } });
    expect(secure.seen).toHaveLength(0);
    await secure.close();
  });

  it('does not talk to a server that knows no TLS', async () => {
    rig.connections = [toyConnection(upstream.url.replace('http:', 'https:'))];
    expect(await rig.call('look', {})).toMatchObject({ phase: 'not-sent', cause: { code: 'tls-failed' } });
  });

  it('does not talk to a server that knows nothing newer than TLS 1.1', async () => {
    const { certificate, key } = authority.issue(good);
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
    const server = createSecure({ cert: certificate, key, ...old });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // a server that listens on a port has one
    const oldClient = connectTls({ host: '127.0.0.1', port, ca: authority.certificate, ...old });
    await new Promise((resolve) => oldClient.once('secureConnect', resolve));
    expect(oldClient.getProtocol()).toBe('TLSv1.1');
    oldClient.destroy();

    rig.connections = [toyConnection(`https://127.0.0.1:${port}`, { ca: authority.certificate })];
    expect(await rig.call('look', {})).toMatchObject({ phase: 'not-sent', cause: { code: 'tls-failed' } });
    server.close();
  });

  it('goes past the proxy that the environment names', async () => {
    process.env['HTTP_PROXY'] = process.env['http_proxy'] = 'http://127.0.0.1:9';
    try {
      expect(await rig.call('look', {})).toMatchObject({ status: 200 });
    } finally {
      delete process.env['HTTP_PROXY'];
      delete process.env['http_proxy'];
    }
  });
});
