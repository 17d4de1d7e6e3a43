/** Ending a session at its vendor (log out), or only here (forget). */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import { discreet } from '../http/without-sent-secrets.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import type { Provider } from '../providers/contract.ts';
import type { LogOutFace, Probe, SessionFace } from '../providers/session-face.ts';
import type { Tokens } from '../providers/tokens.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { end } from '../sessions/transitions.ts';
import { gatewayAway } from './gateway-away.ts';
import type { Hands } from './hands.ts';

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
    const face = provider.sessionFace(record.lineage.way);
    if (!face.logOut) return fail(noLogOut);
    if (!connection) return fail(gatewayAway);

    const reply = await sendLogOut(hands, face.logOut, connection, record.baseUrl, record.tokens);
    const sent = face.logOut.params(record.tokens, connection);
    const read = discreet(face.logOut.read(reply), provider.operations, face.logOut.operation, sent);
    if (!read.ok) return read;
    const proof = face.logOut.proven ? await prove(hands, face, connection, record.baseUrl, record.tokens) : undefined;
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
  { logOut: face }: SessionFace,
  connection: Connection,
  tokens: Tokens,
): Promise<void> {
  if (face) await sendLogOut(hands, face, connection, connection.baseUrl, tokens);
}

/** Ends a token that never became a session. */
export async function endRefused(
  hands: Hands,
  provider: Provider,
  face: LogOutFace,
  connection: Connection,
  tokens: Tokens,
): Promise<'ended' | Failure> {
  const reply = await sendLogOut(hands, face, connection, connection.baseUrl, tokens);
  const read = discreet(face.read(reply), provider.operations, face.operation, face.params(tokens, connection));
  return read.ok ? 'ended' : read.failure;
}

/**
 * Logs out, while the page goes away, every session that takes a slot. Everything it needs is at hand beforehand, because
 * a page that is being left gets no second turn: the requests start before this function returns.
 */
export function logOutOnLeaving(
  hands: Hands,
  leaving: readonly { readonly record: SessionRecord; readonly face: SessionFace; readonly connection: Connection }[],
): void {
  for (const { record, face, connection } of leaving) {
    if (!record.tokens || !face.logOut) continue;
    void sendLogOut(hands, face.logOut, connection, record.baseUrl, record.tokens, true);
    void hands.repository.change(record.id, end('logged-out', hands.nowMs()));
  }
}
