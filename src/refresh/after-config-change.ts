import type { Connection, Hello } from '../http/envelope.ts';
import { formatAbout } from '../lib/format-time.ts';
import { endsAtMs } from '../lib/time.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { tryAtOnce } from '../sessions/refresh-steps.ts';
import type { Hands } from './hands.ts';

/**
 * The operator's file changed. What a session waited for may be mended by that, so each session of a changed connection
 * may try at once, provided that the connection names the server its secrets belong to. Where it did and does no longer,
 * the slots that its sessions hold cannot be freed from here, and that is said.
 */
export async function afterConfigChange(hands: Hands, before: Hello, after: Hello): Promise<void> {
  const known = new Set(before.connections.map((connection) => JSON.stringify(connection)));
  const changed = after.connections.filter((connection) => !known.has(JSON.stringify(connection)));
  const records = await hands.repository.list();
  for (const connection of before.connections) {
    const isOf = serves(connection);
    const kept = after.connections.find(({ id }) => id === connection.id);
    if (kept?.baseUrl === connection.baseUrl) continue;
    sayWhatIsHeld(hands, connection, kept !== undefined, records.filter(isOf));
  }
  for (const record of records) {
    if (changed.some((connection) => serves(connection)(record))) await hands.repository.change(record.id, tryAtOnce);
  }
}

const serves =
  (connection: Connection) =>
  (record: SessionRecord): boolean =>
    record.connection === connection.id && record.baseUrl === connection.baseUrl;

function sayWhatIsHeld(
  { announce, nowMs, offsetMs }: Hands,
  { id, name }: Connection,
  isElsewhere: boolean,
  records: readonly SessionRecord[],
): void {
  const slots = records.flatMap(({ holdsSlot, tokens, ended, signInNeeded, identity }) => {
    if (!holdsSlot || !tokens || ended || signInNeeded) return [];
    const endMs = tokens.refreshExpiry && endsAtMs(tokens.refreshExpiry, offsetMs(id));
    if (endMs === undefined) return [`the slot of ${identity.name} until the server finds it idle`];
    return endMs > nowMs() ? [`the slot of ${identity.name} until about ${formatAbout(endMs)}`] : [];
  });
  if (slots.length === 0) return;
  const [what, mend] = isElsewhere
    ? [`The connection ${name} names another server now`, 'while the old address is missing']
    : [`The operator’s file no longer names the connection ${name}`, 'while the connection is missing'];
  announce(`${what}. Stays held, and cannot be ended from here ${mend}: ${slots.join(', ')}.`);
}
