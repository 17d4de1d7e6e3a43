import type { ConnectionEntry } from '../../stand-ins/stand-in.ts';
import { startStandIns } from '../../stand-ins/main.ts';

export interface VendorsThread {
  readonly connections: readonly ConnectionEntry[];
  readonly env: Readonly<Record<string, string>>;
  /** By id: where to `POST {control}/{action}`. */
  readonly controls: Readonly<Record<string, string>>;
}

/** Starts the vendors' servers in this thread. */
export async function start(only: readonly string[]): Promise<VendorsThread> {
  const { connections, env, controls } = await startStandIns({ only, ports: 'any' });
  return { connections, env, controls };
}
