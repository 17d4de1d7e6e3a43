/** Ending a session at its vendor (log out), or only here (forget). */
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import { discreet } from '../http/without-sent-secrets.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import type { Probe, SessionFace } from '../providers/session-face.ts';
import type { Tokens } from '../providers/tokens.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { end } from '../sessions/ending-steps.ts';
import { gatewayAway, gatewayWentAway, whyNoConnection } from './gateway-away.ts';
import type { Hands } from './hands.ts';
import { settleLeftOver } from './refresh-session.ts';
import { sendLogOut, tokensToEnd } from './send-log-out.ts';

const LOCK_WAIT_MS = 35_000;

const noLogOut: Failure = {
  code: 'no-log-out',
  happened: 'no',
  fault: 'permission',
  sentence: 'This vendor has no call that logs out.',
  next: 'Forget the session here; its token lives on until it expires.',
  status: null,
};

/**
 * Ends the session at the vendor and then here. Waits for a refresh in flight, and asks for the answer of one that nobody
 * waits for any more, so that it ends the newest pair. A failure leaves the record as it was, because the session lives.
 */
export async function logOut(hands: Hands, id: string): Promise<Result<SessionRecord | null, Failure>> {
  const done = await hands.locks.run(`keyward.family.${id}`, LOCK_WAIT_MS, async () => {
    const stored = await hands.repository.get(id);
    // An answer that its tab did not live to store may hold a newer pair, which would live on.
    const record = stored?.intent && !stored.ended ? await settleLeftOver(hands, stored) : stored;
    if (!record || record.ended) return succeed(record ?? null);
    const tokens = tokensToEnd(record);
    if (!tokens) return succeed(await endHere(hands, id, 'logged-out'));
    const provider = await hands.provider(record.provider);
    const face = provider.sessionFace(record.lineage.way);
    if (!face.logOut) return fail(noLogOut);
    // Asked anew: a gateway that went away since cannot have taken the call, which a lost answer alone would not tell.
    if ((await hands.boot()) === undefined) return fail(gatewayAway(hands));
    const connection = await hands.connection(record.connection);
    if (!connection) return fail(await whyNoConnection(hands));

    const reply = await sendLogOut(hands, face.logOut, connection, record.baseUrl, tokens);
    if (gatewayWentAway(reply)) return fail(logOutUnknown);
    const sent = face.logOut.params(tokens, connection);
    const read = discreet(face.logOut.read(reply), provider.operations, face.logOut.operation, sent);
    if (!read.ok) return read;
    const proof = face.logOut.proven ? await prove(hands, face, connection, record.baseUrl, tokens) : undefined;
    if (proof?.verdict === 'live') return fail(notProven(proof.evidence));
    return succeed(await endHere(hands, id, 'logged-out', evidenceOf(proof)));
  });
  return done === 'busy' ? fail(stillBusy) : done;
}

/** Presents the old token once more: a vendor that says OK has not said that it is dead. */
async function prove(
  hands: Hands,
  { probe }: SessionFace,
  connection: Connection,
  baseUrl: string,
  tokens: Tokens,
): Promise<ReturnType<Probe['read']>> {
  const params = probe.params(tokens, connection);
  const call = { connection: connection.id, operation: probe.operation, effect: 'read', baseUrl, params } as const;
  return probe.read(await hands.caller.call(call), tokens);
}

const evidenceOf = (proof: ReturnType<Probe['read']> | undefined): string | null =>
  proof ? (proof.verdict === 'dead' ? proof.evidence : `Not proven: ${proof.evidence}`) : null;

const notProven = (evidence: string): Failure => ({
  code: 'log-out-not-proven',
  happened: 'unknown',
  fault: 'provider',
  sentence: `The vendor said that it logged out, and the token still works. ${evidence}`,
  next: 'The session is kept here, so that you can try again.',
  status: null,
});

const logOutUnknown: Failure = {
  code: 'gateway-lost',
  happened: 'unknown',
  fault: 'network',
  sentence: 'The gateway of this console stopped answering; whether the log out reached the vendor is not known.',
  next: 'The session is kept here. Check that the program is running, then log out once more.',
  status: null,
  cause: 'gateway-unreachable',
};

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

async function endHere(
  hands: Hands,
  id: string,
  how: 'logged-out' | 'forgotten',
  evidence: string | null = null,
): Promise<SessionRecord | null> {
  const written = await hands.repository.change(id, end(how, hands.nowMs(), evidence));
  return written.ok ? written.record : null;
}
