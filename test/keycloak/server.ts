import { spawn } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../free-port.ts';
import { fetchDistribution } from './distribution.ts';

/** Whoever the server is first started with; the set-up and the tests' own changes go through this account. */
export const administrator = { username: 'admin', password: 'not-a-real-admin-password' };

export interface RunningKeycloak {
  readonly version: string;
  /** Without a slash at the end; `/auth` as older servers and OCP have it. */
  readonly baseUrl: string;
  stop(): Promise<void>;
}

const startSecondsMax = 180;

/** It lives for a few minutes: compiling it better than once costs more than that saves. */
const shortLived = '-XX:TieredStopAtLevel=1';

interface Manner {
  /** A folder with an unpacked server, for this one alone. */
  readonly home: (version: string) => string;
  readonly command: readonly string[];
  /** Of its log. */
  readonly suffix: string;
  readonly java: string;
}

const manners = {
  development: { home: fetchDistribution, command: ['start-dev', '--db=dev-mem'], suffix: '', java: shortLived },
  /** As it is run for people: it compresses what it sends, and lets it be kept. */
  production: {
    home: freshCopy,
    command: ['start', '--db=dev-file', '--http-enabled=true', '--hostname-strict=false'],
    suffix: '-production',
    // It is measured, so nothing is taken from it.
    java: '',
  },
} as const satisfies Record<string, Manner>;

/**
 * Starts a real Keycloak on loopback that remembers nothing. It ends with `stop`, and also when this process ends in any
 * way: nothing is left running.
 */
export async function startKeycloak(
  version: string,
  manner: keyof typeof manners = 'development',
): Promise<RunningKeycloak> {
  const { home, command, suffix, java } = manners[manner];
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}/auth`;
  const logPath = logFile(version + suffix);
  const log = openSync(logPath, 'w');
  const options = ['--http-host=127.0.0.1', `--http-port=${port}`, '--http-relative-path=/auth'];
  const leash = spawn(
    process.execPath,
    [join('scripts', 'leash.mjs'), 'sh', join(home(version), 'bin', 'kc.sh'), ...command, ...options],
    {
      // Detached: Ctrl-C in a terminal reaches the starter alone, which then stops us in order.
      detached: true,
      stdio: ['pipe', log, log],
      env: {
        ...process.env,
        KC_BOOTSTRAP_ADMIN_USERNAME: administrator.username,
        KC_BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
        ...(java && { JAVA_OPTS_APPEND: java }),
      },
    },
  );
  closeSync(log);
  const ended = new Promise<void>((resolve) => leash.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    leash.stdin?.end();
    await ended;
  };
  try {
    await ready(baseUrl, () => leash.exitCode !== null);
  } catch (error) {
    await stop();
    const lastLines = readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
    throw new Error(`Keycloak ${version} did not start. The end of ${logPath}:\n${lastLines}`, { cause: error });
  }
  return { version, baseUrl, stop };
}

function logFile(name: string): string {
  const folder = join('.cache', 'keycloak', 'logs');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${name}.log`);
}

/**
 * A server builds itself anew when it is started in another manner than the last time, and beside it one may run that
 * does not expect that. The copy stays, so that this happens once; what it remembered goes.
 */
function freshCopy(version: string): string {
  const from = fetchDistribution(version);
  const home = `${from}-production`;
  if (!existsSync(home)) {
    const beside = `${home}-copying`;
    rmSync(beside, { recursive: true, force: true });
    cpSync(from, beside, { recursive: true });
    renameSync(beside, home);
  }
  rmSync(join(home, 'data'), { recursive: true, force: true });
  return home;
}

async function ready(baseUrl: string, gone: () => boolean): Promise<void> {
  const deadline = Date.now() + startSecondsMax * 1000;
  while (Date.now() < deadline) {
    if (gone()) throw new Error('It ended by itself.');
    const answer = await fetch(`${baseUrl}/realms/master/.well-known/openid-configuration`).catch(() => undefined);
    if (answer?.ok) return;
    await wait(250);
  }
  throw new Error(`No answer within ${startSecondsMax} seconds.`);
}
