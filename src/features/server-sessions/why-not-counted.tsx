import type { SlotCount } from '../../console/slot-counter.ts';

/** Why the count is not the server's, or not a fresh one. */
export function WhyNotCounted({
  count: { failure, rights, sessions, overSince, asker, refused },
}: {
  readonly count: SlotCount;
}) {
  if (failure) {
    return (
      <p className="mt-3 text-warn">
        {failure.sentence} {sessions && lastCount(overSince)}
        {!sessions &&
          refused.length > 0 &&
          'The session here may have been ended there: whether it still holds a slot is not known. Recount asks again, and refreshes the session where that is refused as well. One that is over then needs a new sign-in.'}
      </p>
    );
  }
  if (asker === null) {
    return (
      <p className="mt-3 text-ink-2">
        Not counted: no access token here is live. Recount refreshes one. {overSince > 0 && lastCount(overSince)}
      </p>
    );
  }
  if (rights?.why && !sessions) {
    return (
      <p className="mt-3 text-ink-2">
        {rights.why.sentence} {rights.why.next.replace(/^Nothing took effect\. ?/, '')}
      </p>
    );
  }
  return null;
}

const lastCount = (overSince: number): string =>
  overSince > 0
    ? `${String(overSince)} of the last count ended since: how many are open now is not known.`
    : 'What is shown is the last count.';
