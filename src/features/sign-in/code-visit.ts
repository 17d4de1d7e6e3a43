/**
 * A sign-in at the vendor's own page, in another tab. Lives outside React: the wait goes on while its page is left, and
 * is drawn again by whoever comes back.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Services } from '../../console/services.ts';
import type { Failure } from '../../http/failure.ts';
import { patiently } from '../../lib/later.ts';
import { succeed, type Result } from '../../lib/result.ts';
import type { CodeGrant, CodeSignIn, FormValues } from '../../providers/sign-in-way.ts';
import { announceGrant } from '../../refresh/announce-grant.ts';
import type { CodeAttempt } from '../../refresh/code-sign-in.ts';
import type { Door } from '../../refresh/sign-in.ts';
import { deskOf, type Done } from './sign-in-desk.ts';
import { ownFault, report, userOf } from './sign-in-work.ts';

/** The gateway forgets a state after ten minutes; a person may take a while to press the link. */
const FRESH_MS = 8 * 60_000;

export type VisitState =
  | { readonly kind: 'preparing' }
  /** The gateway did not take the announcement. */
  | { readonly kind: 'unprepared'; readonly failure: Failure }
  | { readonly kind: 'ready'; readonly grant: CodeGrant; readonly announcedAtMs: number; readonly givenUp: boolean }
  | {
      readonly kind: 'waiting';
      readonly href: string;
      readonly grant: CodeGrant;
      /** The gateway, which the vendor sends the browser back to, gave no answer just now. */
      readonly gatewayAway: boolean;
    }
  | { readonly kind: 'trading' };

export interface Visit {
  readonly state: StoreApi<VisitState>;
  /** Sees to it that a fresh state is announced. Harmless when repeated. */
  prepare(): void;
  /** Announces anew after it failed. */
  again(): void;
  /** The person follows the link. */
  begin(values: FormValues, href: string): void;
  /** The person gives up waiting. */
  giveUp(): void;
}

const visits = new WeakMap<Services, Map<string, Visit>>();

/** The one visit of a way in at a connection. */
export function visitOf(services: Services, door: Door & { readonly way: CodeSignIn }): Visit {
  const known = visits.get(services) ?? new Map<string, Visit>();
  visits.set(services, known);
  const key = `${door.connection.id} ${door.connection.baseUrl} ${door.way.id}`;
  const visit = known.get(key) ?? createVisit(services, door);
  known.set(key, visit);
  return visit;
}

function createVisit(services: Services, door: Door & { readonly way: CodeSignIn }): Visit {
  const { hands, nowMs } = services;
  const state = createStore<VisitState>(() => ({ kind: 'preparing' }));
  let stop: AbortController | null = null;
  /** Counts up with everything that makes an announcement on its way one that nobody wants. */
  let turn = 0;

  async function announce(givenUp = false): Promise<void> {
    turn += 1;
    const mine = turn;
    const announcedAtMs = nowMs();
    const grant = await announceGrant(hands, door);
    if (mine !== turn) return;
    state.setState(
      grant.ok
        ? { kind: 'ready', grant: grant.value, announcedAtMs, givenUp }
        : { kind: 'unprepared', failure: grant.failure },
      true,
    );
  }

  async function follow(values: FormValues, grant: CodeGrant, signal: AbortSignal): Promise<void> {
    const desk = deskOf(services, door.connection.id);
    const { id, label } = door.way;
    const job = { what: 'sign-in', user: userOf(door.way, values), removed: [], via: { id, label } } as const;
    const letGo = desk.hold();
    const over = hands.visitUnderWay(door.connection.id);
    signal.addEventListener('abort', over);
    try {
      const done = await trade({ ...door, values }, grant, signal, over);
      if (done) report(services, desk, job, done);
    } catch {
      report(services, desk, job, { ok: false, failure: ownFault });
    } finally {
      over();
      letGo();
    }
    if (signal.aborted) return;
    // A state and its code are used up by one try.
    state.setState({ kind: 'preparing' }, true);
    await announce();
  }

  /** Waits for the code and trades it. Undefined where the person gave up before it came. */
  async function trade(
    attempt: CodeAttempt,
    grant: CodeGrant,
    signal: AbortSignal,
    onSending: () => void,
  ): Promise<Result<Done, Failure> | undefined> {
    // The gateway, which has it, may have gone away since the link was followed.
    const { awaitVisitor, redeemCode } = await patiently(() => import('../../refresh/code-sign-in.ts'));
    // Once more, unless the person gave up: a gateway that was started anew since then knows nothing of it.
    if (state.getState().kind === 'waiting') await hands.caller.park(door.connection.id, grant.state, 'announce');
    const arrived = await awaitVisitor(hands, attempt, grant, signal, (answers) => {
      const now = state.getState();
      if (!signal.aborted && now.kind === 'waiting' && now.gatewayAway === answers)
        state.setState({ ...now, gatewayAway: !answers }, true);
    });
    if (signal.aborted) return undefined;
    if (!arrived.ok) return arrived;
    state.setState({ kind: 'trading' }, true);
    const opened = await redeemCode(hands, attempt, grant, onSending);
    return opened.ok ? succeed({ kind: 'opened', opened: opened.value }) : opened;
  }

  return {
    state,
    prepare() {
      const now = state.getState();
      const stale = now.kind === 'ready' && nowMs() - now.announcedAtMs >= FRESH_MS;
      if (turn === 0 || stale) void announce();
    },
    again() {
      if (state.getState().kind !== 'unprepared') return;
      state.setState({ kind: 'preparing' }, true);
      void announce();
    },
    begin(values, href) {
      const now = state.getState();
      if (now.kind !== 'ready') return;
      turn += 1;
      stop = new AbortController();
      deskOf(services, door.connection.id).dropNews(door.way.id);
      state.setState({ kind: 'waiting', href, grant: now.grant, gatewayAway: false }, true);
      void follow(values, now.grant, stop.signal);
    },
    giveUp() {
      const now = state.getState();
      if (now.kind !== 'waiting') return;
      stop?.abort();
      // Whoever logs in there after all is told that nobody waits for it.
      void hands.caller.park(door.connection.id, now.grant.state, 'withdraw');
      state.setState({ kind: 'preparing' }, true);
      void announce(true);
    },
  };
}
