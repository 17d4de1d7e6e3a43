/** Every shape is a working example: it is run by the program it is written for, against a real server. */
import { execFile, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExampleCall } from '../../providers/session-face.ts';
import type { Form, ShapeId } from './shape-names.ts';
import { shapes, writeShape } from './shapes.ts';

const run = promisify(execFile);
const has = (program: string): boolean => {
  const found = spawnSync(program, ['--version']).status === 0;
  if (!found) console.warn(`\n*** ${program} is missing: what is written for it is NOT run in this test. ***\n`);
  return found;
};
const programs = { curl: has('curl'), python3: has('python3') };

/** Odd, but such as a header may hold. */
const SECRET = `it's "a" $TOKEN \`id\` \\ & = + % é!`;
const forms: readonly Form[] = ['secret', 'variable'];
const environment = { ...process.env, DEMO_TOKEN: SECRET, PYTHONUTF8: '1' };

const inHeader = (url: string, secret = SECRET): ExampleCall => ({
  method: 'GET',
  url,
  headers: [
    { name: 'Authorization', value: ['Bearer ', { secret }] },
    { name: 'Accept', value: ['application/json'] },
  ],
  query: [],
  token: [{ secret }],
  header: ['Authorization: Bearer ', { secret }],
  variables: [{ name: 'DEMO_TOKEN', value: secret }],
});

const inQuery = (url: string, secret = SECRET): ExampleCall => ({
  ...inHeader(url, secret),
  headers: [],
  query: [
    { name: 'token', value: [{ secret }] },
    { name: 'a b', value: ['c&d'] },
  ],
  header: ['token=', { secret }],
});

const written = (call: ExampleCall, shape: ShapeId, form: Form): string => {
  const result = writeShape(call, { shape, form });
  if (!result.ok) throw new Error(result.failure);
  return result.value;
};

describe('a shape that is run', () => {
  let server: Server;
  let origin = '';
  let folder = '';
  const seen: IncomingMessage[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keyward-shapes-'));
    server = createServer((request, response) => {
      seen.push(request);
      response.end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A server that listens on a port has an address with one.
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** The one request that the text makes when it is run. */
  async function requestOf(program: string, args: readonly string[]): Promise<{ url: URL; request: IncomingMessage }> {
    seen.length = 0;
    await run(program, args, { env: environment });
    const [request, ...others] = seen;
    if (!request || others.length > 0) throw new Error(`${seen.length} requests came where one was due`);
    return { url: new URL(request.url ?? '', origin), request };
  }
  /** Bytes of a header come as Latin-1. */
  const headerOf = (request: IncomingMessage, name: string): string =>
    Buffer.from(String(request.headers[name]), 'latin1').toString('utf8');

  const runs: readonly (readonly [ShapeId, boolean, (text: string) => readonly [string, readonly string[]]])[] = [
    ['curl', programs.curl, (text) => ['sh', ['-c', text]]],
    ['fetch', true, (text) => [process.execPath, ['--input-type=module', '-e', text]]],
    ['python', programs.python3, (text) => ['python3', ['-c', text]]],
  ];

  describe.each(runs)('%s', (shape, there, command) => {
    it.skipIf(!there).each(forms)('carries the token in a header (%s)', async (form) => {
      // What fetch and Python refuse in a header themselves: anything beyond Latin-1, and they encode it differently.
      const secret = SECRET.replace('é', 'e');
      environment.DEMO_TOKEN = secret;
      const { request, url } = await requestOf(
        ...command(written(inHeader(`${origin}/own/things`, secret), shape, form)),
      );
      expect(headerOf(request, 'authorization')).toBe(`Bearer ${secret}`);
      expect(request.headers.accept).toBe('application/json');
      expect([request.method, url.pathname, url.search]).toEqual(['GET', '/own/things', '']);
    });

    it.skipIf(!there).each(forms)('carries the token in the query (%s)', async (form) => {
      environment.DEMO_TOKEN = SECRET;
      const { request, url } = await requestOf(...command(written(inQuery(`${origin}/own/things`), shape, form)));
      expect(url.searchParams.get('token')).toBe(SECRET);
      expect(url.searchParams.get('a b')).toBe('c&d');
      expect(request.method).toBe('GET');
    });
  });

  it.each(forms)('gives HTTPie its arguments whole (%s)', async (form) => {
    const program = join(folder, 'http');
    writeFileSync(program, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
    chmodSync(program, 0o700);
    const env = { ...environment, DEMO_TOKEN: SECRET, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    const argumentsOf = async (call: ExampleCall): Promise<readonly string[]> =>
      (await run('sh', ['-c', written(call, 'httpie', form)], { env })).stdout.split('\n').slice(0, -1);
    expect(await argumentsOf(inHeader('https://acme.example/x'))).toEqual([
      'GET',
      'https://acme.example/x',
      `Authorization:Bearer ${SECRET}`,
      'Accept:application/json',
    ]);
    expect(await argumentsOf(inQuery('https://acme.example/x'))).toEqual([
      'GET',
      'https://acme.example/x',
      `token==${SECRET}`,
      'a b==c&d',
    ]);
  });
});

describe('a shape as it reads', () => {
  const call = inHeader('https://acme.example/own/things', 'not-a-real-token');
  const asked = inQuery('https://acme.example/own/things', 'not+a+real+token');

  it.each([
    ['token', 'not-a-real-token', '$DEMO_TOKEN'],
    ['header', 'Authorization: Bearer not-a-real-token', 'Authorization: Bearer $DEMO_TOKEN'],
    ['dotenv', 'DEMO_TOKEN="not-a-real-token"', 'DEMO_TOKEN='],
    [
      'curl',
      `curl 'https://acme.example/own/things' \\\n  -H 'Authorization: Bearer not-a-real-token' \\\n  -H 'Accept: application/json'`,
      `curl 'https://acme.example/own/things' \\\n  -H "Authorization: Bearer $DEMO_TOKEN" \\\n  -H 'Accept: application/json'`,
    ],
    [
      'httpie',
      `http GET 'https://acme.example/own/things' \\\n  'Authorization:Bearer not-a-real-token' \\\n  'Accept:application/json'`,
      `http GET 'https://acme.example/own/things' \\\n  "Authorization:Bearer $DEMO_TOKEN" \\\n  'Accept:application/json'`,
    ],
  ] as const)('%s', (shape, withSecret, withVariable) => {
    expect(written(call, shape, 'secret')).toBe(withSecret);
    expect(written(call, shape, 'variable')).toBe(withVariable);
  });

  it('encodes a secret that is copied as a parameter of an address', () => {
    expect(written(asked, 'header', 'secret')).toBe('token=not%2Ba%2Breal%2Btoken');
    expect(written(asked, 'header', 'variable')).toBe('token=$DEMO_TOKEN');
  });

  it('holds the secret in one form and never in the other', () => {
    for (const { id } of shapes) {
      for (const one of [call, inQuery('https://acme.example', 'not-a-real-token')]) {
        expect(written(one, id, 'secret')).toContain('not-a-real-token');
        expect(written(one, id, 'variable')).not.toContain('not-a-real-token');
      }
    }
  });

  it('is not taken for a list of addresses by curl', () => {
    expect(written(inHeader('https://acme.example/{a,b}'), 'curl', 'variable')).toContain('curl --globoff ');
    expect(written(call, 'curl', 'variable')).not.toContain('--globoff');
  });
});

describe('a token that a shape cannot carry', () => {
  const refusal = (secret: string, shape: ShapeId, form: Form = 'secret') =>
    writeShape(inQuery('https://acme.example', secret), { shape, form });

  it('is refused with the reason instead of being written wrongly', () => {
    for (const shape of ['curl', 'httpie', 'dotenv'] as const) {
      expect(refusal('a\0b', shape)).toEqual({
        ok: false,
        failure: expect.stringContaining('NUL character') as string,
      });
    }
    expect(refusal('a\\=b', 'httpie')).toMatchObject({ ok: false });
    // A variable cannot be escaped in advance, and HTTPie would read the file of that name.
    expect(refusal('@/etc/passwd', 'httpie', 'variable')).toMatchObject({ ok: false });
    expect(refusal('@/etc/passwd', 'httpie')).toMatchObject({ ok: true });
    expect(refusal('a\0b', 'python')).toMatchObject({ ok: true });
  });
});
