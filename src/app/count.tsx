import type { SessionCount } from './session-counts.ts';

/** How many sessions are open, and how many of them need a person. */
export function Count({ open, attention, mark }: SessionCount) {
  if (mark) return mark;
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
