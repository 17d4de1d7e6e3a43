// @vitest-environment node
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Hello } from '../src/http/envelope.ts';
import { newNonce } from '../test/gateway-rig.ts';
import { startUpstream } from '../test/upstream.ts';
import { ArgumentFault, readArguments } from './arguments.ts';
import { listen } from './listen.ts';

const outDir = 'node_modules/.cache/keyward-main';
const program = `import(${JSON.stringify(join(process.cwd(), outDir, 'main.js'))}).then(({ main }) => main(process.argv.slice(1)))`;
const folder = mkdtempSync(join(tmpdir(), 'keyward-main-'));
const started: ChildProcess[] = [];

beforeAll(async () => {
  await build({ configFile: 'vite.server.config.ts', logLevel: 'error', build: { outDir } });
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, ['-e', program, '--', ...args], { env: { ...process.env, ...env } });
  started.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const exited = once(child, 'exit') as Promise<[number | null]>; // node's own event
  return {
    child,
    said: () => said,
    exitCode: async () => (await exited)[0],
    says: async (text: string) => {
      while (!said.includes(text)) {
        await Promise.race([
          once(child.stdout, 'data'),
          exited.then(() => {
            if (!said.includes(text)) throw new Error(`ended without saying “${text}”: ${said}`);
          }),
        ]);
      }
    },
  };
}

async function freePort(): Promise<number> {
  const listening = await listen(() => undefined, 0);
  await listening.close(true);
  return listening.port;
}

const page = (port: number): RequestInit & { headers: Record<string, string> } => ({
  headers: { 'x-keyward': '1', origin: `http://localhost:${port}`, 'content-type': 'application/json' },
});
const hello = async (port: number): Promise<Hello> =>
  (await (await fetch(`http://localhost:${port}/gw/v1/hello`, page(port))).json()) as Hello; // what this call answers

const connectionTo = (baseUrl: string, more: object = {}) => ({
  id: 'iam',
  provider: 'ocp',
  name: 'IAM',
  baseUrl,
  ...more,
});
function configFile(...connections: unknown[]): string {
  const file = join(folder, 'keyward.config.json');
  writeFileSync(file, JSON.stringify({ connections }));
  return file;
}

describe('the command line', () => {
  it('has the stand-ins unless a file or the switch says otherwise', () => {
    expect(readArguments([])).toMatchObject({ port: 4600, standIns: true, host: 'localhost', configFile: undefined });
    expect(readArguments(['--no-stand-ins'])).toMatchObject({ standIns: false });
    expect(readArguments(['--config', 'x.json', '--port', '80'])).toMatchObject({
      standIns: false,
      configFile: 'x.json',
      port: 80,
    });
  });

  it.each([
    [['--port', '0']],
    [['--port', '65536']],
    [['--port', 'x']],
    [['--prot', '1']],
    [['stray']],
    [['--config']],
  ])('is refused with a sentence: %j', (args) => {
    expect(() => readArguments(args)).toThrow(ArgumentFault);
  });
});

describe('the program', () => {
  it('serves the connections of a file, and says where', async () => {
    const port = await freePort();
    const program = run(['--config', configFile(connectionTo('http://127.0.0.1:9')), '--port', String(port)]);
    await program.says('Ctrl+C');
    expect(program.said()).toContain(`Keyward is at http://localhost:${port}\nServing the 1 connections of `);
    expect(await hello(port)).toMatchObject({
      demo: false,
      connections: [{ id: 'iam', settings: { realm: 'master' } }],
    });
    program.child.kill('SIGTERM');
    expect(await program.exitCode()).toBe(0);
  });

  it('starts empty with --no-stand-ins and says how to add connections', async () => {
    const port = await freePort();
    const program = run(['--no-stand-ins', '--port', String(port)]);
    await program.says('npm start -- --config');
    expect((await hello(port)).connections).toEqual([]);
  });

  it('lets a call under way come to its end before it stops', async () => {
    const upstream = await startUpstream();
    const port = await freePort();
    const program = run(['--config', configFile(connectionTo(upstream.url)), '--port', String(port)]);
    await program.says('Ctrl+C');
    const { boot } = await hello(port);
    let answer: () => void = () => undefined;
    upstream.answers((_, response) => (answer = () => response.end('{"access_token":"x"}')));
    const reply = fetch(`http://localhost:${port}/gw/v1/call/iam/refresh`, {
      ...page(port),
      method: 'POST',
      body: JSON.stringify({
        baseUrl: upstream.url,
        params: { refresh_token: 'not-a-real-token' },
        nonce: newNonce(),
        boot,
      }),
    });
    await upstream.arrived(1);
    program.child.kill('SIGINT');
    await program.says('Waiting for calls under way');
    answer();
    expect(await (await reply).json()).toMatchObject({ phase: 'answered', body: '{"access_token":"x"}' });
    expect(await program.exitCode()).toBe(0);
    await upstream.close();
  });

  it('says that a port is in use, and ends', async () => {
    const listening = await listen(() => undefined, 0);
    const program = run(['--no-stand-ins', '--port', String(listening.port)]);
    expect(await program.exitCode()).toBe(1);
    expect(program.said()).toContain(`127.0.0.1:${listening.port} is in use by another program`);
    await listening.close(true);
  });

  it('refuses another host, faulty files and an environment without TLS verification, each with a sentence', async () => {
    const host = run(['--host', '0.0.0.0', '--no-stand-ins']);
    const missing = run(['--config', join(folder, 'nowhere.json')]);
    const faulty = run(['--config', configFile({ ...connectionTo('https://a@b.example'), id: 'A' }, { id: 'x' })]);
    const unverified = run(['--no-stand-ins'], { NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(await Promise.all([host, missing, faulty, unverified].map((one) => one.exitCode()))).toEqual([1, 1, 1, 1]);
    expect(host.said()).toContain('The gateway does not listen on 0.0.0.0.');
    expect(missing.said()).toContain('There is no such file. keyward.config.example.jsonc shows');
    expect(faulty.said()).toMatch(
      /connections\[0\]\.id: .*\n.*connections\[0\]\.baseUrl: .*\n.*connections\[1\]\.provider: is missing/,
    );
    expect(unverified.said()).toContain('NODE_TLS_REJECT_UNAUTHORIZED=0 is set');
    for (const one of [host, missing, faulty]) expect(one.said()).not.toContain('    at ');
  });
});
