/** What happens to a record or to the vault between the plan of a refresh and its call, against PrimaTime's stand-in. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { BACKGROUND_PLACES } from '../src/refresh/background-place.ts';
import { refreshSession } from '../src/refresh/refresh-session.ts';
import type { SessionRecord } from '../src/sessions/record.ts';
import { postpone } from '../src/sessions/refresh-steps.ts';
import { demo } from '../stand-ins/primatime/account.ts';
import type { PrimatimeActions } from '../stand-ins/primatime/control.ts';
import { standIn } from '../stand-ins/primatime/server.ts';
import { startHeadlessConsole, type HeadlessConsole } from './headless-console.ts';

let rig: HeadlessConsole<PrimatimeActions>;

beforeAll(async () => {
  rig = await startHeadlessConsole(standIn);
});
beforeEach(() => rig.reset());
afterAll(() => rig.close());

const open = (): Promise<SessionRecord> => rig.open('secret-key', { secretKey: demo.secretKey });
const sent = (): number => rig.server.control.ledger({ operation: 'refresh' }).length;

/** A refresh that the schedule planned and that waits for its place, while `meanwhile` happens. */
async function whileItWaits({ id, revision }: SessionRecord, meanwhile: () => Promise<unknown>) {
  let free = (): void => undefined;
  const taken = new Promise<void>((resolve) => {
    free = resolve;
  });
  const holders = BACKGROUND_PLACES.map((place) => rig.hands.locks.run(place, 0, () => taken));
  const done = refreshSession(rig.hands, id, 'schedule', revision);
  await meanwhile();
  free();
  await Promise.all(holders);
  return await done;
}

it('a refresh that was planned before another tab’s try failed waits as long as that one', async () => {
  const session = await open();
  const waiting = { untilMs: rig.hands.nowMs() + 60_000, reason: 'The server is not available at the moment.' };
  const done = await whileItWaits(session, () =>
    rig.hands.repository.change(session.id, postpone(session.generation, waiting)),
  );
  expect(done).toEqual({ kind: 'busy' });
  expect(sent()).toBe(0);
});

it('one whose record nobody touched in the meantime is sent', async () => {
  const session = await open();
  expect(await whileItWaits(session, () => Promise.resolve())).toMatchObject({ kind: 'refreshed' });
  expect(sent()).toBe(1);
});

it('one that was claimed and then locked is not sent, and costs nothing: the next turn makes it good', async () => {
  const session = await open();
  expect(await refreshSession({ ...rig.hands, locked: () => true }, session.id, 'schedule')).toEqual({ kind: 'busy' });
  expect(sent()).toBe(0);
  expect((await rig.hands.repository.get(session.id))?.intent).not.toBeNull();

  expect(await refreshSession(rig.hands, session.id, 'person')).toMatchObject({
    kind: 'refreshed',
    record: { generation: session.generation + 1, intent: null, uncertain: null },
  });
  expect(sent()).toBe(1);
});
