import { isOfProxy } from '../../http/common-errors.ts';
import type { Probe } from '../session-face.ts';
import { readTicket, ticketParams } from './ticket.ts';

/** Is the access token live? Asks for the ticket of this console's own host, and drops it. */
export const probe: Probe = {
  operation: 'p4token',
  params: ticketParams,
  read(reply) {
    const { phase, status } = reply.envelope;
    if (phase !== 'answered') return { verdict: 'unknown', evidence: 'No answer came from the server.' };
    if (readTicket(reply).ok)
      return { verdict: 'live', evidence: 'The server handed out a ticket for the access token.' };
    if (status === 401 && !isOfProxy(reply))
      return { verdict: 'dead', evidence: 'The server answered 401 to the access token.' };
    return { verdict: 'unknown', evidence: `The server answered ${String(status)}, which proves neither.` };
  },
};
