import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ConnectionEntry } from '../stand-ins/stand-in.ts';
import { freePort } from '../test/free-port.ts';
import { beside, startStandInSet, type StandInId } from '../test/stand-in-set.ts';
import { fastNowMs, type FastClock } from './fast-clock.mjs';

export interface ServeOptions {
  /** Beside those of the stand-ins. */
  readonly connections?: readonly ConnectionEntry[];
  /** Whose servers are started, and so have a connection; none: the given connections only. */
  readonly vendors?: readonly StandInId[];
  /** Of the gateway and the stand-ins; the machine's own where left out. */
  readonly clock?: FastClock;
}

/** Two that differ in everything; a spec about others names them with `test.use({ vendors })`. */
export const usualVendors: readonly StandInId[] = ['ocp', 'primatime'];

const startSecondsMax = 20;

/** A built console, the way `npm start` serves it, on a port of its own, with stand-ins of its own behind it. */
export type ServedConsole = Awaited<ReturnType<typeof serveConsole>>;

/**
 * Starts the stand-ins in this process, where a test can reach their controls, and the gateway in another, where a test can
 * kill it.
 */
export async function serveConsole({ connections = [], vendors = usualVendors, clock }: ServeOptions = {}) {
  if (!existsSync('dist/server/main.js')) throw new Error('There is no build to test: run npm run build first.');
  const standIns = await startStandInSet(vendors);
  const folder = mkdtempSync(join(tmpdir(), 'keyward-e2e-'));
  const config = join(folder, 'keyward.config.json');
  writeFileSync(config, JSON.stringify({ connections: [...standIns.connections, ...connections] }));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  standIns.callBackTo(url);
  if (clock) {
    for (const vendor of vendors) standIns.controls[vendor].clock({ rate: clock.rate, nowMs: fastNowMs(clock) });
  }
  const env = { ...process.env, ...standIns.env, ...(clock && { KEYWARD_FAST_CLOCK: JSON.stringify(clock) }) };
  const output: string[] = [];
  const args = [join('e2e', 'gateway-process.mjs'), '--config', config, '--port', String(port)];
  const start = () => startGateway(args, env, port, output);
  let gateway = await start();

  const own = {
    /** `http://localhost:<port>` */
    url,
    /** The operator's file, which the gateway watches. */
    config,
    /** Those of the stand-ins, as they stand in that file. */
    connections: standIns.connections,
    /** Every stand-in as it was at its start. */
    reset() {
      standIns.reset();
      standIns.callBackTo(url);
    },
    /** Everything that the gateway wrote, over all its lives. */
    log: () => output.join(''),
    /** Ends the gateway at once, in the middle of whatever it does. */
    async kill() {
      await ended(gateway, 'SIGKILL');
    },
    /** Stops it where it is: the system still takes what is sent to it, and nothing is done with it. */
    freeze() {
      gateway.kill('SIGSTOP');
    },
    /** Starts it again on the same port, after `kill`. */
    async restart() {
      gateway = await start();
    },
    async stop() {
      await ended(gateway, 'SIGKILL');
      await standIns.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return beside(own, standIns.servers);
}

async function startGateway(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  port: number,
  output: string[],
): Promise<ChildProcess> {
  const child = spawn(process.execPath, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const keep = (chunk: Buffer): void => void output.push(chunk.toString('utf8'));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const deadline = Date.now() + startSecondsMax * 1000;
  while (!(await isServing(port))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await ended(child, 'SIGKILL');
      throw new Error(`The gateway did not start:\n${output.join('')}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return child;
}

const isServing = (port: number): Promise<boolean> =>
  fetch(`http://localhost:${port}/`).then(
    (response) => response.ok,
    () => false,
  );

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
}
