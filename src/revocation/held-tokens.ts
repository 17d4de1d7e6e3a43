import { endsAtMs } from '../lib/time.ts';
import type { Held } from '../providers/ending.ts';
import type { Hands } from '../refresh/hands.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { Item } from './job.ts';

/** As they are stored now: whatever the server does later, these were there before. */
export async function heldFor(
  { repository, offsetMs }: Pick<Hands, 'repository' | 'offsetMs'>,
  { connection, baseUrl, thing }: Pick<Item, 'connection' | 'baseUrl' | 'thing'>,
  session: string,
): Promise<Held> {
  const sessions = (await repository.list()).filter(
    (one) => one.connection === connection && one.baseUrl === baseUrl && one.tokens !== null && !one.ended,
  );
  const expiry = sessions.find(({ id }) => id === session)?.tokens?.accessExpiry;
  const offset = offsetMs(connection);
  const endsMs = expiry ? endsAtMs(expiry, offset) : undefined;
  const others = sessions.filter(
    ({ id, lineage, signInNeeded }) => !signInNeeded && !thing.minted.includes(id) && lineage.label !== thing.name,
  );
  return { endsMs: endsMs === undefined ? null : endsMs + offset, others: oneOfEach(others) };
}

/** Tokens of one credential die together, and the newest lives longest. */
function oneOfEach(sessions: readonly SessionRecord[]): Held['others'] {
  const inOrder = [...sessions].sort((one, other) => one.refreshedAtMs - other.refreshedAtMs);
  const newest = new Map(
    inOrder.map(({ lineage, id, generation }) => [lineage.credential, { session: id, generation }]),
  );
  return [...newest.values()];
}
