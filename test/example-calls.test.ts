/**
 * Every vendor's example call, copied as curl and as fetch, run for real against that vendor's server: what a person pastes
 * into a terminal has to work there. The shell runs each command as it is, with the token in it and with the variable.
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeShape } from '../src/features/copy-token/shapes.ts';
import { registry } from '../src/providers/registry.ts';
import type { ExampleCall } from '../src/providers/session-face.ts';
import type { FormSignIn, FormValues } from '../src/providers/sign-in-way.ts';
import type { Tokens } from '../src/providers/tokens.ts';
import { announceGrant, awaitCode, postForCode, redeemCode } from '../src/refresh/code-sign-in.ts';
import { listTargets, signIn } from '../src/refresh/sign-in.ts';
import { standIn as alm } from '../stand-ins/alm/server.ts';
import { demo as almDemo } from '../stand-ins/alm/world.ts';
import { standIn as ocp } from '../stand-ins/ocp/server.ts';
import type { P4OAuthActions } from '../stand-ins/p4oauth/control.ts';
import { standIn as p4oauth } from '../stand-ins/p4oauth/server.ts';
import { standIn as primatime } from '../stand-ins/primatime/server.ts';
import type { StandIn } from '../stand-ins/stand-in.ts';
import type { TuleapActions } from '../stand-ins/tuleap/control.ts';
import { standIn as tuleap } from '../stand-ins/tuleap/server.ts';
import { demo as tuleapDemo } from '../stand-ins/tuleap/world.ts';
import { startHeadlessConsole, valueOf, type HeadlessConsole } from './headless-console.ts';

const run = promisify(execFile);
const RUN_MS = 15_000;

/** The last line that a program printed. */
async function printed(file: string, words: readonly string[], env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await run(file, words, { env: { ...process.env, ...env }, timeout: RUN_MS });
  return stdout.trim();
}

const hasCurl = await run('curl', ['--version']).then(
  () => true,
  () => false,
);
if (!hasCurl) console.warn('SKIPPED: curl is not installed, so no example was run as curl.');

interface Opened {
  readonly way: string;
  readonly tokens: Tokens;
}

type Rig = HeadlessConsole<object>;

async function byForm(rig: Rig, id: string, values: FormValues): Promise<Opened> {
  const way = rig.provider.signIn.find((each): each is FormSignIn => each.kind === 'form' && each.id === id);
  if (!way) throw new Error(`There is no form for ${id}`);
  const door = { provider: rig.provider, connection: await rig.connection(), way, values };
  const target = way.targets ? valueOf(await listTargets(rig.hands, door)).targets[1] : undefined;
  const { record } = valueOf(await signIn(rig.hands, { ...door, keep: false, ...(target && { target }) }));
  return openedBy(id, record.tokens);
}

async function byCode(rig: Rig, id: string, values: FormValues): Promise<Opened> {
  const way = rig.provider.signIn.find((each) => each.id === id);
  if (way?.kind !== 'code') throw new Error(`There is no code for ${id}`);
  const attempt = { provider: rig.provider, connection: await rig.connection(), way, values };
  const grant = valueOf(await announceGrant(rig.hands, attempt));
  valueOf(await postForCode(rig.hands, attempt, grant));
  valueOf(await awaitCode(rig.hands, attempt, grant, AbortSignal.timeout(RUN_MS)));
  return openedBy(id, valueOf(await redeemCode(rig.hands, attempt, grant)).record.tokens);
}

function openedBy(way: string, tokens: Tokens | null): Opened {
  if (!tokens) throw new Error('The session has no token');
  return { way, tokens };
}

/** An access token as if the person had allowed it on Tuleap’s page. */
function grantedBy({ server }: HeadlessConsole<TuleapActions>, scope: string): Opened {
  const { accessToken } = server.control.openGrant({ username: 'alice', scopes: scope.split(' ') });
  return {
    way: 'oauth2',
    tokens: { accessToken, accessExpiry: { kind: 'unknown' }, companions: { scope }, facts: [] },
  };
}

async function byPasswordGrant(rig: HeadlessConsole<P4OAuthActions>): Promise<Opened> {
  rig.server.control.setRedirectUri({ redirectUri: rig.hands.redirectUri((await rig.connection()).id) });
  return byCode(rig, 'password', { login: 'alice', password: 'alice-demo-password' });
}

const alice = { username: 'alice', password: 'alice-demo-password' };

interface Started {
  readonly rig: Rig;
  open(name: string): Promise<Opened>;
}

interface Case {
  /** Each kind of session that the vendor has. */
  readonly names: readonly string[];
  start(): Promise<Started>;
}

function caseOf<Actions extends object>(
  standIn: StandIn<Actions>,
  open: Readonly<Record<string, (rig: HeadlessConsole<Actions>) => Opened | Promise<Opened>>>,
): Case {
  return {
    names: Object.keys(open),
    async start() {
      const rig = await startHeadlessConsole(standIn);
      return {
        rig,
        open: async (name) => (await open[name]?.(rig)) ?? Promise.reject(new Error(`Nothing opens ${name}`)),
      };
    },
  };
}

const cases: Readonly<Record<string, Case>> = {
  alm: caseOf(alm, {
    'an API key': (rig) => byForm(rig, 'api-key', { apiKey: `${almDemo.keyId}:${almDemo.keySecret}` }),
  }),
  tuleap: caseOf(tuleap, {
    'an access key': (rig) => byForm(rig, 'access-key', { accessKey: tuleapDemo.aliceKey }),
    'user name and password': (rig) => byForm(rig, 'password', alice),
    'OAuth2 that reads projects': (rig) => grantedBy(rig, 'openid read:project'),
    'OAuth2 that reads memberships': (rig) => grantedBy(rig, 'read:user_membership'),
    'OAuth2 that knows the user alone': (rig) => grantedBy(rig, 'openid'),
  }),
  primatime: caseOf(primatime, {
    'a secret key': (rig) => byForm(rig, 'secret-key', { secretKey: '00000000-0000-4000-8000-0000000005ec' }),
  }),
  p4oauth: caseOf(p4oauth, { 'login and password': byPasswordGrant }),
  ocp: caseOf(ocp, { 'user name and password': (rig) => byForm(rig, 'password', alice) }),
};

it('covers every vendor', () => {
  expect(Object.keys(cases)).toEqual(registry.map(({ id }) => id));
});

describe.each(Object.entries(cases))('the example call of %s', (_vendor, { names, start }) => {
  let started: Started;
  beforeAll(async () => {
    started = await start();
  });
  afterAll(() => started.rig.close());

  describe.each(names)('with %s', (name) => {
    let example: ExampleCall;
    let env: Readonly<Record<string, string>>;
    beforeAll(async () => {
      const { way, tokens } = await started.open(name);
      example = started.rig.provider.sessionFace(way).present(tokens, await started.rig.connection());
      env = Object.fromEntries(example.variables.map(({ name: variable, value }) => [variable, value]));
    });

    it.runIf(hasCurl).each(['secret', 'variable'] as const)('is answered with 200 as curl (%s)', async (form) => {
      const command = valueOfShape(writeShape(example, { shape: 'curl', form }));
      const script = `${command} --silent --output /dev/null --write-out '%{http_code}'`;
      expect(await printed('sh', ['-c', script], form === 'variable' ? env : {})).toBe('200');
    });

    it.each(['secret', 'variable'] as const)('is answered with 200 as fetch (%s)', async (form) => {
      const script = valueOfShape(writeShape(example, { shape: 'fetch', form }));
      const output = await printed(
        process.execPath,
        ['--input-type=module', '-e', script],
        form === 'variable' ? env : {},
      );
      expect(output).toMatch(/^200 \S/);
    });
  });
});

function valueOfShape(written: ReturnType<typeof writeShape>): string {
  if (written.ok) return written.value;
  throw new Error(written.failure);
}
