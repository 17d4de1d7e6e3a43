import type { Failure } from '../../http/failure.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { Provider } from '../../providers/contract.ts';
import type { Verdict } from '../../providers/session-face.ts';
import { gatewayAway, gatewayWentAway, whyNoConnection } from '../../refresh/gateway-away.ts';
import type { Hands } from '../../refresh/hands.ts';
import { lookAfterRestart, renewAfterRestart, whyBeforeItsTime, type Fate } from '../../refresh/vendor-restart.ts';
import { viewOf, type SessionRecord } from '../../sessions/record.ts';
import { callOver } from '../../sessions/refresh-steps.ts';
import { refuse } from '../../sessions/ending-steps.ts';

interface Checked {
  readonly verdict: Verdict;
  /** What the server answered, in words. */
  readonly evidence: string;
  /** Another token took its place, or it was dropped, before the answer came. */
  readonly replaced: boolean;
  /** What became of a dead one at once. Undefined where that is left to the schedule or to a person. */
  readonly fate: Fate | undefined;
}

/**
 * Asks the server once whether the access token is live: the answer is about this token as it is. A dead one is no longer
 * handed out, and refreshed only where all tokens of its server have died with it, so that a kept key mints them again.
 */
export async function checkSession(hands: Hands, id: string): Promise<Result<Checked, Failure>> {
  const record = await hands.repository.get(id);
  if (!record?.tokens) return fail(noToken);
  const provider = await hands.provider(record.provider);
  if ((await hands.boot()) === undefined) return fail(gatewayAway(hands));
  const connection = await hands.connection(record.connection);
  if (!connection) return fail(await whyNoConnection(hands));
  const { probe } = provider.sessionFace(record.lineage.way);
  const operation = provider.operations[probe.operation];
  if (!operation) throw new Error(`${provider.id} names a probe that its table of operations does not have`);
  const reply = await hands.caller.call({
    connection: record.connection,
    operation: probe.operation,
    effect: operation.effect,
    baseUrl: record.baseUrl,
    params: probe.params(record.tokens, connection),
  });
  const checked = gatewayWentAway(reply) ? nobodyTells : probe.read(reply, record.tokens);
  const replaced = (await hands.repository.get(id))?.generation !== record.generation;
  const fate = checked.verdict === 'dead' ? await buried(hands, provider, record, checked.evidence) : undefined;
  return succeed({ ...checked, replaced, fate });
}

/**
 * Marks the token that was checked, unless a refresh has replaced it meanwhile. Where a refresh may bring another, that
 * one is due, or made at once where the tokens of that vendor die together.
 */
async function buried(
  hands: Hands,
  provider: Provider,
  record: SessionRecord,
  evidence: string,
): Promise<Fate | undefined> {
  const { repository, nowMs } = hands;
  const { id, generation } = record;
  if (viewOf(record).tokens?.refreshable) {
    const fate = await renewAfterRestart(hands, provider, record);
    if (fate === undefined) await repository.change(id, callOver(generation, nowMs()));
    return fate;
  }
  const sentence = whyBeforeItsTime(hands, provider, record) ?? evidence;
  const word = record.signInNeeded ?? { sinceMs: nowMs(), code: 'checked-dead', sentence };
  if (!(await repository.change(id, refuse(generation, word))).ok) return undefined;
  void lookAfterRestart(hands, provider, record, 'lost');
  return 'lost';
}

const nobodyTells = {
  verdict: 'unknown',
  evidence: 'The gateway of this console stopped answering. Check that the program is running, then check again.',
} as const;

const noToken: Failure = {
  code: 'no-token',
  happened: 'no',
  fault: 'credential',
  sentence: 'This session has no token any more.',
  next: 'Nothing was sent. Sign in again.',
  status: null,
};
