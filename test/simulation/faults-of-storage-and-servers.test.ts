/** Faults F25 to F40, as far as a simulator can show them: storage, other people, servers and a page’s life. */
import { expect } from 'vitest';
import { heldWords } from '../../src/features/server-sessions/held-words.ts';
import { formatClockTime } from '../../src/lib/format-time.ts';
import { callAs } from '../../src/refresh/call-as.ts';
import { forget, logOut } from '../../src/refresh/end-session.ts';
import { signIn } from '../../src/refresh/sign-in.ts';
import { emptyHistory } from '../../src/sessions/slot-history.ts';
import { possiblyHeld } from '../../src/sessions/slot-ledger.ts';
import { scene } from './property.ts';
import {
  anyFlight,
  answered,
  byHand,
  countFlights,
  firstTab,
  HOUR_MS,
  MINUTE_MS,
  refreshesOf,
  SECOND_MS,
} from './scenes.ts';
import type { Trouble } from './vendor-network.ts';
import { faceOf, type World } from './world.ts';

const lasting = { policy: { tuleap: { lifeMs: 5 * MINUTE_MS } } } as const;

scene(
  'F25: the quota is used up before a refresh; nothing is sent, the session stays usable, and it recovers',
  async (world) => {
    const id = world.openSession('tuleap');
    world.sessions.fault = 'full';
    await world.pass(6 * MINUTE_MS);
    expect(refreshesOf(world)).toEqual([]);
    expect(world.record(id).tokens).not.toBeNull();
    world.sessions.fault = 'none';
    await world.until(() => world.record(id).generation === 1);
  },
  lasting,
);

scene(
  'F26: the quota is used up when the answer comes; within 120 s the gateway’s outcome brings the pair',
  async (world) => {
    const id = world.openSession('tuleap');
    await world.until(() => anyFlight(world));
    world.sessions.fault = 'full';
    await world.pass(40 * SECOND_MS);
    expect(world.record(id)).toMatchObject({ generation: 0 });
    expect(world.record(id).intent).not.toBeNull();
    world.sessions.fault = 'none';
    await world.until(() => world.record(id).generation === 1);
    expect(refreshesOf(world)).toHaveLength(1);
  },
  lasting,
);

scene(
  'F27: the storage’s connection is lost; nothing is sent until it is back',
  async (world) => {
    const id = world.openSession('tuleap');
    world.sessions.fault = 'closed';
    await world.pass(6 * MINUTE_MS);
    expect(refreshesOf(world)).toEqual([]);
    world.sessions.fault = 'none';
    await world.until(() => world.record(id).generation === 1);
    await world.pass(SECOND_MS);
    expect(firstTab(world).services.state.getState().sessions).toHaveLength(1);
  },
  lasting,
);

scene(
  'F27: only reading fails once the refresh is sent; a pair and a refusal are stored all the same, and shown later',
  async (world) => {
    const isRefused = world.chance.happens(0.5);
    const id = world.openSession('tuleap');
    if (isRefused) {
      const old = world.record(id);
      await world.until(() => world.record(id).generation === 2, HOUR_MS);
      world.sessions.putBack(old);
    }
    const { generation } = world.record(id);
    const sent = refreshesOf(world).length;
    await world.until(() => refreshesOf(world).length > sent);
    world.sessions.fault = 'unread';
    await world.pass(40 * SECOND_MS);
    expect(world.record(id)).toMatchObject({ generation: generation + 1, intent: null });
    expect(world.record(id).signInNeeded !== null).toBe(isRefused);
    world.sessions.fault = 'none';
    const shown = () => firstTab(world).services.state.getState().sessions[0];
    await world.until(() => shown()?.generation === generation + 1);
    expect(refreshesOf(world)).toHaveLength(sent + 1);
  },
  lasting,
);

scene(
  'F28: a record is put back to an older generation; the first refresh is refused in the server’s words, no loop',
  async (world) => {
    const id = world.openSession('tuleap');
    const old = world.record(id);
    await world.until(() => world.record(id).generation === 2, HOUR_MS);
    world.sessions.putBack(old);
    await world.until(() => world.record(id).signInNeeded !== null);
    expect(world.moment(id).why).toMatch(/^The refresh token is over: it was used already/);
    const sent = refreshesOf(world).length;
    await world.pass(HOUR_MS);
    expect(refreshesOf(world)).toHaveLength(sent);
  },
  lasting,
);

scene(
  'F29: the whole profile is put back; every session ends by the server’s answer, one try each, no storm',
  async (world) => {
    const ids = Array.from({ length: 6 }, () => world.openSession('tuleap'));
    const unused = world.openSession('primatime');
    const old = [...ids, unused].map((id) => world.record(id));
    const { tokens: server } = world.network.server('tuleap');
    await world.until(() => ids.slice(0, 3).every((id) => world.record(id).generation > 1), HOUR_MS);
    for (const record of old) world.sessions.putBack(record);
    const before = refreshesOf(world).length;
    const most = countFlights(world);
    await world.pass(2 * MINUTE_MS);
    for (const id of ids) {
      expect(world.moment(id)).toMatchObject({
        status: 'sign-in-needed',
        why: expect.stringMatching(/^The refresh token is over: it was used already/) as string, // a matcher of that text
      });
    }
    // Its token was not used since: to the server nothing has happened.
    expect(world.moment(unused)).toMatchObject({ status: 'ready', why: null });
    expect(refreshesOf(world).length - before).toBe(ids.length);
    expect(most()).toBeLessThanOrEqual(2);
    expect(server.openSessions()).toBe(0);
  },
  { policy: { ...lasting.policy, primatime: { lifeMs: 2 * HOUR_MS } }, tabs: 2 },
);

scene(
  'F31: log out in one tab while another refreshes; the newest token is ended, and it is over everywhere',
  async (world) => {
    const id = world.openSession('tuleap');
    world.network.server('tuleap').troubles.push({ kind: 'slow', ms: 2_000 });
    await world.until(() => anyFlight(world));
    const [one, other] = world.tabs;
    const sender = world.gateway.posts.findLast(({ path }) => path.endsWith('/refresh'))?.errand;
    const elsewhere = one?.errand === sender ? other : one;
    if (!elsewhere) throw new Error('There is no other tab');
    const done = await answered(world, logOut(elsewhere.services.hands, id));
    expect(done.ok).toBe(true);
    await world.pass(5 * SECOND_MS);
    expect(world.network.server('tuleap').tokens.openSessions()).toBe(0);
    expect(world.record(id)).toMatchObject({ tokens: null, ended: { how: 'logged-out' } });
    for (const tab of world.tabs) expect(world.moment(id, tab).status).toBe('ended');
  },
  { ...lasting, tabs: 2 },
);

scene(
  'F31: forgotten while a refresh is under way; the pair that comes late is logged out, not dropped',
  async (world) => {
    const id = world.openSession('tuleap');
    world.network.server('tuleap').troubles.push({ kind: 'slow', ms: 2_000 });
    await world.until(() => anyFlight(world));
    await answered(world, forget(firstTab(world).services.hands, id));
    await world.pass(10 * SECOND_MS);
    expect(world.network.server('tuleap').tokens.openSessions()).toBe(0);
    expect(world.record(id)).toMatchObject({ tokens: null, ended: { how: 'forgotten' } });
  },
  lasting,
);

async function signInToOcp(world: World) {
  const provider = faceOf('ocp');
  const way = provider.signIn.find(({ id }) => id === 'password');
  if (way?.kind !== 'form') throw new Error('There is no form');
  const connection = { ...world.network.server('ocp').wire.connection, forwardsClientAddress: false, secretsSet: [] };
  const values = { username: 'alice', password: 'not-a-real-password' };
  const { hands } = firstTab(world).services;
  return await answered(world, signIn(hands, { provider, connection, way, values, keep: false }));
}

const signInsOf = (world: World) => world.network.ledger.filter(({ kind }) => kind === 'sign-in');
const says = (status: number, body: string, type = 'application/json'): Trouble => ({
  kind: 'says',
  reply: { status, body, headers: { 'content-type': type } },
});

const limitShapes: readonly (readonly [string, Trouble])[] = [
  ['a coded 401', says(401, '{"error":"generic_authentication_error","error_description":"sessionLimitExceeded"}')],
  ['a coded 403', says(403, '{"error":"generic_authentication_error","error_description":"Too many"}')],
  ['a 403 page', says(403, '<html>Forbidden</html>', 'text/html')],
  ['a 403 in other words', says(403, '{"error":"something_else"}')],
  ['a 500', says(500, '{"error":"unknown_error"}')],
];

for (const [shape, trouble] of limitShapes) {
  scene(`F32: the limit of sessions, as ${shape}; nothing is tried again, and the way out is said`, async (world) => {
    world.network.server('ocp').troubles.push(trouble);
    const done = await signInToOcp(world);
    if (done.ok) throw new Error('It was let in');
    expect(done.failure.fault).toBe('limit');
    expect(done.failure.sentence).toMatch(/too many (?:sessions )?are open for this user/i);
    expect(done.failure.next).toMatch(/^Log out a session here or in the account console, or wait/);
    await world.pass(10 * MINUTE_MS);
    expect(signInsOf(world)).toHaveLength(1);
  });
}

scene('F33: the answer to a sign-in is lost on its way to us; it may hold a slot, and that is said', async (world) => {
  world.network.server('ocp').troubles.push({ kind: 'silent-after' });
  const done = await signInToOcp(world);
  if (done.ok) throw new Error('It was let in');
  expect(done.failure.happened).toBe('unknown');
  expect(done.failure.next).toMatch(/^A session may have been opened; if so it holds 1 of 5 until it has been idle/);
  await world.pass(10 * MINUTE_MS);
  expect(signInsOf(world)).toHaveLength(1);
});

scene('F33: where the server’s idle time was seen, the screen says until when the slot may be held', async (world) => {
  const { slots } = firstTab(world);
  const idleMs = 30 * MINUTE_MS;
  await slots.histories.insert({ ...emptyHistory('ocp-one'), idleMs });
  world.network.server('ocp').troubles.push({ kind: 'silent-after' });
  const sentAtMs = world.time.nowMs;
  await signInToOcp(world);
  await world.pass(SECOND_MS);
  const [held, ...others] = possiblyHeld([], await slots.signIns.all(), world.time.nowMs);
  expect(others).toEqual([]);
  const said = held ? heldWords(held) : '';
  // The call itself may have taken the server 30 s.
  const [from = '', until = ''] = [sentAtMs, sentAtMs + 30 * SECOND_MS + idleMs].map((ms) => formatClockTime(ms));
  expect(said).toContain(`A sign-in whose answer was lost ${from}: possibly held until ${until};`);
  expect(said).toMatch(/until \d\d:\d\d:\d\d;/);
});

scene('F33: the answer is lost between gateway and page; the outcome has it', async (world) => {
  world.network.server('ocp').troubles.push({ kind: 'slow', ms: 500 });
  const asked = signInToOcp(world);
  const cut = world.gateway.cutNext('/call/ocp-one/signIn');
  const done = await asked;
  expect(cut()).toBe(true);
  expect(done.ok).toBe(true);
  expect(signInsOf(world)).toHaveLength(1);
});

scene('F34: somebody else’s sign-in pushes the session out; the next refresh says so', async (world) => {
  const id = world.openSession('ocp');
  world.network.server('ocp').tokens.evict(world.record(id).tokens?.refreshToken ?? '');
  await world.until(() => world.record(id).signInNeeded !== null);
  expect(world.moment(id).why).toMatch(/^The session was ended elsewhere: .* pushed out by a newer sign-in\./);
  expect(refreshesOf(world)).toHaveLength(1);
});

/** Tokens of one kept API key, one for each project. */
function openProjects(world: World, count: number): readonly string[] {
  const credential = 'credential-of-alice';
  world.credentials.putBack({
    id: credential,
    connection: 'alm-one',
    provider: 'alm',
    baseUrl: 'https://alm.example',
    way: 'api-key',
    label: 'API key',
    values: { apiKey: 'not-a-real-id:not-a-real-secret' },
    keptAtMs: world.time.nowMs,
    revision: 0,
  });
  const lineage = { way: 'api-key', label: 'API key', credential, kept: true };
  return Array.from({ length: count }, () => world.openSession('alm', { lineage }));
}

const mintsOf = (world: World) => world.network.ledger.filter(({ kind }) => kind === 'mint');

scene(
  'F27: neither records nor kept keys can be read when a minted token comes; it is stored all the same',
  async (world) => {
    const [id = ''] = openProjects(world, 1);
    await world.until(() => mintsOf(world).length === 1, 2 * HOUR_MS);
    world.sessions.fault = 'unread';
    world.credentials.fault = 'closed';
    await world.pass(40 * SECOND_MS);
    expect(world.record(id)).toMatchObject({ generation: 1, intent: null, signInNeeded: null });
    expect(mintsOf(world)).toHaveLength(1);
  },
  { policy: { alm: { lifeMs: HOUR_MS } } },
);

scene(
  'F35: the ALM server restarts and all tokens are void; each project is minted again once',
  async (world) => {
    const ids = openProjects(world, 5);
    await world.pass(SECOND_MS);
    world.network.server('alm').tokens.restart();
    const { hands, state } = firstTab(world).services;
    await answered(world, callAs(hands, ids[0] ?? '', 'issues'));
    await world.pass(20 * SECOND_MS);
    expect(mintsOf(world)).toHaveLength(5);
    for (const id of ids) expect(world.moment(id).status).toBe('ready');
    expect(state.getState().notices[0]?.sentence).toMatch(
      /the ALM Server was restarted\. 5 tokens died and were minted again\.$/,
    );
    await world.pass(10 * MINUTE_MS);
    expect(mintsOf(world)).toHaveLength(5);
  },
  { policy: { alm: { lifeMs: HOUR_MS } } },
);

scene(
  'F36: the API key is deleted while a token of it is minted; all its tokens say so at once',
  async (world) => {
    const ids = openProjects(world, 4);
    world.network.server('alm').troubles.push(says(500, '{"message":"License Server prevented the login."}'));
    await byHand(world, ids[1] ?? '');
    for (const id of ids) {
      expect(world.moment(id).why).toBe(
        'The server does not accept this API key: it was deleted, or it never was one. Its token may have died with it: Check tells.',
      );
    }
    await world.pass(2 * HOUR_MS);
    expect(mintsOf(world)).toHaveLength(1);
  },
  { policy: { alm: { lifeMs: HOUR_MS } } },
);

scene(
  'F37: the console is put away twice; nothing of it goes on',
  async (world) => {
    world.openSession('tuleap');
    const { services } = firstTab(world);
    services.dispose();
    services.dispose();
    await world.pass(10 * MINUTE_MS);
    expect(refreshesOf(world)).toEqual([]);
    expect(world.gateway.posts.length).toBeLessThanOrEqual(2);
  },
  lasting,
);

scene(
  'F40: 1,000 sessions end together; the calls in flight stay bounded',
  async (world) => {
    for (let each = 0; each < 1_000; each += 1) world.openSession('tuleap');
    const most = countFlights(world);
    await world.until(() => refreshesOf(world).length > 60);
    expect(most()).toBe(2);
  },
  { ...lasting, tabs: 2 },
);
