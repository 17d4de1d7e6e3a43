/** Of what goes over the wire: bounded, patient, never twice by itself, and silent about secrets. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reply } from '../../src/http/call.ts';
import type { Failure } from '../../src/http/failure.ts';
import { sampleReply } from '../../src/http/sample-reply.ts';
import type { Result } from '../../src/lib/result.ts';
import { registry } from '../../src/providers/registry.ts';
import type { SignInWay } from '../../src/providers/sign-in-way.ts';
import type { Tokens } from '../../src/providers/tokens.ts';
import { signIn } from '../../src/refresh/sign-in.ts';
import { explain } from '../../src/providers/explain.ts';
import {
  anyAct,
  delays,
  lostAnswers,
  passing,
  perform,
  tabActs,
  gatewayActs,
  storageActs,
  endings,
  type Act,
} from './acts.ts';
import { calmDown, hideAll } from './calm.ts';
import { invariant } from './property.ts';
import { runs, RUNS_TIMEOUT_MS } from './runs.ts';
import { faceOf, type World } from './world.ts';

const BACKGROUND_MAX = 2;
const CALLS_MAX = 4;
const TO_ONE_MAX = 3;
/** From the plan to the claim: a few reads and a question to the gateway. */
const BEGUN_MS = 1_000;
/** A commit in flight may finish. */
const SETTLE_MS = 20_000;

function openEight(world: World): void {
  for (let each = 0; each < 8; each += 1) world.openSession(each % 2 === 0 ? 'tuleap' : 'primatime');
}

/** The gateway ends what a killed tab has begun, so such a call goes on without its place. */
const isKept = ({ act }: Act): boolean => act !== 'kill' && act !== 'close';

/** The most calls that were under way at once: in all, and to one server. */
function bounds(world: World): { all: number; toOne: number } {
  const most = { all: 0, toOne: 0 };
  let first = 0;
  world.time.onRest(() => {
    const { ledger } = world.network;
    while (first < ledger.length && ledger[first]?.endedAtMs !== null) first += 1;
    const underWay = ledger.slice(first).filter(({ endedAtMs }) => endedAtMs === null);
    most.all = Math.max(most.all, underWay.length);
    for (const { vendor } of underWay) {
      most.toOne = Math.max(most.toOne, underWay.filter((flight) => flight.vendor === vendor).length);
    }
  });
  return most;
}

invariant(
  'I11 BoundedFlight: background calls under way never exceed their limit over all tabs',
  { acts: fc.oneof(passing, delays, tabActs).filter(isKept), lengthMax: 8, prepare: openEight },
  async ({ world, acts }) => {
    const most = bounds(world);
    await perform(world, acts);
    await calmDown(world, 32_000);
    expect(most.all).toBeGreaterThan(0);
    expect(most.all).toBeLessThanOrEqual(BACKGROUND_MAX);
  },
);

const clicks = fc.record({ act: fc.constantFrom('refresh', 'call'), tab: fc.nat(3), session: fc.nat(7) });

invariant(
  'I11 BoundedFlight: with a person who clicks everywhere, four over all tabs and three to one server',
  {
    acts: fc.oneof(clicks, clicks, clicks, passing, delays, tabActs).filter(isKept),
    lengthMax: 16,
    prepare: openEight,
  },
  async ({ world, acts }) => {
    const most = bounds(world);
    const brief = acts.map((each) => (each.act === 'to-due' ? ({ act: 'pass', ms: 20 } as const) : each));
    await perform(world, brief);
    await calmDown(world, 5_000);
    expect(most.all).toBeLessThanOrEqual(CALLS_MAX);
    expect(most.toOne).toBeLessThanOrEqual(TO_ONE_MAX);
  },
);

invariant(
  'I17 NoSendIfUnsavable: while the storage takes no write, nothing is sent that spends, takes a slot or creates',
  {
    acts: fc.oneof(passing, tabActs),
    prepare(world) {
      world.openSession('tuleap');
      world.openSession('ocp');
    },
  },
  async ({ world, acts }) => {
    world.sessions.fault = world.chance.pick(['full', 'closed']);
    await perform(world, acts);
    await signInAsAlice(world);
    await world.pass(62_000);
    // Counting sessions spends nothing.
    expect(world.network.ledger.filter(({ kind }) => kind !== 'look' && kind !== 'administer')).toEqual([]);
  },
);

invariant(
  'I23 LockedMeansDark: once it is locked nothing new is sent; what was begun before may finish',
  {
    acts: fc.oneof(passing, tabActs, delays, lostAnswers),
    lengthMax: 8,
    prepare(world) {
      world.openSession('tuleap');
      world.openSession('primatime');
    },
  },
  async ({ world, judge, acts }) => {
    const at = world.chance.between(0, acts.length);
    await perform(world, acts.slice(0, at));
    await perform(world, [{ act: 'to-due', ms: world.chance.between(-60, 60) }]);
    const lockedAtMs = world.time.nowMs;
    world.browser.keptAs = 'locked';
    for (const { services } of world.tabs) services.keeping.setState({ keeping: 'locked' });
    await perform(world, acts.slice(at));
    await calmDown(world, 62_000);
    // The claim is the last thing before a call: what was claimed before is under way, and is let finish.
    for (const { flight, intent } of judge.spends()) {
      const claimedAtMs = intent?.sentAtMs ?? flight.startedAtMs;
      if (claimedAtMs > lockedAtMs + BEGUN_MS) expect(flight.startedAtMs).toBeLessThan(lockedAtMs);
    }
    const late = world.network.ledger.filter(({ startedAtMs }) => startedAtMs > lockedAtMs + SETTLE_MS);
    expect(late).toEqual([]);
  },
);

invariant(
  'I19 RetryAfterHonoured: nothing is sent before the moment that the server named, whoever asks, at most an hour later',
  {
    acts: fc.oneof(passing, tabActs),
    lengthMax: 6,
    prepare: () => undefined,
  },
  async ({ world, judge, acts }) => {
    const vendor = world.chance.pick(['tuleap', 'primatime', 'ocp']);
    world.openSession(vendor);
    await perform(world, acts);
    await calmDown(world, 0);
    const server = world.network.server(vendor);
    const asked = world.chance.pick(['3', '20', '45', 'date', '7200']);
    // A date counts from the answer's own, which is not known yet: at most half a minute from now.
    const dated = new Date(world.time.nowMs + 120_000).toUTCString();
    const status = world.chance.pick([408, 429, 500, 503]);
    const retryAfter = asked === 'date' ? dated : asked;
    server.troubles.push({ kind: 'asks-to-wait', status, retryAfter, only: 'refresh' });
    const flights = () => judge.spends().map(({ flight }) => flight);
    await world.until(() => server.troubles.length === 0, 70_000);

    const refused = flights().length - 1;
    const refusedAtMs = flights()[refused]?.startedAtMs ?? 0;
    const untilMs = asked === 'date' ? Date.parse(dated) : refusedAtMs + Math.min(Number(asked) * 1_000, 3_600_000);
    if (asked === '7200') hideAll(world);
    // The calls of counts beside it, under way or waiting for their places: three tabs with two each.
    await world.pass(600);
    const sentBefore = world.network.ledger.length;
    const restMs = untilMs - world.time.nowMs - 1_000;
    const clicks = world.chance.between(0, 3);
    for (let click = 0; click < clicks; click += 1) {
      await world.pass(restMs / (clicks + 1));
      await perform(world, [{ act: 'refresh', tab: world.chance.between(0, 3), session: 0 }]);
    }
    await world.pass(untilMs - world.time.nowMs - 1_000);
    expect(flights()).toHaveLength(refused + 1);
    expect(world.network.ledger).toHaveLength(sentBefore);
    await world.until(() => (vendor === 'ocp' && asked === '7200') || flights().length > refused + 1, 80_000);
  },
);

invariant(
  'I20 SlotNeverAutoRetried: a sign-in that takes a slot is sent once per click, whatever fails',
  {
    acts: fc.oneof(
      lostAnswers,
      delays,
      gatewayActs,
      tabActs,
      fc.record({ act: fc.constant('pass' as const), ms: fc.constantFrom(1, 10, 100, 40_000) }),
    ),
    prepare: () => undefined,
    policy: { ocp: { slotsMax: 5 } },
  },
  async ({ world, acts }) => {
    let clicks = 0;
    for (const act of acts) {
      if (world.chance.happens(0.5)) {
        clicks += world.tabs.length > 0 ? 1 : 0;
        void signInAsAlice(world);
      }
      await perform(world, [act]);
    }
    await calmDown(world, 90_000);
    const sent = world.network.ledger.filter(({ kind }) => kind === 'sign-in');
    expect(sent.length).toBeLessThanOrEqual(clicks);
    expect(new Set(sent.map(({ nonce }) => nonce)).size).toBe(sent.length);
  },
);

async function signInAsAlice(world: World): Promise<void> {
  const [tab] = world.tabs;
  const { hands } = tab?.services ?? {};
  if (!hands) return;
  const provider = faceOf('ocp');
  const { connection } = world.network.server('ocp').wire;
  const way = provider.signIn.find(({ kind }) => kind === 'form');
  if (way?.kind !== 'form') throw new Error('There is no form');
  const values = { username: 'alice', password: 'not-a-real-password' };
  const attempt = {
    provider,
    connection: { ...connection, forwardsClientAddress: false, secretsSet: [] },
    way,
    values,
    keep: false,
  };
  const asked = signIn(hands, attempt).catch(() => undefined);
  await Promise.race([asked, world.pass(0)]);
}

const WINDOW = 8;

invariant(
  'I22 SecretsNeverBroadcast: no log, no list of calls and no message holds eight characters of a token',
  {
    acts: fc.oneof(anyAct, endings, storageActs),
    prepare(world) {
      world.openSession('tuleap');
      world.openSession('ocp');
    },
  },
  async ({ world, acts, faults }) => {
    await perform(world, acts);
    const said = [
      ...world.gateway.log,
      ...faults,
      ...world.tabs.map(({ services }) => JSON.stringify(services.state.getState())),
      ...[...world.sessions.records.keys()].map((id) => (world.tabs[0] ? JSON.stringify(world.moment(id)) : '')),
    ].join('\n');
    const windows = new Set(world.network.servers.flatMap(({ tokens }) => tokens.secrets.flatMap(windowsOf)));
    expect(windowsOf(said).filter((window) => windows.has(window))).toEqual([]);
  },
);

const windowsOf = (text: string): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - WINDOW + 1) }, (_, at) => text.slice(at, at + WINDOW));

const bodies = fc.oneof(
  fc.string(),
  fc.json(),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => new TextDecoder().decode(bytes)),
  fc.constantFrom('', '[]', 'null', '{"__proto__":{"error":"x"}}', '{"error":{}}', '{"access_token":"a b"}', '<html>'),
);

test('I24 TotalParser: every answer means exactly one thing, and nothing throws', { timeout: RUNS_TIMEOUT_MS }, () => {
  const headers = fc.dictionary(fc.constantFrom('retry-after', 'date', 'content-type', 'retryafter'), fc.string());
  fc.assert(
    fc.property(bodies, fc.integer({ min: 100, max: 599 }), headers, (body, status, seen) => {
      for (const { id } of registry) {
        const face = faceOf(id);
        const reply = sampleReply(status, body, { headers: seen });
        for (const operation of Object.keys(face.operations)) {
          const failure = explain(face, reply, operation);
          expect(failure.sentence).not.toBe('');
          expect(failure.next).not.toBe('');
        }
        for (const way of face.signIn) readAll(face, way, reply);
      }
    }),
    runs,
  );
});

const someTokens: Tokens = {
  accessToken: 'not-a-token',
  refreshToken: 'not-a-refresh-token',
  accessExpiry: { kind: 'unknown' },
  companions: { segment: 'perforce-alm', project: 'demo' },
  facts: [],
};
const someGrant = {
  state: 'state',
  redirectUri: 'http://localhost:4600/',
  verifier: 'verifier',
  challenge: 'challenge',
};

/** Every reader of one way in: each gives a result or a failure, and never both. */
function readAll(face: ReturnType<typeof faceOf>, way: SignInWay, reply: Reply): void {
  const place = { id: 'one', provider: face.id, name: face.id, baseUrl: 'https://vendor.example', settings: {} };
  const connection = { ...place, insecure: false, forwardsClientAddress: false, secretsSet: [] };
  const results: Result<unknown, Failure>[] = [];
  if (way.kind === 'form') results.push(way.read(reply, {}, connection));
  if (way.kind === 'code') results.push(way.read(reply, {}, connection, someGrant));
  if (way.kind === 'check') results.push(way.read(reply, {}));
  if (way.kind !== 'check') {
    const session = face.sessionFace(way.id);
    expect(['live', 'dead', 'unknown']).toContain(session.probe.read(reply, someTokens).verdict);
    if (session.logOut) results.push(session.logOut.read(reply));
    if (session.refresh) results.push(session.refresh.read(reply, someTokens, connection));
  }
  for (const result of results) {
    if (result.ok) expect(result.value).toBeDefined();
    else expect([result.failure.sentence, result.failure.next]).not.toContain('');
  }
}
