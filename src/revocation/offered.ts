/** What the vendor offers for an item, found anew each time: what is written down names only what to look for. */
import type { Connection } from '../http/envelope.ts';
import type { Ending, Means } from '../providers/ending.ts';
import type { KeysFace } from '../providers/keys-face.ts';
import type { Item } from './job.ts';

const meansOf = ({ means, as }: Pick<Item, 'means' | 'as'>, connection: Connection): Means => ({
  ...means,
  session: as,
  selfUse: connection.selfUse !== false,
});

/** Endings, whole jobs, the check and the making of a key. Of an item whose session was replaced, those of the new one. */
export function offeredFor(
  keys: KeysFace,
  { thing, values, ...item }: Pick<Item, 'thing' | 'values' | 'means' | 'as'>,
  connection: Connection,
): readonly Ending[] {
  const means = meansOf(item, connection);
  const others = [keys.check(thing, means, connection), keys.making?.(thing, means, connection, values) ?? null].filter(
    (ending) => ending !== null,
  );
  return [
    ...keys.endings(thing, means, connection),
    ...(keys.moves?.(thing, means, connection, values) ?? []),
    ...others,
  ];
}
