/** What needs a person, most pressing first. Pure; all times are milliseconds on the console's clock. */
import { keyOf } from '../../console/slot-key.ts';
import type { Connection } from '../../http/envelope.ts';
import { formatMoment } from '../../lib/format-time.ts';
import { endsAtMs } from '../../lib/time.ts';
import type { Provider } from '../../providers/contract.ts';
import { accessEndsAtMs, dueOf, leadMs, lifeOf, misplacedOf, type Surroundings } from '../../refresh/plan.ts';
import type { SessionView } from '../../sessions/record.ts';
import { whereWords } from './where-words.ts';
import { whoseWords } from './opened-words.ts';
import { misplacedWords } from './session-words.ts';
import type { Listed } from './order-sessions.ts';

export interface Need {
  readonly key: string;
  readonly tone: 'warn' | 'bad';
  readonly title: string;
  readonly sentence: string;
  /** The row to show, or where to sign in; one of the two is the next step. */
  readonly step:
    | { readonly kind: 'show'; readonly sessionId: string }
    | { readonly kind: 'sign-in'; readonly provider: string; readonly connection: string; readonly way: string };
}

/** What the server counted of a user; see `SlotCount`. */
export interface Counted {
  readonly sessions: readonly unknown[] | null;
  readonly overSince: number;
  readonly refused: readonly string[];
  readonly countedAtMs: number | null;
}

/** By `keyOf`. */
export type CountedSlots = ReadonlyMap<string, Counted>;

/** What ends within this without being refreshed is worth a word, however long it lived. */
const SOON_MIN_MS = 60_000;

export function needsOf(
  listed: readonly Listed[],
  connections: readonly Connection[],
  faces: ReadonlyMap<string, Provider>,
  around: Surroundings,
  counted: CountedSlots = new Map(),
): readonly Need[] {
  const needs = [
    ...listed.flatMap((one) => ofSession(one, around)),
    ...slotNeeds(listed, connections, faces, around, counted),
  ];
  return needs.sort((one, other) => Number(other.tone === 'bad') - Number(one.tone === 'bad'));
}

function ofSession(listed: Listed, around: Surroundings): readonly Need[] {
  const { session } = listed;
  const whose = whoseWords(listed, around.nowMs);
  const show = { kind: 'show', sessionId: session.id } as const;
  const need = (tone: Need['tone'], title: string, sentence: string, step: Need['step'] = show): readonly Need[] => [
    { key: session.id, tone, title, sentence, step },
  ];
  if (session.intent) return [];
  if (session.signInNeeded) {
    return need('bad', `Sign in again: ${whose}`, session.signInNeeded.sentence, {
      kind: 'sign-in',
      provider: session.provider,
      connection: session.connection,
      way: session.lineage.way,
    });
  }
  const misplaced = session.ended ? undefined : misplacedOf(session, around);
  if (misplaced) {
    const sentence = misplacedWords(misplaced, session, {
      nowMs: around.nowMs,
      offsetMs: around.offsetMs(session.connection),
    });
    return need('warn', `Waits for you: ${whose}`, sentence);
  }
  if (session.uncertain) {
    const endMs = accessEndsAtMs(session, around.offsetMs(session.connection));
    const next = endMs === undefined || endMs > around.nowMs ? ' Copy what you need before it ends.' : '';
    return need('warn', `Uncertain: ${whose}`, `Whether a refresh took effect is not known.${next}`);
  }
  if (session.waiting && session.waiting.untilMs === null) {
    return need('warn', `Waits for you: ${whose}`, session.waiting.reason);
  }
  const endMs = endsSoonUnrefreshed(session, around);
  if (endMs === undefined) return [];
  const until = formatMoment(endMs, around.nowMs);
  const ends = session.tokens?.accessExpiry.kind === 'earliest' ? 'May end from' : 'Ends at';
  return need('warn', `${ends} ${until}: ${whose}`, 'Nothing refreshes it by itself.');
}

/** When it ends, if that is soon and nothing will refresh it; undefined otherwise. What has ended needs no warning. */
function endsSoonUnrefreshed(session: SessionView, around: Surroundings): number | undefined {
  if (dueOf(session, around).kind !== 'held') return undefined;
  const offsetMs = around.offsetMs(session.connection);
  const endMs = accessEndsAtMs(session, offsetMs);
  const life = lifeOf(session, offsetMs);
  if (endMs === undefined || life === undefined || endMs <= around.nowMs) return undefined;
  return endMs - around.nowMs <= Math.max(leadMs(life, true), SOON_MIN_MS) ? endMs : undefined;
}

/** Users with sessions here of whose slots all but one are held, or all: the next sign-in anywhere locks them out. */
function slotNeeds(
  listed: readonly Listed[],
  connections: readonly Connection[],
  faces: ReadonlyMap<string, Provider>,
  around: Surroundings,
  counted: CountedSlots,
): readonly Need[] {
  const held = new Map<string, Listed[]>();
  for (const one of listed) {
    if (!holdsSlot(one.session, around)) continue;
    const key = keyOf(one.session.connection, one.session.identity.name);
    held.set(key, [...(held.get(key) ?? []), one]);
  }
  return [...held].flatMap(([key, own]) => {
    const [first] = own;
    const connection = connections.find(({ id }) => id === first?.session.connection);
    if (!first || !connection) return [];
    const limit = faces.get(first.session.provider)?.slots?.(connection).limit ?? 'none';
    const known = knownOf(counted.get(key), own, around.nowMs);
    if (typeof limit !== 'number' || known.count + known.over < Math.max(limit - 1, 1)) return [];
    return [slotNeed(key, first, limit, known)];
  });
}

interface Known {
  readonly count: number;
  /** How many of the server's count are over since: then nobody counted what is left of it. */
  readonly over: number;
  readonly least: string;
  /** Who counted, and when. */
  readonly how: string;
}

/** What the server listed, and what was opened here since then; or what is held here, as far as this browser knows. */
function knownOf(counted: Counted | undefined, own: readonly Listed[], nowMs: number): Known {
  if (!counted?.sessions || counted.countedAtMs === null) {
    const count = own.filter(({ session }) => !counted?.refused.includes(session.id)).length;
    return { count, over: 0, least: 'at least ', how: 'Counted from this browser alone' };
  }
  const { sessions, overSince: over, countedAtMs } = counted;
  const since = own.filter(({ session }) => session.openedAtMs > countedAtMs).length;
  const told = `${sessions.length + over} by the server’s count of ${formatMoment(countedAtMs, nowMs)}`;
  const how = `${told}${sinceWords(over, 'over')}${sinceWords(since, 'opened here')}`;
  return { count: sessions.length + since, over, least: '', how };
}

const sinceWords = (many: number, what: string): string => (many > 0 ? `, ${many} ${what} since` : '');

function slotNeed(
  key: string,
  { session, providerName, connectionName }: Listed,
  limit: number,
  { count, over, least, how }: Known,
): Need {
  const name = session.identity.name;
  const where = whereWords(providerName, connectionName);
  const full = count >= limit;
  const next = full
    ? `The next sign-in of ${name}, here or elsewhere, would be refused. Log one out to free its place.`
    : over > 0
      ? 'The next sign-in may be refused.'
      : 'One more sign-in, and the next is refused.';
  return {
    key,
    tone: full ? 'bad' : 'warn',
    title: `${where}: ${over > 0 ? 'not known how many' : `${full ? '' : least}${count}`} of ${limit} sessions of ${name}`,
    sentence: `${how}. ${next}`,
    step: { kind: 'show', sessionId: session.id },
  };
}

function holdsSlot(session: SessionView, around: Surroundings): boolean {
  if (!session.holdsSlot || session.ended || session.signInNeeded) return false;
  const expiry = session.tokens?.refreshExpiry;
  const endMs = expiry && endsAtMs(expiry, around.offsetMs(session.connection));
  return endMs === undefined || endMs > around.nowMs;
}
