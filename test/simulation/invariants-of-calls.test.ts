/** Of what goes over the wire: bounded, patient, never twice by itself, and silent about secrets. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sampleReply } from '../../src/http/sample-reply.ts';
import { registry } from '../../src/providers/registry.ts';
import { signIn } from '../../src/refresh/sign-in.ts';
import { explain } from '../../src/providers/explain.ts';
import { anyAct, delays, lostAnswers, passing, perform, tabActs, gatewayActs, storageActs, endings } from './acts.ts';
import { calmDown } from './calm.ts';
import { invariant, runs } from './property.ts';
import { faceOf, type World } from './world.ts';

const BACKGROUND_MAX = 2;

invariant(
  'I11 BoundedFlight: background calls under way never exceed their limit over all tabs',
  {
    // The gateway ends what a killed tab has begun, so such a call goes on without its place.
    acts: fc.oneof(passing, delays, tabActs).filter(({ act }) => act !== 'kill' && act !== 'close'),
    lengthMax: 8,
    prepare(world) {
      for (let each = 0; each < 8; each += 1) world.openSession(each % 2 === 0 ? 'tuleap' : 'primatime');
    },
  },
  async ({ world, acts }) => {
    let most = 0;
    world.time.onRest(() => {
      most = Math.max(most, world.network.ledger.filter(({ endedAtMs }) => endedAtMs === null).length);
    });
    await perform(world, acts);
    await calmDown(world, 40_000);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(BACKGROUND_MAX);
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
    expect(world.network.ledger).toEqual([]);
  },
);

invariant(
  'I19 RetryAfterHonoured: nothing is sent before the moment that the server named, at most an hour later',
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
    server.troubles.push({ kind: 'asks-to-wait', status, retryAfter: asked === 'date' ? dated : asked });
    const flights = () => judge.spends().map(({ flight }) => flight);
    await world.until(() => server.troubles.length === 0, 70_000);

    const refused = flights().length - 1;
    const refusedAtMs = flights()[refused]?.startedAtMs ?? 0;
    const untilMs = asked === 'date' ? Date.parse(dated) : refusedAtMs + Math.min(Number(asked) * 1_000, 3_600_000);
    await world.pass(untilMs - world.time.nowMs - 1_000);
    expect(flights()).toHaveLength(refused + 1);
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
  const attempt = { provider, connection: { ...connection, forwardsClientAddress: false }, way, values, keep: false };
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

test('I24 TotalParser: every answer means exactly one thing, and nothing throws', () => {
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
        for (const { id: way } of face.signIn) readAll(face, way, reply);
      }
    }),
    { ...runs, numRuns: Math.ceil(runs.numRuns / 1) },
  );
});

function readAll(face: ReturnType<typeof faceOf>, way: string, reply: ReturnType<typeof sampleReply>): void {
  let session;
  try {
    session = face.sessionFace(way);
  } catch {
    return;
  }
  session.probe.read(reply, { accessToken: 'not-a-token', accessExpiry: { kind: 'unknown' }, facts: [] });
  session.logOut?.read(reply);
}
