/** Ending a session at its vendor (log out), or only here (forget). */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import type { LogOutFace, Provider, Tokens } from '../providers/contract.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { end } from '../sessions/transitions.ts';
import type { Hands } from './hands.ts';

const LOCK_WAIT_MS = 35_000;

export const gatewayAway: Failure = {
  code: 'gateway-away',
  happened: 'no',
  fault: 'network',
  sentence: 'The gateway of this console does not answer, or no longer knows this connection.',
  next: 'Nothing was sent. Check that the program is running and that its file still names the connection.',
  status: null,
};

const noLogOut: Failure = {
  code: 'no-log-out',
  happened: 'no',
  fault: 'permission',
  sentence: 'This vendor has no call that logs out.',
  next: 'Forget the session here; its token lives on until it expires.',
  status: null,
};

/**
 * Ends the session at the vendor and then here. Waits for a refresh in flight, so that it ends the newest pair. A failure
 * leaves the record as it was, because the session still lives.
 */
export async function logOut(hands: Hands, id: string): Promise<Result<SessionRecord | null, Failure>> {
  const done = await hands.locks.run(`keyward.family.${id}`, LOCK_WAIT_MS, async () => {
    const record = await hands.repository.get(id);
    if (!record || record.ended) return succeed(record ?? null);
    if (!record.tokens) return succeed(await endHere(hands, id, 'logged-out'));
    const provider = await hands.provider(record.provider);
    const connection = await hands.connection(record.connection);
    if (!provider.logOut) return fail(noLogOut);
    if (!connection) return fail(gatewayAway);

    const reply = await sendLogOut(hands, provider.logOut, connection, record.baseUrl, record.tokens);
    const read = provider.logOut.read(reply);
    return read.ok ? succeed(await endHere(hands, id, 'logged-out')) : read;
  });
  return done === 'busy' ? fail(stillBusy) : done;
}

const stillBusy: Failure = {
  code: 'busy',
  happened: 'no',
  fault: 'local',
  sentence: 'A refresh of this session is still under way, perhaps in another tab.',
  next: 'Nothing was logged out. Try again in a moment.',
  status: null,
};

/** Drops it here. What lives on at the vendor lives on: the screen says until when. */
export const forget = (hands: Hands, id: string): Promise<SessionRecord | null> => endHere(hands, id, 'forgotten');

async function endHere(hands: Hands, id: string, how: 'logged-out' | 'forgotten'): Promise<SessionRecord | null> {
  const written = await hands.repository.change(id, end(how, hands.nowMs()));
  return written.ok ? written.record : null;
}

function sendLogOut(
  hands: Hands,
  face: LogOutFace,
  connection: Connection,
  baseUrl: string,
  tokens: Tokens,
  keepalive = false,
): Promise<Reply> {
  return hands.caller.call({
    connection: connection.id,
    operation: face.operation,
    effect: 'end',
    baseUrl,
    params: face.params(tokens, connection),
    keepalive,
  });
}

/** Ends a pair that arrived after its session was logged out. There is no screen left to tell; the activity list has it. */
export async function logOutQuietly(
  hands: Hands,
  provider: Provider,
  connection: Connection,
  tokens: Tokens,
): Promise<void> {
  if (provider.logOut) await sendLogOut(hands, provider.logOut, connection, connection.baseUrl, tokens);
}

/**
 * Logs out, while the page goes away, every session that takes a slot. Everything it needs is at hand beforehand, because
 * a page that is being left gets no second turn: the requests start before this function returns.
 */
export function logOutOnLeaving(
  hands: Hands,
  leaving: readonly { readonly record: SessionRecord; readonly provider: Provider; readonly connection: Connection }[],
): void {
  for (const { record, provider, connection } of leaving) {
    if (!record.tokens || !provider.logOut) continue;
    void sendLogOut(hands, provider.logOut, connection, record.baseUrl, record.tokens, true);
    void hands.repository.change(record.id, end('logged-out', hands.nowMs()));
  }
}
