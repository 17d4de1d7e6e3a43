import { connect } from 'node:net';
import { createGunzip } from 'node:zlib';
import { get } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RunningStandIn } from './stand-in.ts';
import type { PrimatimeActions } from './primatime/control.ts';
import { demo } from './primatime/account.ts';
import { standIn } from './primatime/server.ts';
import type { Fault, FaultTarget } from './faults.ts';

let server: RunningStandIn<PrimatimeActions>;
beforeAll(async () => {
  server = await standIn.start();
});
afterAll(() => server.close());
beforeEach(() => server.control.reset());

/** A call with an effect: it opens a session. */
const signIn = (init: RequestInit = {}) => {
  const authorization = `Basic ${Buffer.from(`${demo.email}:${demo.password}`).toString('base64')}`;
  return fetch(`${server.baseUrl}/auth/login?apikey=${demo.apiKey}`, {
    redirect: 'manual',
    headers: { authorization },
    ...init,
  });
};
const opened = () => server.control.sessions().length;

describe('before or after the work is done', () => {
  const answering: [string, Fault][] = [
    ['reply', { kind: 'reply', status: 500, body: '{"oops":true}' }],
    ['html', { kind: 'html' }],
    ['redirect', { kind: 'redirect', location: 'http://elsewhere.example.test/' }],
  ];
  test.each(answering)('%s before: nothing happened', async (_kind, fault) => {
    server.control.fault(fault);
    expect((await signIn()).status).not.toBe(0);
    expect(opened()).toBe(0);
    expect(server.control.ledger()).toMatchObject([
      { processed: false, status: null, delivered: false, faults: [fault.kind] },
    ]);
  });
  test.each(answering)('%s after: it happened, and the answer is lost', async (_kind, fault) => {
    server.control.fault({ ...fault, when: 'after' });
    await signIn();
    expect(opened()).toBe(1);
    expect(server.control.ledger()).toMatchObject([{ processed: true, status: 200, delivered: false }]);
  });

  test.each(['before', 'after'] as const)('hold %s: it goes on when it is released, and not earlier', async (when) => {
    server.control.fault({ kind: 'hold', when });
    const answered = signIn();
    await expect.poll(() => server.control.ledger()).toMatchObject([{ faults: ['hold'], processed: when === 'after' }]);
    expect(opened()).toBe(when === 'after' ? 1 : 0);
    expect(server.control.ledger()).toMatchObject([{ delivered: false }]);
    expect(server.control.release()).toEqual({ released: 1 });
    expect((await answered).status).toBe(200);
    expect(opened()).toBe(1);
  });

  const breaking: [string, Fault][] = [
    ['reset', { kind: 'reset' }],
    ['garbage', { kind: 'garbage' }],
  ];
  test.each(breaking)('%s before: no answer, nothing happened', async (_kind, fault) => {
    server.control.fault(fault);
    await expect(signIn()).rejects.toThrow();
    expect(opened()).toBe(0);
  });
  test.each(breaking)('%s after: no answer, and it happened', async (_kind, fault) => {
    server.control.fault({ ...fault, when: 'after' });
    await expect(signIn()).rejects.toThrow();
    expect(opened()).toBe(1);
  });
  test('hang after: the connection says nothing, and it happened', async () => {
    server.control.fault({ kind: 'hang', when: 'after' });
    await expect(signIn({ signal: AbortSignal.timeout(100) })).rejects.toThrow();
    expect(opened()).toBe(1);
  });
});

describe('what a fault does to the answer', () => {
  test('reply: status, body and headers as ordered', async () => {
    server.control.fault({
      kind: 'reply',
      status: 503,
      body: 'busy',
      headers: { 'Retry-After': '120', 'Content-Type': 'text/plain' },
    });
    const response = await signIn();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('120');
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(await response.text()).toBe('busy');
  });

  test('html: a login page with status 200', async () => {
    server.control.fault({ kind: 'html' });
    const response = await signIn();
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<form');
  });

  test('redirect: 302 to where it was told, or another status', async () => {
    server.control.fault({ kind: 'redirect', location: 'http://elsewhere.example.test/', status: 307 });
    const response = await signIn();
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe('http://elsewhere.example.test/');
  });

  test('garbage: bytes that are not HTTP', async () => {
    server.control.fault({ kind: 'garbage' });
    const { hostname, port } = new URL(server.url);
    const bytes = await new Promise<Buffer>((resolve) => {
      const socket = connect(Number(port), hostname, () => socket.write('GET /v1/x HTTP/1.1\r\nHost: x\r\n\r\n'));
      const chunks: Buffer[] = [];
      socket.on('data', (chunk) => chunks.push(chunk));
      socket.on('close', () => resolve(Buffer.concat(chunks)));
    });
    expect(bytes.length).toBeGreaterThan(64);
    expect(bytes.toString('latin1')).not.toContain('HTTP/1.1');
  });

  test('cut: the head says more than comes', async () => {
    server.control.fault({ kind: 'cut' });
    const response = await signIn();
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
    expect(opened()).toBe(1);
  });

  test('stall: half of the body, then silence', async () => {
    server.control.fault({ kind: 'stall' });
    const response = await signIn({ signal: AbortSignal.timeout(150) });
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow();
  });

  test('content-type: the real body under another name', async () => {
    server.control.fault({ kind: 'content-type', contentType: 'text/html' });
    const response = await signIn();
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(await response.json()).toHaveProperty('token');
  });

  test('edit: a date that is not one, and a field that is missing', async () => {
    server.control.fault({ kind: 'edit', set: { expiration: 'soon' }, remove: ['refreshToken'] });
    const body: unknown = await (await signIn()).json();
    expect(body).toMatchObject({ expiration: 'soon', token: expect.any(String) as string });
    expect(body).not.toHaveProperty('refreshToken');
  });

  test('huge: as many mebibytes as ordered', async () => {
    server.control.fault({ kind: 'huge', mebibytes: 8 });
    expect((await (await signIn()).arrayBuffer()).byteLength).toBe(8 * 1024 * 1024);
  });

  test('gzip-bomb: small on the wire, large when inflated', async () => {
    server.control.fault({ kind: 'gzip-bomb', mebibytes: 32 });
    const { wire, inflated } = await new Promise<{ wire: number; inflated: number }>((resolve, reject) => {
      get(`${server.baseUrl}/users/@self`, (response) => {
        const counts = { wire: 0, inflated: 0 };
        response.on('data', (chunk: Buffer) => (counts.wire += chunk.length));
        const gunzip = response.pipe(createGunzip());
        gunzip.on('data', (chunk: Buffer) => (counts.inflated += chunk.length));
        gunzip.on('end', () => resolve(counts));
        gunzip.on('error', reject);
      });
    });
    expect(inflated).toBe(32 * 1024 * 1024);
    expect(wire).toBeLessThan(100_000);
  });
});

describe('which calls it strikes', () => {
  const down: Fault = { kind: 'reply', status: 500 };
  test('the next one, unless told otherwise', async () => {
    server.control.fault(down);
    expect((await signIn()).status).toBe(500);
    expect((await signIn()).status).toBe(200);
  });
  test('so many, in the order they were added', async () => {
    server.control.fault({ ...down, times: 2 });
    server.control.fault({ ...down, status: 502 });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await signIn()).status);
    expect(statuses).toEqual([500, 500, 502, 200]);
  });
  test('always, until cleared', async () => {
    server.control.fault({ ...down, times: 'always' });
    for (let count = 0; count < 3; count += 1) expect((await signIn()).status).toBe(500);
    server.control.clearFaults();
    expect((await signIn()).status).toBe(200);
  });
  test.each<[string, FaultTarget]>([
    ['operation', { operation: 'refresh' }],
    ['path', { path: '/auth/refreshtoken' }],
    ['method', { method: 'DELETE' }],
  ])('only those of its %s', async (_row, target) => {
    server.control.fault({ ...down, ...target });
    expect((await signIn()).status).toBe(200);
    const method = target.method ?? 'GET';
    expect((await fetch(`${server.baseUrl}/auth/refreshtoken`, { method })).status).toBe(500);
  });
  test('a wait and another fault strike one call together', async () => {
    server.control.fault({ kind: 'latency', ms: 60 });
    server.control.fault(down);
    const startedAt = performance.now();
    expect((await signIn()).status).toBe(500);
    expect(performance.now() - startedAt).toBeGreaterThan(50);
  });
  test('a wait after the work: it has happened before the answer comes', async () => {
    server.control.fault({ kind: 'latency', ms: 300, when: 'after' });
    await expect(signIn({ signal: AbortSignal.timeout(150) })).rejects.toThrow();
    expect(opened()).toBe(1);
  });
  test('a kind that does not exist is an error at once', () => {
    expect(() => server.control.fault({ kind: 'magic' } as unknown as Fault)).toThrow('magic');
  });
});

test('what is not HTTP as we read it is a 400, and the server lives on', async () => {
  expect((await fetch(`${server.url}/v1/%zz`)).status).toBe(400);
  expect((await signIn()).status).toBe(200);
});

test('a body of more than a mebibyte is refused', async () => {
  const response = await fetch(`${server.baseUrl}/users/@self`, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) });
  expect(response.status).toBe(413);
});
