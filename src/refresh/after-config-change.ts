import type { Connection, Hello } from '../http/envelope.ts';
import { formatAbout } from '../lib/format-time.ts';
import { endsAtMs } from '../lib/time.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { tryAtOnce } from '../sessions/refresh-steps.ts';
import type { Hands } from './hands.ts';

/** A notice of slots that stay held, while it is true. */
interface Told {
  /** As its sessions know it. */
  readonly connection: Connection;
  /** The operator's file names another server for it, and otherwise does not name it at all. */
  readonly isElsewhere: boolean;
  takeBack(): void;
}

const standing = new WeakMap<Hands, readonly Told[]>();

/**
 * The operator's file changed. What a session waited for may be mended by that, so each session of a changed connection
 * may try at once, provided that the connection names the server its secrets belong to. Where it did and does no longer,
 * the slots that its sessions hold cannot be freed from here, and that is said for as long as it is so.
 */
export async function afterConfigChange(hands: Hands, before: Hello, after: Hello): Promise<void> {
  const known = new Set(before.connections.map((connection) => JSON.stringify(connection)));
  const changed = after.connections.filter((connection) => !known.has(JSON.stringify(connection)));
  const records = await hands.repository.list();
  tellOfHeldSlots(hands, before, after, records);
  for (const record of records) {
    if (changed.some((connection) => serves(connection)(record))) await hands.repository.change(record.id, tryAtOnce);
  }
}

function tellOfHeldSlots(hands: Hands, before: Hello, after: Hello, records: readonly SessionRecord[]): void {
  const told = standing.get(hands) ?? [];
  const untold = before.connections.filter(
    ({ id, baseUrl }) => !told.some(({ connection }) => connection.id === id && connection.baseUrl === baseUrl),
  );
  const next: Told[] = [];
  for (const connection of [...told.map((one) => one.connection), ...untold]) {
    const old = told.find((one) => one.connection === connection);
    const kept = after.connections.find(({ id }) => id === connection.id);
    const isBack = kept?.baseUrl === connection.baseUrl;
    const isElsewhere = kept !== undefined;
    if (old && !isBack && old.isElsewhere === isElsewhere) {
      next.push(old);
      continue;
    }
    old?.takeBack();
    if (isBack) continue;
    const takeBack = sayWhatIsHeld(hands, connection, isElsewhere, records.filter(serves(connection)));
    if (takeBack) next.push({ connection, isElsewhere, takeBack });
  }
  standing.set(hands, next);
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
): (() => void) | undefined {
  const slots = records.flatMap(({ holdsSlot, tokens, ended, signInNeeded, identity }) => {
    if (!holdsSlot || !tokens || ended || signInNeeded) return [];
    const endMs = tokens.refreshExpiry && endsAtMs(tokens.refreshExpiry, offsetMs(id));
    if (endMs === undefined) return [`the slot of ${identity.name} until the server finds it idle`];
    return endMs > nowMs() ? [`the slot of ${identity.name} until about ${formatAbout(endMs)}`] : [];
  });
  if (slots.length === 0) return undefined;
  const [what, mend] = isElsewhere
    ? [`The connection ${name} names another server now`, 'while the old address is missing']
    : [`The operator’s file no longer names the connection ${name}`, 'while the connection is missing'];
  return announce(`${what}. Stays held, and cannot be ended from here ${mend}: ${slots.join(', ')}.`);
}
