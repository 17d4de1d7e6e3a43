/** Of a refresh token that works once: it is never spent twice and never lost in silence, whatever happens. */
import fc from 'fast-check';
import { expect } from 'vitest';
import {
  anyAct,
  type Act,
  delays,
  endings,
  gatewayActs,
  lostAnswers,
  passing,
  perform,
  personActs,
  tabActs,
} from './acts.ts';
import { refreshSession } from '../../src/refresh/refresh-session.ts';
import { calmDown } from './calm.ts';
import { invariant } from './property.ts';
import type { World } from './world.ts';

const oneSession = (world: World): void => void world.openSession('tuleap');
const anything = { acts: anyAct, prepare: oneSession };
/** What the model of the protocol is about: lost answers, killed tabs and gateways, in any order. */
const losses = fc.oneof(passing, passing, tabActs, lostAnswers, personActs, gatewayActs);

invariant(
  'I01 NoDoubleSpend: a refresh token is sent at most once, and at most once more as a probe',
  anything,
  async ({ world, judge, acts }) => {
    await perform(world, acts);
    await world.pass(62_000);
    expect(judge.broken('I01')).toEqual([]);
  },
);

invariant(
  'I02 NoSilentLoss: where the server is further than the record, the record says so',
  anything,
  async ({ world, judge, acts }) => {
    await perform(world, acts);
    await world.pass(62_000);
    expect(judge.broken('I02')).toEqual([]);
  },
);

invariant(
  'I03 IntentBeforeSend: every send has a stored intent of its generation',
  anything,
  async ({ world, judge, acts }) => {
    await perform(world, acts);
    expect(judge.broken('I03')).toEqual([]);
  },
);

invariant(
  'I04 GenMonotone: a record’s generation never goes down',
  { acts: fc.oneof({ weight: 5, arbitrary: anyAct }, { weight: 1, arbitrary: endings }), prepare: oneSession },
  async ({ world, judge, acts }) => {
    await perform(world, acts);
    expect(judge.broken('I04')).toEqual([]);
  },
);

invariant(
  'I05 OneFlightPerFamily: at most one refresh of a family is under way, probes included',
  { acts: fc.oneof(losses, losses, delays), prepare: oneSession },
  async ({ world, judge, acts }) => {
    // In every other world all of it begins while a refresh is under way, and is for long.
    const slow: Act[] = [
      { act: 'trouble', trouble: { kind: 'slow', ms: world.chance.pick([5_000, 29_000]) } },
      { act: 'to-due', ms: 120 },
    ];
    await perform(world, [...(world.chance.happens(0.5) ? slow : []), ...acts]);
    expect(judge.broken('I05')).toEqual([]);
  },
);

invariant(
  'I06 AdoptNotRefresh: a tab that lost the race sends nothing',
  { acts: passing, tabs: fc.integer({ min: 2, max: 4 }), prepare: oneSession },
  async ({ world, judge, acts }) => {
    await perform(world, acts);
    await calmDown(world, 1_000);
    const refreshes = world.gateway.posts.filter(({ path }) => path.endsWith('/refresh'));
    expect(refreshes).toHaveLength(judge.spends().length);
    // Nothing goes wrong here, so each generation was asked for by one tab, and every request brought the next one.
    const { generation, intent } = world.record('session-1');
    const settled = judge.spends().filter((spend) => spend.intent?.nonce !== intent?.nonce);
    expect(settled).toHaveLength(generation);

    // A person at each tab, in the same moment, and nothing is due: one refresh, and the others have what it brought.
    await world.until(() => world.record('session-1').generation > generation);
    const before = judge.spends().length;
    const done: string[] = [];
    for (const { services } of world.tabs) {
      void refreshSession(services.hands, 'session-1', 'person').then(({ kind }) => done.push(kind));
    }
    await world.until(() => done.length === world.tabs.length, 5_000);
    expect(judge.spends()).toHaveLength(before + 1);
    expect(done.sort()).toEqual([...Array.from({ length: world.tabs.length - 1 }, () => 'adopted'), 'refreshed']);
  },
);

invariant(
  'I07 NoResurrection: after its end no event brings a session’s secrets back',
  { acts: fc.oneof({ weight: 4, arbitrary: losses }, { weight: 2, arbitrary: endings }), prepare: oneSession },
  async ({ world, judge, acts }) => {
    await perform(world, acts);
    await calmDown(world, 40_000);
    expect(judge.broken('I07')).toEqual([]);
  },
);

invariant(
  'I08 LogoutWins: a log out during a refresh ends the newest token, whoever lives to store it',
  { acts: passing, lengthMax: 6, tabs: fc.integer({ min: 1, max: 3 }), prepare: oneSession },
  async ({ world, acts }) => {
    const server = world.network.server('tuleap');
    server.troubles.push({ kind: 'slow', ms: world.chance.between(0, 300) });
    await perform(world, acts);
    const place = world.chance.between(0, world.tabs.length - 1);
    const staying = world.tabs[place];
    await perform(world, [{ act: 'log-out', tab: place, session: 0 }]);
    await world.pass(world.chance.between(0, 300));
    if (world.chance.happens(0.5)) for (const tab of world.tabs) if (tab !== staying) tab.kill();
    await calmDown(world, 40_000);
    expect(world.record('session-1').ended?.how).toBe('logged-out');
    expect(server.tokens.openSessions()).toBe(0);
  },
);

invariant(
  'I21 LockIsOnlyThrift: I01 and I02 hold when the lock excludes nobody',
  { ...anything, tabs: fc.integer({ min: 2, max: 4 }) },
  async ({ world, judge, acts }) => {
    world.locks.trouble = 'excludes-nobody';
    await perform(
      world,
      acts.filter(({ act }) => act !== 'locks'),
    );
    await world.pass(62_000);
    expect([...judge.broken('I01'), ...judge.broken('I02'), ...judge.broken('I05')]).toEqual([]);
  },
);
