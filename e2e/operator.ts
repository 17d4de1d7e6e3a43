import { writeFileSync } from 'node:fs';
import type { ConnectionEntry } from '../stand-ins/stand-in.ts';
import { expect } from './fixtures.ts';
import type { ServedConsole } from './serve.ts';

/** What the console's own page sends; a test asks in its place. */
const ownHeaders = { 'x-keyward': '1', 'sec-fetch-site': 'same-origin' };

/** The ids of the connections that the gateway has now. */
async function connectionIds(url: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/gw/v1/hello`, { headers: ownHeaders });
  const { connections } = (await response.json()) as { connections: readonly { id: string }[] }; // our own gateway's reply
  return connections.map(({ id }) => id);
}

/** Saves the operator's file with these connections beside the stand-ins' own, and waits until they are served. */
export async function addConnections(keyward: ServedConsole, added: readonly ConnectionEntry[]): Promise<void> {
  const own = [...keyward.ocp.connections, ...keyward.primatime.connections];
  writeFileSync(keyward.config, JSON.stringify({ connections: [...own, ...added] }));
  await expect.poll(() => connectionIds(keyward.url)).toEqual(expect.arrayContaining(added.map(({ id }) => id)));
}
