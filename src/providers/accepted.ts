import type { Reply } from '../http/call.ts';

/** Answered, with a status that says yes. */
export function isAccepted({ envelope: { phase, status } }: Reply): boolean {
  return phase === 'answered' && status !== null && status >= 200 && status < 300;
}
