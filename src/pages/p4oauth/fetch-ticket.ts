import type { Failure } from '../../http/failure.ts';
import { succeed, type Result } from '../../lib/result.ts';
import { readTicket } from '../../providers/p4oauth/ticket.ts';
import { readAs } from '../../refresh/call-as-later.ts';
import type { Hands } from '../../refresh/hands.ts';

/** For one host, as good as a password there. Held by the screen that asked and by nothing else. */
export interface Ticket {
  readonly secret: string;
  /** The host in the redirect URI; the server may have registered another for it. */
  readonly host: string;
  readonly atMs: number;
}

/** Asks the server for the ticket of the application with that redirect URI. */
export async function fetchTicket(
  hands: Hands,
  sessionId: string,
  redirectUri: string,
  atMs: number,
): Promise<Result<Ticket, Failure>> {
  const read = await readAs(hands, sessionId, 'p4token', readTicket, { redirectUri });
  if (!read.ok) return read;
  const host = URL.canParse(redirectUri) ? new URL(redirectUri).host : redirectUri;
  return succeed({ secret: read.value, host, atMs });
}
