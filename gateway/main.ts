import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../src/lib/clock.ts';
import { standIns as knownStandIns, startStandIns } from '../stand-ins/main.ts';
import { createGateway, type Gateway } from './app.ts';
import { ArgumentFault, readArguments, usage, type Arguments } from './arguments.ts';
import { ConfigurationFaults, fixedConnections, watchConfiguration, type WatchedSource } from './config.ts';
import { assertLoopback, listen, ListenFault, type Listening } from './listen.ts';
import { vendors } from './vendors.ts';

const clock: Clock = { wallMs: () => Date.now(), monotonicMs: () => performance.now() };
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));

/** The last answers get this long to reach their browser. */
const LAST_ANSWER_MS = 1_000;

export interface AssembleOptions {
  /** Connections come from here; from the stand-ins where left out. */
  readonly configFile?: string;
  /** False: without a file, start with no connections at all. */
  readonly standIns?: boolean;
  readonly staticRoot?: string;
  /** Where the console will be, for stand-ins that send the browser back to it; their own default where left out. */
  readonly origin?: string;
  log(line: string): void;
}

export interface Assembled extends Gateway {
  readonly connectionCount: number;
  /** Who can sign in at the stand-ins, by provider; empty without them. */
  readonly accounts: readonly { readonly provider: string; readonly lines: readonly string[] }[];
  stop(): Promise<void>;
}

/** The gateway with its connections: the operator's, the stand-ins', or none. Throws where they cannot be had. */
export async function assemble(options: AssembleOptions): Promise<Assembled> {
  refuseUnverifiedTls();
  const { log, configFile } = options;
  const wantsStandIns = configFile === undefined && options.standIns !== false;
  const standIns = wantsStandIns ? await startKnownStandIns() : undefined;
  if (options.origin !== undefined) standIns?.callBackTo(options.origin);
  try {
    const source: WatchedSource =
      configFile === undefined
        ? fixedConnections(standIns?.connections ?? [], { vendors, env: { ...process.env, ...standIns?.env } })
        : watchConfiguration(configFile, { vendors, env: process.env, log });
    const gateway = createGateway({
      vendors,
      connections: source,
      clock,
      random,
      demo: standIns !== undefined,
      log,
      ...(options.staticRoot === undefined ? {} : { staticRoot: options.staticRoot }),
    });
    return Object.assign(gateway, {
      connectionCount: source.current().connections.length,
      accounts: standIns?.accounts ?? [],
      stop: async () => {
        gateway.close();
        source.close();
        await standIns?.close();
      },
    });
  } catch (error) {
    await standIns?.close();
    throw error;
  }
}

/** Thrown where this machine or its environment stands in the way; a sentence for the person who started the program. */
export class EnvironmentFault extends Error {
  override readonly name = 'EnvironmentFault';
}

/** The stand-ins of the vendors that this gateway knows. */
async function startKnownStandIns(): ReturnType<typeof startStandIns> {
  const only = knownStandIns.map(({ id }) => id).filter((id) => Object.hasOwn(vendors, id));
  try {
    return await startStandIns({ only });
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown reason';
    throw new EnvironmentFault(
      `The demo's servers do not start: ${why} Perhaps Keyward runs already. Stop it, or start without them: npm start -- --no-stand-ins`,
      { cause: error },
    );
  }
}

function refuseUnverifiedTls(): void {
  if (process.env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return;
  throw new EnvironmentFault(
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: anybody between here and your servers could read passwords and tokens. Take it out of the environment; a private CA is named per connection, with "ca".',
  );
}

/** Runs the program until it is told to stop. Sets the exit code; a fault that a person can mend is a sentence. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    const asked = readArguments(args);
    if (asked.help) console.log(usage);
    else await serve(asked);
  } catch (error) {
    if (!isForPerson(error)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

const isForPerson = (error: unknown): error is Error =>
  [ArgumentFault, ConfigurationFaults, ListenFault, EnvironmentFault].some((kind) => error instanceof kind);

async function serve(asked: Arguments): Promise<void> {
  assertLoopback(asked.host);
  const staticRoot = fileURLToPath(new URL('../client', import.meta.url));
  const gateway = await assemble({
    standIns: asked.standIns,
    origin: `http://localhost:${asked.port}`,
    log: (line) => console.log(`${new Date().toISOString()} ${line}`),
    ...(asked.configFile === undefined ? {} : { configFile: asked.configFile }),
    ...(existsSync(staticRoot) ? { staticRoot } : {}),
  });
  let listening: Listening;
  try {
    listening = await listen(gateway.handler, asked.port);
  } catch (error) {
    await gateway.stop();
    throw error;
  }
  console.log(greeting(asked, gateway, listening));
  stopOnSignal(gateway, listening);
}

function greeting({ configFile, standIns }: Arguments, gateway: Assembled, { port, both }: Listening): string {
  const lines = [`Keyward is at http://localhost:${port}`];
  if (!both) lines.push('This machine has no IPv6: only 127.0.0.1 is held.');
  if (configFile !== undefined) {
    lines.push(
      `Serving the ${gateway.connectionCount} connections of ${configFile}. A change of that file counts at once.`,
    );
  } else if (standIns) {
    lines.push('', 'These servers are stand-ins for trying out. Sign in with:');
    for (const { provider, lines: known } of gateway.accounts) {
      lines.push(`  ${provider}`, ...known.map((line) => `    ${line}`));
    }
  } else lines.push('There are no connections yet.');
  if (configFile === undefined) {
    lines.push(
      '',
      'For your own servers: copy keyward.config.example.jsonc to keyward.config.json, edit it, and run',
      '  npm start -- --config keyward.config.json',
    );
  }
  return [...lines, '', 'Ctrl+C stops it.'].join('\n');
}

/** The first signal lets calls under way come to their end, so that no answer is lost; the second one does not wait. */
function stopOnSignal(gateway: Assembled, listening: Listening): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    const note = setTimeout(
      () => console.log('Waiting for calls under way (30 s at most). Ctrl+C again stops at once.'),
      300,
    );
    const closed = listening.close();
    await gateway.idle();
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, LAST_ANSWER_MS))]);
    await listening.close(true);
    await gateway.stop();
    clearTimeout(note);
    process.exit(0);
  };
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    void stop();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
}
