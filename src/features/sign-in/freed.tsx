/** What became of a refusal at the limit since. Fetched with the refusal. */
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { useServices, useSessions } from '../../console/use-services.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import { Band } from '../../ui/band.tsx';
import { loggedOutSince, roomSince } from './logged-out-since.ts';
import type { Refusal } from './sign-in-desk.ts';

export { loggedOutSince, roomSince };

interface FreedProps {
  readonly refusal: Refusal;
  readonly connection: string;
  /** What is said as long as nothing was done about it. */
  readonly refused: ReactNode;
  readonly pause: ReactNode;
  readonly freeing: ReactNode;
}

/** Once a session was logged out or ended, as the refusal advised. Only the server's list tells what came of it. */
export function Freed({ refusal, connection, refused, pause, freeing }: FreedProps) {
  const counts = useStore(useServices().slotCounts);
  const sessions = useSessions();
  const since = loggedOutSince(refusal, sessions, connection, counts);
  const room = roomSince(refusal, sessions, connection, counts);
  if (room && !(since?.isSame && since.slot === 'free')) {
    const count = room.sessions?.length ?? 0;
    const now = count === 1 ? '1 session' : `${count} sessions`;
    return (
      <Band
        tone="ok"
        title={`A slot is free: ${now} of ${room.name} by the server’s count, ${room.atRefusal?.count} after the refusal.`}
      >
        Sign in again, once.
        {pause}
      </Band>
    );
  }
  if (!since) return refused;
  const { session, isSame, slot } = since;
  const loggedOut = `${session.identity.name} was logged out at ${formatClockTime(session.ended?.atMs ?? NaN)}`;
  if (slot === 'free') {
    return (
      <Band tone="ok" title={isSame ? `A slot is free: ${loggedOut}.` : `${loggedOut}.`}>
        {isSame ? 'Sign in again, once.' : 'If that is the same account, a slot is free: sign in again, once.'}
        {pause}
      </Band>
    );
  }
  const isCounting = slot === 'counting';
  const whether = isCounting
    ? 'The next count tells whether its slot is free.'
    : 'Whether its slot is free is not known.';
  return (
    <Band tone={isCounting ? 'busy' : 'warn'} title={`${loggedOut}. ${whether}`}>
      <div className="grid gap-1.5">
        {!isSame && <p>Nor is it known whether that is the same account.</p>}
        {!isCounting && (
          <p>
            {slot === 'unknown'
              ? 'The server has not listed its sessions since.'
              : 'The server lists fewer since, but no fewer than the limit that is set here.'}{' '}
            If it is not free, the next sign-in is refused as well, and counts as a failed one.
          </p>
        )}
        {pause}
        {freeing}
      </div>
    </Band>
  );
}
