/**
 * A vendor whose tokens all die when its server restarts: the first refused token is a reason to look after the others,
 * once, so that nobody finds them dead one by one.
 */
import { endsAtMs } from '../lib/time.ts';
import type { Provider } from '../providers/contract.ts';
import type { RestartWords } from '../providers/session-face.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { Repository } from '../sessions/repository.ts';
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
/** What was replaced or dropped so shortly before may have been found dead by another tab. */
const TOGETHER_MS = 60_000;
/** Longer than another tab's mint takes. */
const MINT_MAX_MS = 35_000;
/** A server that comes up answers some calls and not others. Doubled each time up to the longest: over ten minutes in all. */
const ASK_AGAIN_AFTER_MS = 5_000;
const ASK_AGAIN_LONGEST_MS = 60_000;
const ASK_AGAIN_MAX = 13;

/** What became of a token that was found dead: minted again, to be minted again by itself, or in need of a sign-in. */
export type Fate = 'minted' | 'waits' | 'lost';

/** What was found out of one token, without the token. */
interface Seen {
  readonly credential: string;
  readonly madeAtMs: number;
  readonly standing: 'live' | Fate;
}

interface Look {
  readonly atMs: number;
  /** By session. */
  readonly seen: Map<string, Seen>;
  /** Sessions whose token was replaced or dropped, here or by another tab, before anything was known of it. */
  readonly missed: Set<string>;
}

/** A token of which nothing is known yet. */
type Unknown = Pick<SessionRecord, 'id' | 'generation'>;

/** By connection. A console has many hands, and one place where its sessions are. */
const looks = new WeakMap<Repository, Map<string, Look>>();

/**
 * Probes the other sessions of this connection; each dead one is minted again once, is left to the schedule where that
 * fails for now, or says that it needs a sign-in. One that the server tells nothing of is probed again after a while.
 * `found` is the session as it was when its token was refused.
 */
export async function lookAfterRestart(
  hands: Hands,
  provider: Provider,
  found: SessionRecord,
  fate: Fate,
): Promise<void> {
  const { restart } = provider.sessionFace(found.lineage.way);
  if (!restart || wasDue(hands, found)) return;
  const look = newLook(hands, found);
  look.seen.set(found.id, seenAs(found, fate));
  if (!look.isNew) return;

  let unknown = await others(hands, found, look);
  let cause = restart.unsure;
  const say = notice(hands);
  for (let times = 0; times <= ASK_AGAIN_MAX; times += 1) {
    if (times > 0) await hands.pause(Math.min(ASK_AGAIN_AFTER_MS * 2 ** (times - 1), ASK_AGAIN_LONGEST_MS));
    unknown = await ask(hands, provider, look, unknown);
    const guess = cause;
    // Whoever replaced one may tell only later that it was dead.
    const missed = [...look.missed].filter((id) => (look.seen.get(id)?.standing ?? 'live') === 'live').length;
    cause = causeOf(restart, found, [...look.seen.values()], unknown.length + missed);
    await hands.repository.change(found.id, knowBetter(guess, cause));
    const fates = [...look.seen.values()].flatMap(({ standing }) => (standing === 'live' ? [] : [standing]));
    // Of a single one that is lost its own row says all there is to say.
    const isTold = fates.length > 1 || fate !== 'lost' || unknown.length > 0;
    const atLeast = missed > 0 ? 'At least ' : '';
    say(isTold ? words(`${cause} ${atLeast}`, fates, unknown.length, times < ASK_AGAIN_MAX) : null);
    if (unknown.length === 0) return;
  }
}

/** Without their tokens, which must not outlive a session that is forgotten meanwhile. */
async function others(
  { repository }: Hands,
  found: SessionRecord,
  { atMs, missed }: Look,
): Promise<readonly Unknown[]> {
  const unknown: Unknown[] = [];
  for (const { id, generation, connection, tokens, ended, signInNeeded } of await repository.list()) {
    if (connection !== found.connection || id === found.id || ended) continue;
    if (tokens) unknown.push({ id, generation });
    else if (signInNeeded && signInNeeded.sinceMs > atMs - TOGETHER_MS) missed.add(id);
  }
  return unknown;
}

/** The one that is on or was made of late, where the token was not refused long after it. */
function newLook({ repository, nowMs }: Hands, { connection, tokens }: SessionRecord): Look & { isNew: boolean } {
  const ofConsole = looks.get(repository) ?? new Map<string, Look>();
  looks.set(repository, ofConsole);
  const before = ofConsole.get(connection);
  const atMs = nowMs();
  if (before && (tokens?.refusedAtMs ?? atMs) - before.atMs < LOOK_AGAIN_AFTER_MS) return { ...before, isNew: false };
  const look = { atMs, seen: new Map<string, Seen>(), missed: new Set<string>() };
  ofConsole.set(connection, look);
  return { ...look, isNew: true };
}

const seenAs = ({ lineage, refreshedAtMs }: SessionRecord, standing: Seen['standing']): Seen => ({
  credential: lineage.credential,
  madeAtMs: refreshedAtMs,
  standing,
});

/** Gives those of which nothing is known even now, first those that were not asked about. */
async function ask(
  hands: Hands,
  provider: Provider,
  { atMs, seen, missed }: Look,
  unknown: readonly Unknown[],
): Promise<readonly Unknown[]> {
  const still: Unknown[] = [];
  let inARow = 0;
  for (const [index, { id, generation }] of unknown.entries()) {
    // It is not well yet, and each question may take as long as a call may.
    if (inARow === AT_ONCE_MAX || !hands.online()) return [...unknown.slice(index), ...still];
    if (index > 0 && index % AT_ONCE_MAX === 0) await hands.pause(REST_MS);
    const record = await hands.repository.get(id);
    if (seen.has(id)) continue;
    // Refreshed or ended meanwhile, which tells nothing of the token that it had.
    if (!record?.tokens || record.generation !== generation) {
      missed.add(id);
      continue;
    }
    const verdict = await probeToken(hands, provider, record);
    inARow = verdict === 'unknown' ? inARow + 1 : 0;
    if (verdict === 'unknown') still.push({ id, generation });
    // Another tab may have met it as well, and been faster.
    const standing =
      verdict === 'dead' ? ((await mintedAgain(hands, record)) ?? (await fateOf(hands, record))) : verdict;
    if (standing && standing !== 'unknown') seen.set(id, seenAs(record, standing));
    if (standing === 'live' && record.refreshes > 0 && record.refreshedAtMs > atMs - TOGETHER_MS) missed.add(id);
  }
  return still;
}

function causeOf(restart: RestartWords, { lineage }: SessionRecord, seen: readonly Seen[], unknown: number): string {
  const live = seen.filter(({ standing }) => standing === 'live');
  const isSiblingLive = live.some(({ credential }) => credential === lineage.credential);
  const lastDeadMs = Math.max(...seen.map(({ standing, madeAtMs }) => (standing === 'live' ? 0 : madeAtMs)));
  // One that was made after the last of the dead may have been made after a restart.
  if (live.some(({ madeAtMs }) => madeAtMs <= lastDeadMs))
    return isSiblingLive ? restart.siblingLive : restart.othersLive;
  if (!isSiblingLive && !seen.some(({ standing }) => standing === 'minted')) return restart.unsure;
  return live.length + unknown > 0 ? restart.keyWorks : restart.likely;
}

/** Says it in place of what was said before, where that was not the same. */
function notice(hands: Hands): (sentence: string | null) => void {
  let said: string | null = null;
  let takeBack = (): void => undefined;
  return (sentence) => {
    if (sentence === said) return;
    takeBack();
    takeBack = sentence === null ? () => undefined : hands.announce(sentence);
    said = sentence;
  };
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
  return await fateOf(hands, { id, generation });
}

/** What a dead token has come to, once nobody is minting in its place. */
async function fateOf({ locks, repository }: Hands, { id, generation }: Unknown): Promise<Fate | undefined> {
  await locks.run(`keyward.family.${id}`, MINT_MAX_MS, () => Promise.resolve());
  const now = await repository.get(id);
  if (!now || now.ended) return undefined;
  if (now.tokens && now.generation > generation && !now.signInNeeded) return 'minted';
  if (!now.signInNeeded) return 'waits';
  // The credential turned out to be dead, and the token with it.
  if (now.tokens) await repository.change(id, refuse(now.generation, now.signInNeeded));
  return 'lost';
}

/** `lead`: the cause, and where some may have died unseen, that the count is the least. */
function words(lead: string, fates: readonly Fate[], unknown: number, isAskedAgain: boolean): string {
  const count = (fate: Fate): number => fates.filter((one) => one === fate).length;
  const [minted, waits, lost] = [count('minted'), count('waits'), count('lost')];
  const died = fates.length;
  const rest = unknown === 0 ? '' : ` ${unknownWords(unknown, isAskedAgain)}`;
  if (minted === died) return `${lead}${tokens(died)} died and ${was(died)} minted again.${rest}`;
  const parts = [
    ...(minted > 0 ? [`${String(minted)} ${was(minted)} minted again`] : []),
    ...(waits > 0
      ? [`${String(waits)} could not be minted again yet (${waits === 1 ? 'its row says' : 'their rows say'} why)`]
      : []),
    ...(lost > 0 ? [`${String(lost)} ${lost === 1 ? 'needs' : 'need'} a sign-in`] : []),
  ];
  return `${lead}${tokens(died)} died: ${parts.join(', ')}.${rest}`;
}

function unknownWords(count: number, isAskedAgain: boolean): string {
  const isOne = count === 1;
  const whether = `Whether ${isOne ? 'one more is' : `${String(count)} more are`} dead is not known`;
  return isAskedAgain
    ? `${whether} yet: the server is asked again soon.`
    : `${whether}: the server did not tell. Check ${isOne ? 'it' : 'them'}.`;
}

const tokens = (count: number): string => (count === 1 ? '1 token' : `${String(count)} tokens`);
const was = (count: number): string => (count === 1 ? 'was' : 'were');
