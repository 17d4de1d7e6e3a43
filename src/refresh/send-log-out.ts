/** The call that ends a pair at its vendor, and what sends it without a refresh in mind: little, because it is at hand early. */
import type { CallRequest, Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import { discreet } from '../http/without-sent-secrets.ts';
import type { Provider } from '../providers/contract.ts';
import type { LogOutFace, SessionFace } from '../providers/session-face.ts';
import type { Tokens } from '../providers/tokens.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { end } from '../sessions/ending-steps.ts';
import type { Hands } from './hands.ts';

export function sendLogOut(
  hands: Hands,
  face: LogOutFace,
  connection: Connection,
  baseUrl: string,
  tokens: Tokens,
  more: Pick<CallRequest, 'nonce' | 'boot' | 'keepalive'> = {},
): Promise<Reply> {
  return hands.caller.call({
    connection: connection.id,
    operation: face.operation,
    effect: 'end',
    baseUrl,
    params: face.params(tokens, connection),
    ...more,
  });
}

/** What ends it at the vendor: also a refresh token that refreshes nothing any more. Null where nothing is left. */
export function tokensToEnd({ tokens, leftover }: SessionRecord): Tokens | null {
  const refreshToken = leftover?.refreshToken;
  if (refreshToken === undefined || tokens?.refreshToken !== undefined) return tokens;
  return { ...(tokens ?? { accessToken: '', accessExpiry: { kind: 'unknown' }, facts: [] }), refreshToken };
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

interface Leaving {
  readonly record: SessionRecord;
  readonly face: SessionFace;
  readonly connection: Connection;
  /** By which the gateway tells the next page what came of it. */
  readonly call: Pick<CallRequest, 'nonce' | 'boot'>;
}

/**
 * Logs out, while the page goes away, every session that takes a slot. Everything it needs is at hand beforehand, because
 * a page that is being left gets no second turn: the requests start before this function returns.
 */
export function logOutOnLeaving(hands: Hands, leaving: readonly Leaving[]): void {
  for (const { record, face, connection, call } of leaving) {
    const tokens = tokensToEnd(record);
    if (!tokens || !face.logOut) continue;
    void sendLogOut(hands, face.logOut, connection, record.baseUrl, tokens, { ...call, keepalive: true });
    void hands.repository.change(record.id, end('logged-out', hands.nowMs()));
  }
}
