import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
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

/**
 * Starts a real Keycloak on loopback with an empty memory. It ends with `stop`, and also when this process ends in any
 * way: nothing is left running.
 */
export async function startKeycloak(version: string): Promise<RunningKeycloak> {
  const home = fetchDistribution(version);
  const port = await freePort();
  const baseUrl = `http://127.0.0.1:${port}/auth`;
  const logPath = logFile(version);
  const log = openSync(logPath, 'w');
  const options = ['--db=dev-mem', '--http-host=127.0.0.1', `--http-port=${port}`, '--http-relative-path=/auth'];
  const leash = spawn(
    process.execPath,
    [join('scripts', 'leash.mjs'), 'sh', join(home, 'bin', 'kc.sh'), 'start-dev', ...options],
    {
      // Detached: Ctrl-C in a terminal reaches the starter alone, which then stops us in order.
      detached: true,
      stdio: ['pipe', log, log],
      env: {
        ...process.env,
        KC_BOOTSTRAP_ADMIN_USERNAME: administrator.username,
        KC_BOOTSTRAP_ADMIN_PASSWORD: administrator.password,
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

function logFile(version: string): string {
  const folder = join('.cache', 'keycloak', 'logs');
  mkdirSync(folder, { recursive: true });
  return join(folder, `${version}.log`);
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
