/**
 * Every vendor's example call, of every way in, in every shape against that vendor's server: what a person pastes into a
 * terminal has to work there. curl and fetch are run as they are, with the token in them and with the variable; HTTPie's
 * arguments, Python's source and the lines for `.env` are read by what reads them.
 */
import { execFile } from 'node:child_process';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeShape } from '../src/features/copy-token/shapes.ts';
import { registry } from '../src/providers/registry.ts';
import type { ExampleCall, Template } from '../src/providers/session-face.ts';
import type { CodeSignIn, FormSignIn, FormValues } from '../src/providers/sign-in-way.ts';
import type { Tokens } from '../src/providers/tokens.ts';
import { announceGrant } from '../src/refresh/announce-grant.ts';
import { awaitCode, postForCode, redeemCode } from '../src/refresh/code-sign-in.ts';
import { listTargets, signIn } from '../src/refresh/sign-in.ts';
import { callsBack, type SampleSession } from '../stand-ins/stand-in.ts';
import { standIns } from '../stand-ins/main.ts';
import { startHeadlessConsole, valueOf, type HeadlessConsole } from './headless-console.ts';

const run = promisify(execFile);
const RUN_MS = 15_000;
const forms = ['secret', 'variable'] as const;

/** The last line that a program printed. */
async function printed(file: string, words: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await run(file, words, { env: { ...process.env, ...env }, timeout: RUN_MS });
  return stdout.trim();
}

async function has(program: string): Promise<boolean> {
  const found = await run(program, ['--version']).then(
    () => true,
    () => false,
  );
  if (!found) console.warn(`SKIPPED: ${program} is not installed, so no example was tried with it.`);
  return found;
}
const [hasCurl, hasPython] = [await has('curl'), await has('python3')];

const modules = import.meta.glob<readonly SampleSession[]>('../stand-ins/*/sample-sessions.ts', {
  eager: true,
  import: 'sampleSessions',
});

type Rig = HeadlessConsole<object>;

async function byForm(rig: Rig, way: FormSignIn, values: FormValues): Promise<Tokens> {
  const door = { provider: rig.provider, connection: await rig.connection(), way, values };
  const target = way.targets ? valueOf(await listTargets(rig.hands, door)).targets[1] : undefined;
  const { record } = valueOf(await signIn(rig.hands, { ...door, keep: false, ...(target && { target }) }));
  return openedBy(record.tokens);
}

async function byCode(rig: Rig, way: CodeSignIn, values: FormValues): Promise<Tokens> {
  const attempt = { provider: rig.provider, connection: await rig.connection(), way, values };
  const grant = valueOf(await announceGrant(rig.hands, attempt));
  valueOf(await postForCode(rig.hands, attempt, grant));
  valueOf(await awaitCode(rig.hands, attempt, grant, AbortSignal.timeout(RUN_MS)));
  return openedBy(valueOf(await redeemCode(rig.hands, attempt, grant)).record.tokens);
}

function openedBy(tokens: Tokens | null): Tokens {
  if (!tokens) throw new Error('The session has no token');
  return tokens;
}

async function open(rig: Rig, { way: id, typed, grant }: SampleSession): Promise<Tokens> {
  const redirectUri = rig.hands.redirectUri((await rig.connection()).id);
  const { control } = rig.server;
  if (callsBack(control)) control.setRedirectUri({ redirectUri });
  const way = rig.provider.signIn.find((each) => each.id === id);
  if (way?.kind === 'form') return byForm(rig, way, typed);
  if (way?.kind !== 'code') throw new Error(`No session is opened by ${id}`);
  if (way.obtain.by === 'form') return byCode(rig, way, typed);
  if (!grant) throw new Error(`The sample of ${id} grants nothing`);
  return { ...grant(control, redirectUri), accessExpiry: { kind: 'unknown' }, facts: [] };
}

const filled = (template: Template): string =>
  template.map((part) => (typeof part === 'string' ? part : part.secret)).join('');

describe.each(registry)('the example call of $name', ({ id, load }) => {
  const samples = modules[`../stand-ins/${id}/sample-sessions.ts`] ?? [];
  let rig: Rig;
  beforeAll(async () => {
    const standIn = standIns.find((each) => each.id === id);
    if (!standIn) throw new Error(`There is no stand-ins/${id}/server.ts`);
    rig = await startHeadlessConsole(standIn);
  });
  afterAll(() => rig.close());

  it('is tried with every way in that opens a session', async () => {
    const ways = (await load()).signIn.filter(({ kind }) => kind !== 'check').map((way) => way.id);
    expect([...new Set(samples.map(({ way }) => way))].sort()).toEqual(ways.sort());
  });

  describe.each(samples)('with $name', (sample) => {
    let example: ExampleCall;
    let env: Readonly<Record<string, string>>;
    beforeAll(async () => {
      const tokens = await open(rig, sample);
      example = rig.provider.sessionFace(sample.way).present(tokens, await rig.connection());
      env = Object.fromEntries(example.variables.map(({ name: variable, value }) => [variable, value]));
    });
    const envOf = (form: (typeof forms)[number]) => (form === 'variable' ? env : {});

    it.runIf(hasCurl).each(forms)('is answered with 200 as curl (%s)', async (form) => {
      const command = valueOfShape(writeShape(example, { shape: 'curl', form }));
      const script = `${command} --silent --output /dev/null --write-out '%{http_code}'`;
      expect(await printed('sh', ['-c', script], envOf(form))).toBe('200');
    });

    it.each(forms)('is answered with 200 as fetch (%s)', async (form) => {
      const script = valueOfShape(writeShape(example, { shape: 'fetch', form }));
      const output = await printed(process.execPath, ['--input-type=module', '-e', script], envOf(form));
      expect(output).toMatch(/^200 \S/);
    });

    it.each(forms)('gives HTTPie the method, the address and each header and parameter (%s)', async (form) => {
      const command = valueOfShape(writeShape(example, { shape: 'httpie', form }));
      const script = `http() { printf '%s\\n' "$@"; }\n${command}`;
      expect((await printed('sh', ['-c', script], envOf(form))).split('\n')).toEqual([
        'GET',
        example.url,
        ...example.headers.map(({ name, value }) => `${name}:${filled(value)}`),
        ...example.query.map(({ name, value }) => `${name}==${filled(value)}`),
      ]);
    });

    it.runIf(hasPython).each(forms)('is Python’s own language (%s)', async (form) => {
      const source = valueOfShape(writeShape(example, { shape: 'python', form }));
      const check = 'import ast, sys; print(len(ast.parse(sys.argv[1]).body))';
      expect(Number(await printed('python3', ['-c', check, source], {}))).toBeGreaterThan(0);
      expect(source.includes(filled(example.token))).toBe(form === 'secret');
    });

    it.each(forms)('gives an .env each variable (%s)', (form) => {
      const parsed = parseEnv(valueOfShape(writeShape(example, { shape: 'dotenv', form })));
      const values = Object.entries(env).map(([name, value]) => [name, form === 'secret' ? value : '']);
      expect(parsed).toEqual(Object.fromEntries(values));
    });
  });
});

function valueOfShape(written: ReturnType<typeof writeShape>): string {
  if (written.ok) return written.value;
  throw new Error(written.failure);
}
