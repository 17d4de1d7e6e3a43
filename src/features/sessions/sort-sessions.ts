/** The orders in which many sessions can be shown. Pure. */
import { endsAtMs } from '../../lib/time.ts';
import { byOpening, type Compare, type Listed, type Sorting } from './order-sessions.ts';

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

const byName: Compare = (one, other) => collator.compare(one.session.identity.name, other.session.identity.name);

const byProvider: Compare = (one, other) =>
  collator.compare(one.providerName, other.providerName) || collator.compare(one.connectionName, other.connectionName);

/** What has no tokens comes first, because it needs a person; what nobody knows the end of comes last. */
const byEnd =
  (offsetMs: (connection: string) => number): Compare =>
  (one, other) => {
    const [left, right] = [endOf(one, offsetMs), endOf(other, offsetMs)];
    return left === right ? 0 : left - right;
  };

function endOf({ session }: Listed, offsetMs: (connection: string) => number): number {
  if (!session.tokens) return -Infinity;
  return endsAtMs(session.tokens.accessExpiry, offsetMs(session.connection)) ?? Infinity;
}

export function sort(
  all: readonly Listed[],
  sorting: Sorting,
  offsetMs: (connection: string) => number,
): readonly Listed[] {
  const compares: Readonly<Record<Sorting, Compare>> = { ends: byEnd(offsetMs), name: byName, provider: byProvider };
  const compare = compares[sorting];
  return [...all].sort((one, other) => compare(one, other) || byOpening(one, other));
}
