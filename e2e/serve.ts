import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { standIn as ocp } from '../stand-ins/ocp/server.ts';
import { standIn as primatime } from '../stand-ins/primatime/server.ts';
import type { ConnectionEntry } from '../stand-ins/stand-in.ts';
import { freePort } from '../test/free-port.ts';

export interface ServeOptions {
  /** Beside those of the stand-ins. */
  readonly connections?: readonly ConnectionEntry[];
  /** False: the given connections only. */
  readonly standIns?: boolean;
}

const startSecondsMax = 20;

/** A built console, the way `npm start` serves it, on a port of its own, with stand-ins of its own behind it. */
export type ServedConsole = Awaited<ReturnType<typeof serveConsole>>;

/**
 * Starts the stand-ins in this process, where a test can reach their controls, and the gateway in another, where a test can
 * kill it.
 */
export async function serveConsole({ connections = [], standIns = true }: ServeOptions = {}) {
  if (!existsSync('dist/server/main.js')) throw new Error('There is no build to test: run npm run build first.');
  const servers = { ocp: await ocp.start(), primatime: await primatime.start() };
  const all = Object.values(servers);
  const folder = mkdtempSync(join(tmpdir(), 'keyward-e2e-'));
  const config = join(folder, 'keyward.config.json');
  const ours = standIns ? all.flatMap((server) => server.connections) : [];
  writeFileSync(config, JSON.stringify({ connections: [...ours, ...connections] }));
  const port = await freePort();
  const env = { ...process.env, ...servers.ocp.env, ...servers.primatime.env };
  const output: string[] = [];
  const args = [join('e2e', 'gateway-process.mjs'), '--config', config, '--port', String(port)];
  const start = () => startGateway(args, env, port, output);
  let gateway = await start();

  return {
    /** `http://localhost:<port>` */
    url: `http://localhost:${port}`,
    /** The operator's file, which the gateway watches. */
    config,
    ocp: servers.ocp,
    primatime: servers.primatime,
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
      await Promise.all(all.map((server) => server.close()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
