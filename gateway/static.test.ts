// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRig, type RawReply, type Rig } from '../test/gateway-rig.ts';

let root: string;
let rig: Rig;

beforeAll(async () => {
  const top = mkdtempSync(join(tmpdir(), 'keyward-static-'));
  writeFileSync(join(top, 'outside.txt'), 'outside');
  root = join(top, 'client');
  mkdirSync(join(root, 'assets'), { recursive: true });
  mkdirSync(join(root, '.vite'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>Keyward</title>');
  writeFileSync(join(root, 'favicon.svg'), '<svg/>');
  writeFileSync(join(root, '.vite/manifest.json'), '{}');
  writeFileSync(join(root, 'assets/index-abc.js'), 'plain');
  writeFileSync(join(root, 'assets/index-abc.js.br'), brotliCompressSync('plain'));
  writeFileSync(join(root, 'assets/index-abc.js.gz'), gzipSync('plain'));
  rig = await startRig([], { staticRoot: root });
});
afterAll(async () => {
  await rig.close();
  rmSync(join(root, '..'), { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawReply> =>
  rig.raw({
    path,
    method,
    headers: {
      'x-keyward': undefined,
      'content-type': undefined,
      'sec-fetch-site': 'none',
      host: `localhost:${rig.port}`,
      ...headers,
    },
  });
const document = { 'sec-fetch-dest': 'document' };

describe('the page’s document', () => {
  it('carries exactly the headers that it must', async () => {
    const { status, headers, text } = await get('/', document);
    expect([status, text]).toEqual([200, '<!doctype html><title>Keyward</title>']);
    const { date: _date, connection: _connection, 'content-length': _length, ...exact } = headers;
    expect(exact).toEqual({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'self'; script-src-attr 'none'; style-src 'self'; style-src-attr 'none'; img-src 'self'; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'none'; frame-src 'none'; object-src 'none'; media-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'permissions-policy':
        'accelerometer=(), autoplay=(), camera=(), clipboard-read=(), clipboard-write=(self), display-capture=(), encrypted-media=(), fullscreen=(self), geolocation=(), gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), publickey-credentials-create=(self), publickey-credentials-get=(self), screen-wake-lock=(), serial=(), storage-access=(), usb=(), xr-spatial-tracking=()',
      'x-dns-prefetch-control': 'off',
      'x-permitted-cross-domain-policies': 'none',
      'cache-control': 'no-store',
      vary: 'Sec-Fetch-Dest, Accept-Encoding',
    });
  });

  it.each(['/ocp', '/signed-in', '/settings/connections', '/index.html'])('stands at %s as well', async (path) => {
    expect((await get(path, document)).text).toContain('Keyward');
    expect((await get(path)).status).toBe(200);
  });

  it('sends a browser that came by the address to localhost, where its vault is', async () => {
    for (const name of ['127.0.0.1', '[::1]']) {
      const { status, headers, text } = await get('/ocp?x=1', { ...document, host: `${name}:${rig.port}` });
      expect([status, headers.location, text]).toEqual([307, `http://localhost:${rig.port}/ocp?x=1`, '']);
    }
    expect((await get('/assets/index-abc.js', { host: `127.0.0.1:${rig.port}` })).status).toBe(200);
  });

  it('is not handed to what asked for something else', async () => {
    for (const destination of ['script', 'style', 'image', 'empty', 'iframe', 'serviceworker']) {
      expect((await get('/ocp', { 'sec-fetch-dest': destination })).status).toBe(404);
      expect((await get('/', { 'sec-fetch-dest': destination })).status).toBe(404);
    }
    expect((await get('/assets/nope.js', document)).status).toBe(404);
    expect((await get('/nope.png')).status).toBe(404);
  });

  it.each(['/assets/..%2f..%2fetc/passwd', '/%', '/.git/config', '/assets/nope', '/.well-known/x'])(
    'is not handed to what no address of a page looks like: %s',
    async (path) => {
      expect((await get(path, document)).status).toBe(404);
    },
  );

  it('answers HEAD without a body and refuses to be changed', async () => {
    const head = await get('/', document, 'HEAD');
    expect([head.status, head.text]).toEqual([200, '']);
    expect((await get('/', {}, 'POST')).status).toBe(405);
    expect((await get('/ocp', {}, 'DELETE')).status).toBe(405);
  });
});

describe('the page’s files', () => {
  it('are kept for ever where their name carries their hash, else asked about each time', async () => {
    expect((await get('/assets/index-abc.js')).headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
    });
    const icon = await get('/favicon.svg');
    expect(icon.headers['cache-control']).toBe('no-cache');
    const again = await get('/favicon.svg', { 'if-none-match': icon.headers.etag ?? '' });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  it.each([
    ['br, gzip', 'br'],
    ['gzip, deflate, br;q=0.9', 'br'],
    ['gzip', 'gzip'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['br;q=0.0, gzip;q=0', undefined],
    ['identity', undefined],
    ['brotli', undefined],
  ])('come compressed as the browser takes it: %s', async (accepted, encoding) => {
    const { headers } = await get('/assets/index-abc.js', { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toBe('Accept-Encoding');
    const packed =
      encoding === 'br' ? brotliCompressSync('plain') : encoding === 'gzip' ? gzipSync('plain') : Buffer.from('plain');
    expect(headers['content-length']).toBe(String(packed.length));
  });

  it.each([
    '/../outside.txt',
    '/assets/../../outside.txt',
    '/%2e%2e/outside.txt',
    '/..%2foutside.txt',
    '/assets/..%5c..%5coutside.txt',
    '//outside.txt',
    '/.vite/manifest.json',
    '/assets/index-abc.js.br',
    '/assets/index-abc.js%00.txt',
  ])('are the listed ones alone: %s', async (path) => {
    // A client that does not tidy the path up, as browsers and fetch do.
    const status = await new Promise<number | undefined>((resolve, reject) => {
      httpRequest({ host: 'localhost', port: rig.port, path, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(404);
  });
});
