/**
 * A vendor whose tokens all die when its server restarts: the first refused token is a reason to look after the others,
 * once, so that nobody finds them dead one by one.
 */
import { endsAtMs } from '../lib/time.ts';
import type { Provider } from '../providers/contract.ts';
import type { RestartWords } from '../providers/session-face.ts';
import type { SessionRecord } from '../sessions/record.ts';
import { callOver } from '../sessions/refresh-steps.ts';
import { refuse } from '../sessions/ending-steps.ts';
import type { Transition } from '../sessions/transitions.ts';
import type { Hands } from './hands.ts';
import { probeToken } from './probe-token.ts';
import { refreshSession } from './refresh-session.ts';

/** A second restart within this time is found token by token, as each is used. */
const LOOK_AGAIN_AFTER_MS = 10 * 60_000;
/** A probe and a mint each: slow enough for servers that allow so many calls a second. */
const AT_ONCE_MAX = 5;
const REST_MS = 1_000;

/** What became of a token that was found dead: minted again, to be minted again by itself, or in need of a sign-in. */
export type Fate = 'minted' | 'waits' | 'lost';

const lookedAtMs = new WeakMap<Hands, Map<string, number>>();

/**
 * Probes the other sessions of this connection; each dead one is minted again once, is left to the schedule where that
 * fails for now, or says that it needs a sign-in. `found` is the session as it was when its token was refused.
 */
export async function lookAfterRestart(
  hands: Hands,
  provider: Provider,
  found: SessionRecord,
  fate: Fate,
): Promise<void> {
  const { restart } = provider.sessionFace(found.lineage.way);
  if (!restart || wasDue(hands, found)) return;
  const looked = lookedAtMs.get(hands) ?? new Map<string, number>();
  lookedAtMs.set(hands, looked);
  const nowMs = hands.nowMs();
  if (nowMs - (looked.get(found.connection) ?? -Infinity) < LOOK_AGAIN_AFTER_MS) return;
  looked.set(found.connection, nowMs);

  const others = (await hands.repository.list()).filter(
    ({ id, connection, tokens, ended }) => connection === found.connection && id !== found.id && tokens && !ended,
  );
  const live: SessionRecord[] = [];
  const fates: Fate[] = [fate];
  for (const [index, record] of others.entries()) {
    if (index > 0 && index % AT_ONCE_MAX === 0) await hands.pause(REST_MS);
    const verdict = await probeToken(hands, provider, record);
    if (verdict === 'live') live.push(record);
    if (verdict !== 'dead') continue;
    const became = await mintedAgain(hands, record);
    if (became) fates.push(became);
  }
  const cause = causeOf(restart, found, live, fates);
  await hands.repository.change(found.id, knowBetter(restart.unsure, cause));
  // Of a single one that is lost its own row says all there is to say.
  if (fates.length > 1 || fate !== 'lost') hands.announce(words(cause, fates));
}

function causeOf(
  restart: RestartWords,
  { lineage }: SessionRecord,
  live: readonly SessionRecord[],
  fates: readonly Fate[],
): string {
  if (live.some((other) => other.lineage.credential === lineage.credential)) return restart.siblingLive;
  if (live.length > 0) return restart.othersLive;
  return fates.includes('minted') ? restart.likely : restart.unsure;
}

/** What was guessed when the token was refused, once the others have been looked at. */
const knowBetter =
  (guess: string, cause: string): Transition =>
  (record) =>
    record.signInNeeded?.sentence === guess && cause !== guess
      ? { ...record, signInNeeded: { ...record.signInNeeded, sentence: cause } }
      : 'moved';

/**
 * A check found that token dead, before its time: marks it, mints it again once where its credential is kept, and looks
 * after the others behind the answer. Undefined where its vendor's tokens do not die together, where it ended when it was
 * due, or where another has taken its place.
 */
export async function renewAfterRestart(
  hands: Hands,
  provider: Provider,
  found: SessionRecord,
): Promise<Fate | undefined> {
  if (!provider.sessionFace(found.lineage.way).restart || wasDue(hands, found)) return undefined;
  const fate = await mintedAgain(hands, found);
  // A dead credential tells itself to all its tokens, and a restart is not what ended them.
  if (fate && fate !== 'lost') void lookAfterRestart(hands, provider, found, fate);
  return fate;
}

/**
 * What that vendor's tokens die of together, where this one was refused before its time.
 */
export function whyBeforeItsTime(hands: Hands, provider: Provider, found: SessionRecord): string | undefined {
  const { restart } = provider.sessionFace(found.lineage.way);
  return wasDue(hands, found) ? undefined : restart?.unsure;
}

/** By this clock the token had ended: nothing is odd about a refusal. */
function wasDue(hands: Hands, { tokens, connection }: SessionRecord): boolean {
  if (tokens?.refusedAtMs !== undefined) return false;
  const endMs = tokens ? endsAtMs(tokens.accessExpiry, hands.offsetMs(connection)) : undefined;
  return endMs !== undefined && endMs <= hands.nowMs();
}

/** Marked first, so that whatever becomes of the call nobody is handed a dead token. Undefined: another took its place. */
async function mintedAgain(hands: Hands, { id, generation, lineage }: SessionRecord): Promise<Fate | undefined> {
  const { repository } = hands;
  const word = { sinceMs: hands.nowMs(), code: 'died-in-restart', sentence: 'The server no longer knows this token.' };
  if (!lineage.kept) return (await repository.change(id, refuse(generation, word))).ok ? 'lost' : undefined;
  const marked = await repository.change(id, callOver(generation, hands.nowMs()));
  if (!marked.ok) return undefined;
  const done = await refreshSession(hands, id, 'person', marked.record.revision);
  if (done.kind === 'refreshed' || done.kind === 'adopted') return 'minted';
  const now = await repository.get(id);
  if (!now || now.ended) return undefined;
  if (now.tokens && now.generation > generation && !now.signInNeeded) return 'minted';
  if (!now.signInNeeded) return 'waits';
  // The credential turned out to be dead, and the token with it.
  if (now.tokens) await repository.change(id, refuse(now.generation, now.signInNeeded));
  return 'lost';
}

function words(cause: string, fates: readonly Fate[]): string {
  const count = (fate: Fate): number => fates.filter((one) => one === fate).length;
  const [minted, waits, lost] = [count('minted'), count('waits'), count('lost')];
  const died = fates.length;
  if (minted === died) return `${cause} ${tokens(died)} died and ${was(died)} minted again.`;
  const parts = [
    ...(minted > 0 ? [`${String(minted)} ${was(minted)} minted again`] : []),
    ...(waits > 0
      ? [`${String(waits)} could not be minted again yet (${waits === 1 ? 'its row says' : 'their rows say'} why)`]
      : []),
    ...(lost > 0 ? [`${String(lost)} ${lost === 1 ? 'needs' : 'need'} a sign-in`] : []),
  ];
  return `${cause} ${tokens(died)} died: ${parts.join(', ')}.`;
}

const tokens = (count: number): string => (count === 1 ? '1 token' : `${String(count)} tokens`);
const was = (count: number): string => (count === 1 ? 'was' : 'were');
