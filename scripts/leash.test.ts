import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it, vi } from 'vitest';

/** Starts a shell, and a sleep below it, on a leash, and says the sleep's process id. */
const starter = `
  const { spawn } = require('node:child_process');
  const shell = ['sh', '-c', 'sleep 600 & echo $!; wait'];
  const leash = spawn(process.execPath, ['scripts/leash.mjs', ...shell], { stdio: ['pipe', 'inherit', 'inherit'] });
  leash.on('exit', () => process.exit(0));
  process.on('message', () => leash.stdin.end());
`;

let running: ChildProcess | undefined;

afterEach(() => running?.kill('SIGKILL'));

async function start(): Promise<{ readonly child: ChildProcess; readonly sleeper: number }> {
  const child = spawn(process.execPath, ['-e', starter], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  running = child;
  if (!child.stdout) throw new Error('A piped output is missing.');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, sleeper: Number(line.toString('utf8')) };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

it('lets the command live while it is held', async () => {
  const { sleeper } = await start();
  expect(isAlive(sleeper)).toBe(true);
});

it('ends the command and what it started when the starter is killed outright', async () => {
  const { child, sleeper } = await start();
  child.kill('SIGKILL');
  await vi.waitUntil(() => !isAlive(sleeper), { timeout: 10_000 });
});

it('ends them when it is let go, and then ends itself', async () => {
  const { child, sleeper } = await start();
  child.send('let go');
  await once(child, 'exit');
  await vi.waitUntil(() => !isAlive(sleeper), { timeout: 10_000 });
});
