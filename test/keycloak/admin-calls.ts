/** What a set-up asks of the Admin REST API: anything but a success ends it, with what the server said. */
import type { Target } from '../contract/ocp/target.ts';
import { asAdministrator, type Answer } from '../contract/ocp/wire.ts';

export interface Step {
  readonly method: string;
  /** What follows the realm. */
  readonly path: string;
  readonly body: unknown;
  /** `master` where left out; empty for the list of realms itself. */
  readonly realm?: string;
}

export async function carryOut(target: Target, { method, path, body, realm }: Step): Promise<Answer> {
  const answer = await asAdministrator(target, method, path, body, realm);
  if (answer.status >= 300)
    throw new Error(`Set-up failed: ${method} ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return answer;
}

export const admin = (target: Target, method: string, path: string, body: unknown): Promise<Answer> =>
  carryOut(target, { method, path, body });

export async function list<Item>(target: Target, path: string, realm?: string): Promise<readonly Item[]> {
  const answer = await asAdministrator(target, 'GET', path, undefined, realm);
  if (answer.status !== 200)
    throw new Error(`Set-up failed: GET ${path}: ${answer.status} ${answer.text.slice(0, 300)}`);
  return JSON.parse(answer.text) as readonly Item[]; // read by its one caller, which names the fields that it needs
}

export function found<Item>(items: readonly Item[], matches: (item: Item) => boolean): Item {
  const item = items.find(matches);
  if (!item) throw new Error('Set-up failed: what was just made is not in the list.');
  return item;
}
