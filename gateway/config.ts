import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { checkConfiguration, type CheckedConfiguration } from './config-schema.ts';
import type { ConnectionSource, GatewayConnection, Vendors } from './connections.ts';
import { JsonFault, parseJsonc } from './jsonc.ts';

/** Every fault of the operator's file, each a line of its own. */
export class ConfigurationFaults extends Error {
  override readonly name = 'ConfigurationFaults';
  readonly faults: readonly string[];

  constructor(file: string, faults: readonly string[]) {
    super([`${file} cannot be used:`, ...faults.map((fault) => `  - ${fault}`)].join('\n'));
    this.faults = faults;
  }
}

export interface ConfigurationOptions {
  readonly vendors: Vendors;
  readonly env: Readonly<Record<string, string | undefined>>;
  log(line: string): void;
  /** How often the file is looked at. */
  readonly lookEveryMs?: number;
}

export interface WatchedSource extends ConnectionSource {
  close(): void;
}

/** Connections that are there already, as the stand-ins hand them over. Throws `ConfigurationFaults`. */
export function fixedConnections(
  entries: readonly unknown[],
  { vendors, env }: Pick<ConfigurationOptions, 'vendors' | 'env'>,
): WatchedSource {
  const { connections, faults } = checkConfiguration(
    { connections: entries },
    {
      vendors,
      env,
      readFile: (path) => readFileSync(path, 'utf8'),
    },
  );
  if (faults.length > 0) throw new ConfigurationFaults('The list of connections', faults);
  return { current: () => ({ connections, faults: [] }), close: () => undefined };
}

/**
 * Reads the operator's file and follows its changes. Throws `ConfigurationFaults` where it cannot be used at the start;
 * a change that cannot be used leaves the connections as they were and is reported with the faults.
 */
export function watchConfiguration(file: string, options: ConfigurationOptions): WatchedSource {
  const path = resolve(file);
  let taken = readText(path);
  const first = check(path, taken, options);
  if (first.faults.length > 0) throw new ConfigurationFaults(file, first.faults);
  let connections: readonly GatewayConnection[] = first.connections;
  let faults: readonly string[] = [];

  const take = (read: FileText): void => {
    taken = read;
    const checked = check(path, read, options);
    faults = checked.faults;
    if (faults.length > 0) {
      options.log(`${new ConfigurationFaults(file, faults).message}\nThe connections stay as they were.`);
      return;
    }
    connections = checked.connections;
    options.log(`${file} was read again: ${connections.length} connections.`);
  };
  // By content, because a watch on the file is lost when an editor puts another one in its place; and only what reads the
  // same twice, because an editor may be half-way through writing it.
  let seen = taken;
  const looking = setInterval(() => {
    const now = readText(path);
    if (sameText(now, seen) && !sameText(now, taken)) take(now);
    seen = now;
  }, options.lookEveryMs ?? 250).unref();
  return {
    current: () => ({ connections, faults }),
    close: () => clearInterval(looking),
  };
}

type FileText = { readonly text: string } | { readonly fault: string };

const sameText = (a: FileText, b: FileText): boolean =>
  'text' in a ? 'text' in b && a.text === b.text : 'fault' in b && a.fault === b.fault;

function readText(path: string): FileText {
  try {
    return { text: readFileSync(path, 'utf8') };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code !== 'ENOENT') return { fault: `The file cannot be read (${code}).` };
    return { fault: 'There is no such file. keyward.config.example.jsonc shows what it holds.' };
  }
}

function check(path: string, read: FileText, { vendors, env }: ConfigurationOptions): CheckedConfiguration {
  if ('fault' in read) return { connections: [], faults: [read.fault] };
  try {
    const readFile = (name: string): string => readFileSync(resolve(dirname(path), name), 'utf8');
    return checkConfiguration(parseJsonc(read.text), { vendors, env, readFile });
  } catch (error) {
    if (error instanceof JsonFault) return { connections: [], faults: [`It is not JSON: ${error.message}.`] };
    // Whatever else the file can make the check throw: a change of it must not end a gateway that carries calls.
    const name = error instanceof Error ? error.name : 'unknown error';
    return { connections: [], faults: [`Keyward itself fails when it reads it (${name}).`] };
  }
}
