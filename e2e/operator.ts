import { writeFileSync } from 'node:fs';
import type { ConnectionEntry } from '../stand-ins/stand-in.ts';
import { expect } from './fixtures.ts';
import type { ServedConsole } from './serve.ts';

/** What the console's own page sends; a test asks in its place. */
const ownHeaders = { 'x-keyward': '1', 'sec-fetch-site': 'same-origin' };

interface Served {
  readonly connections: readonly { readonly id: string }[];
  readonly configurationFaults: readonly string[];
}

/** The ids of the connections that the gateway has now, and what keeps it from taking over the file. */
async function served(url: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/gw/v1/hello`, { headers: ownHeaders });
  const { connections, configurationFaults } = (await response.json()) as Served; // our own gateway's reply
  return [...connections.map(({ id }) => id), ...configurationFaults];
}

/** Saves the operator's file with these connections beside the stand-ins' own, and waits until they are served. */
export async function addConnections(keyward: ServedConsole, added: readonly ConnectionEntry[]): Promise<void> {
  writeFileSync(keyward.config, JSON.stringify({ connections: [...keyward.connections, ...added] }));
  await expect.poll(() => served(keyward.url)).toEqual(expect.arrayContaining(added.map(({ id }) => id)));
}
