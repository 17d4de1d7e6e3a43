/**
 * Runs a command that ends with whoever started it: `node scripts/leash.mjs <command> <argument…>`.
 *
 * The starter holds the other end of our standard input. When it lets go, by closing it, by crashing or by being killed,
 * the command and everything that it started is told to stop, and killed where it does not stop in time.
 */
import { spawn } from 'node:child_process';

const secondsToStop = 10;

const [command, ...args] = process.argv.slice(2);
// A process group of its own: a shell script's children get the signal too.
const child = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

child.on('error', (error) => {
  console.error(`${command} could not be started: ${error.message}`);
  process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 1));

let stopping = false;
function stop() {
  if (stopping || child.pid === undefined) return;
  stopping = true;
  signal('SIGTERM');
  setTimeout(() => signal('SIGKILL'), secondsToStop * 1000);
}

function signal(name) {
  try {
    process.kill(-child.pid, name);
  } catch {
    // It is gone already, and its exit ends us.
  }
}

process.stdin.on('end', stop).on('error', stop).resume();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, stop);
