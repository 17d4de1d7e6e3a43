import type { SessionCount } from './session-counts.ts';

/** A user's sessions at the server against the limit; a warning from one below it. */
function SlotCountMark({ count, limit, name }: NonNullable<SessionCount['slots']>) {
  const isNear = count >= Math.max(limit - 1, 1);
  return (
    <span
      className={isNear ? 'rail-count font-semibold text-warn' : 'rail-count'}
      title={`${count} of ${limit} sessions of ${name} at the server`}
    >
      {isNear && <span className="mark mr-1.5" data-mark="attention" aria-hidden="true" />}
      {count} / {limit}
      {isNear && <span className="sr-only">, {count < limit ? 'one below the limit' : 'at the limit'}</span>}
    </span>
  );
}

/** How many sessions are open, and how many of them need a person. */
export function Count({ open, attention, slots }: SessionCount) {
  if (slots) return <SlotCountMark {...slots} />;
  const sessions = `${open} ${open === 1 ? 'session' : 'sessions'}`;
  if (attention === 0) {
    return (
      <span className="rail-count" title={sessions}>
        {open}
      </span>
    );
  }
  return (
    <span className="rail-count font-semibold text-warn" title={`${sessions}, ${attention} of them need you`}>
      <span className="mark mr-1.5" data-mark="attention" aria-hidden="true" />
      {open}
      <span className="sr-only">, {attention} need you</span>
    </span>
  );
}
