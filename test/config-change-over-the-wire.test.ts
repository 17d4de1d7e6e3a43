/** What a change of the operator's file does to sessions that are open, through the real services and the real gateway. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { eventually } from './eventually.ts';
import { logOut } from '../src/refresh/end-session.ts';
import { dueOf } from '../src/refresh/plan.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import { statusOf } from '../src/sessions/status.ts';
import { viewOf } from '../src/sessions/record.ts';
import { standIn } from '../stand-ins/ocp/server.ts';
import { startHeadlessConsole, type HeadlessConsole } from './headless-console.ts';

let rig: HeadlessConsole<object>;

beforeAll(async () => {
  rig = await startHeadlessConsole<object>(standIn);
});
beforeEach(() => rig.reset());
afterAll(() => rig.close());

const openSession = async (): Promise<string> =>
  (await rig.open('password', { username: 'alice', password: 'alice-demo-password' })).id;

async function statusOfSession(id: string) {
  const record = await rig.hands.repository.get(id);
  if (!record) throw new Error('The session is gone');
  return statusOf(viewOf(record), rig.hands.nowMs(), 0);
}

it('a session waits while its connection names another server, and no longer once the address is back', async () => {
  const id = await openSession();
  await rig.operatorWrites({ baseUrl: `${rig.server.url}/elsewhere` });
  expect(await refreshSession(rig.hands, id, 'person')).toMatchObject({ failure: { code: 'base-url-changed' } });
  expect(await statusOfSession(id)).toMatchObject({ word: 'waiting' });
  await rig.operatorWrites({ baseUrl: `${rig.server.url}/somewhere` });
  await rig.operatorWrites({});
  await eventually(async () => expect(await statusOfSession(id)).toMatchObject({ word: 'ready' }));
  expect(await refreshSession(rig.hands, id, 'person')).toMatchObject({ kind: 'refreshed' });
});

async function dueOfSession(id: string) {
  const record = await rig.hands.repository.get(id);
  if (!record) throw new Error('The session is gone');
  return dueOf(viewOf(record), rig.services.surroundings());
}
const notices = () => rig.services.state.getState().notices.map(({ sentence }) => sentence);
const newestNotice = () => notices()[0];

it('a session whose connection is taken away is not refreshed, says so, and goes on once it is back', async () => {
  const id = await openSession();
  await eventually(() => expect(rig.services.state.getState().nextRefreshAtMs).not.toBeNull());
  await rig.operatorRemoves();
  expect(await dueOfSession(id)).toEqual({ kind: 'held', why: 'connection-gone' });
  await eventually(() => expect(rig.services.state.getState().nextRefreshAtMs).toBeNull());
  const said =
    /no longer names the connection .* cannot be ended from here while the connection is missing: the slot of alice until about \d\d:\d\d\.$/;
  await eventually(() => expect(newestNotice()).toMatch(said));

  const gone = { code: 'connection-gone', sentence: 'The operator’s file no longer names this connection.' };
  expect(await refreshSession(rig.hands, id, 'person')).toMatchObject({ kind: 'failed', failure: gone });
  expect(await logOut(rig.hands, id)).toMatchObject({ ok: false, failure: gone });

  await rig.operatorWrites({});
  await eventually(() => expect(notices()).toEqual([]));
  expect(await dueOfSession(id)).toMatchObject({ kind: 'at', what: 'refresh' });
  expect(await statusOfSession(id)).toMatchObject({ word: 'ready' });
  await eventually(() => expect(rig.services.state.getState().nextRefreshAtMs).not.toBeNull());
  expect(await logOut(rig.hands, id)).toMatchObject({ ok: true });
});

it('a slot whose connection names another server is told as held as well', async () => {
  const id = await openSession();
  await rig.operatorWrites({ baseUrl: `${rig.server.url}/elsewhere` });
  expect(await dueOfSession(id)).toEqual({ kind: 'held', why: 'connection-elsewhere' });
  await eventually(() => expect(newestNotice()).toMatch(/names another server now.*the slot of alice until about/));
});

it('what is told of a held slot is one notice, and follows the file until the old address is back', async () => {
  await openSession();
  await rig.operatorRemoves();
  await eventually(() => expect(notices()).toEqual([expect.stringContaining('no longer names the connection')]));
  await rig.operatorWrites({ baseUrl: `${rig.server.url}/elsewhere` });
  await eventually(() => expect(notices()).toEqual([expect.stringContaining('names another server now')]));
  const [said] = rig.services.state.getState().notices;
  await rig.operatorWrites({ baseUrl: `${rig.server.url}/somewhere` });
  await rig.operatorWrites({ baseUrl: `${rig.server.url}/somewhere`, name: 'Renamed' });
  expect(rig.services.state.getState().notices[0]).toBe(said);
  await rig.operatorWrites({});
  await eventually(() => expect(notices()).toEqual([]));
});
