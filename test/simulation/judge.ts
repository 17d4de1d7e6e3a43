/** Watches a world while it runs, and knows which invariants were broken and how. Looks only; changes nothing. */
import { accessEndsAtMs, dueOf } from '../../src/refresh/plan.ts';
import { viewOf, type Intent, type SessionRecord } from '../../src/sessions/record.ts';
import type { Flight } from './vendor-network.ts';
import type { World } from './world.ts';

export type Broken = 'I01' | 'I02' | 'I03' | 'I04' | 'I05' | 'I07' | 'I12' | 'I14' | 'I16';

export interface Judge {
  /** What broke it, in words; empty where it held. */
  broken(invariant: Broken): readonly string[];
  /** The calls that spent, or may have spent, a refresh token of that generation. */
  readonly spends: () => readonly Spend[];
}

/** A refresh that went out, with what the page had written down before. */
export interface Spend {
  readonly flight: Flight;
  readonly session: string | undefined;
  readonly intent: Intent | undefined;
}

const REST_MS = 10_000;
/** Longer than this no tab reads and writes without a timer set. */
const AT_WORK_MS = 5_000;

export function judge(world: World): Judge {
  const found = new Map<Broken, string[]>();
  const frozen = new Set<World['tabs'][number]>();
  const intents = new Map<string, { readonly session: string; readonly intent: Intent }>();
  const last = new Map<string, SessionRecord>();
  const report = (invariant: Broken, words: string): void => {
    const said = found.get(invariant) ?? [];
    if (said.length < 3) found.set(invariant, [...said, words]);
  };

  const spends = (): readonly Spend[] =>
    world.network.ledger
      .filter(({ kind }) => kind === 'refresh')
      .map((flight) => {
        const claim = intents.get(flight.nonce);
        return { flight, session: claim?.session, intent: claim?.intent };
      });

  world.sessions.onDurable((record) => {
    const before = last.get(record.id);
    if (record.intent) intents.set(record.intent.nonce, { session: record.id, intent: record.intent });
    if (before && record.generation < before.generation) {
      report('I04', `${record.id} went from generation ${before.generation} to ${record.generation}`);
    }
    if (before?.ended && (record.tokens || !record.ended)) report('I07', `${record.id} came back after its end`);
    if (before && record.generation > before.generation && record.tokens?.refreshToken !== undefined) {
      pace(before, record);
    }
    last.set(record.id, record);
  });

  /** Also what brought nothing is paced: a server that fails is not asked again in the same breath. */
  const lastSent = new Map<string, number>();
  function paceSends(flight: Flight, { session, intent }: { readonly session: string; readonly intent: Intent }): void {
    if (world.askedByHand.has(session) || intent.probe) return;
    const apartMs = flight.startedAtMs - (lastSent.get(session) ?? -Infinity);
    lastSent.set(session, flight.startedAtMs);
    if (apartMs < REST_MS) report('I12', `a refresh of ${session} was sent again after ${apartMs} ms`);
  }

  /** Only pairs that were asked for by the schedule are paced; a person may ask whenever they like. */
  function pace(before: SessionRecord, after: SessionRecord): void {
    if (!before.intent || world.askedByHand.has(before.id)) return;
    const offsetMs = world.network.server(before.provider).tokens.policy.clockAheadMs;
    const endMs = accessEndsAtMs(viewOf(before), offsetMs) ?? before.refreshedAtMs;
    const lifeMs = endMs - before.refreshedAtMs;
    const apartMs = after.refreshedAtMs - before.refreshedAtMs;
    if (apartMs < Math.max(REST_MS, lifeMs / 4)) report('I12', `${before.id} was refreshed again after ${apartMs} ms`);
  }

  /** One tab's tries, also those that come to nothing before anything is sent. */
  const lastTry = new Map<unknown, Map<string, number>>();
  let triesSeen = 0;
  function paceTries(): void {
    const { asked } = world.locks;
    for (; triesSeen < asked.length; triesSeen += 1) {
      const { errand, name = '' } = asked[triesSeen] ?? {};
      const [, session] = /^keyward\.family\.(.+)$/.exec(name) ?? [];
      if (session === undefined || world.askedByHand.has(session)) continue;
      const tries = lastTry.get(errand) ?? new Map<string, number>();
      lastTry.set(errand, tries);
      const apartMs = world.time.nowMs - (tries.get(session) ?? -Infinity);
      tries.set(session, world.time.nowMs);
      if (apartMs < REST_MS) report('I12', `a tab turned to ${session} again after ${apartMs} ms`);
    }
  }

  let seen = 0;
  world.time.onRest(() => {
    const { ledger } = world.network;
    for (; seen < ledger.length; seen += 1) {
      const flight = ledger[seen];
      if (flight?.kind === 'refresh') lookAtSend(flight);
    }
    for (const record of world.sessions.records.values()) lookAtRecord(record);
    lookAtTimers();
    paceTries();
  });

  function lookAtSend(flight: Flight): void {
    const claim = intents.get(flight.nonce);
    if (!claim) return report('I03', `a refresh went out at ${flight.startedAtMs} without a stored intent`);
    paceSends(flight, claim);
    const underWay = world.network.ledger.filter(
      (other) =>
        other !== flight &&
        other.kind === 'refresh' &&
        other.endedAtMs === null &&
        other.boot === world.gateway.boot &&
        intents.get(other.nonce)?.session === claim.session,
    );
    if (underWay.length > 0) report('I05', `two refreshes of ${claim.session} were under way at once`);
  }

  function lookAtRecord(record: SessionRecord): void {
    const held = record.tokens?.refreshToken;
    if (held === undefined || record.intent || record.uncertain || record.signInNeeded) return;
    const { tokens: server } = world.network.server(record.provider);
    if (server.standing(held) === 'superseded') {
      report('I02', `${record.id} holds a used-up token and nothing says so`);
    }
  }

  const wokenAtMs = new Map<unknown, number>();
  let delaysSeen = new Map<unknown, number>();
  function lookAtTimers(): void {
    const seenNow = new Map<unknown, number>();
    for (const tab of world.tabs) {
      for (let at = delaysSeen.get(tab) ?? 0; at < tab.delays.length; at += 1) {
        const delayMs = tab.delays[at] ?? 0;
        if (!(delayMs >= 0 && delayMs <= 60_000)) report('I16', `a timer was set to ${delayMs} ms`);
      }
      seenNow.set(tab, tab.delays.length);
      // What was frozen when we last looked has had no time since.
      if (tab.timersArmed > 0 || tab.errand.frozen || frozen.has(tab)) wokenAtMs.set(tab, world.time.nowMs);
      if (tab.errand.frozen) frozen.add(tab);
      else frozen.delete(tab);
      if (world.time.nowMs - (wokenAtMs.get(tab) ?? tab.openedAtMs) > AT_WORK_MS)
        report('I14', 'a tab waits for nothing');
    }
    delaysSeen = seenNow;
  }

  return {
    spends,
    broken(invariant) {
      if (invariant === 'I01') tellDoubles();
      if (invariant === 'I14') tellSpeechless();
      return found.get(invariant) ?? [];
    },
  };

  function tellDoubles(): void {
    const counts = new Map<string, number>();
    for (const { flight, intent } of spends()) {
      if (flight.throttled) continue;
      const key = `${intent?.probe === true ? 'probe' : 'spend'} of ${flight.token.slice(0, 4)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [what, count] of counts) if (count > 1) report('I01', `${what}: ${count} times`);
  }

  /** Every session that is not over waits for a moment, or says what it waits for. */
  function tellSpeechless(): void {
    for (const tab of world.tabs) {
      for (const record of world.sessions.records.values()) {
        const due = dueOf(viewOf(record), tab.services.surroundings());
        if (due.kind === 'at' ? !Number.isFinite(due.atMs) : due.why === 'ended' && !record.ended) {
          report('I14', `${record.id} waits for nothing that comes`);
        }
        const { status, why } = world.moment(record.id, tab);
        if (status === 'waiting' && !why) report('I14', `${record.id} waits and does not say for what`);
      }
    }
  }
}
