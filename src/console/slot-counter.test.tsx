import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../test/eventually.ts';
import { startConsole, type ConsoleHarness } from '../../test/console-harness.tsx';
import { logOut } from '../refresh/end-session.ts';
import { keyOf } from './slot-key.ts';
import type { SlotCount } from './slot-counter.ts';

let console_: ConsoleHarness;

beforeEach(async () => {
  console_ = await startConsole({ vendors: ['ocp'] });
});
afterEach(() => console_.close());

const open = (username: string) =>
  console_.open(console_.connections.ocp, 'password', { username, password: `${username}-demo-password`, otp: '' });

const countOf = (name: string): SlotCount | undefined =>
  console_.services.slotCounts.getState().get(keyOf(console_.connections.ocp, name));
const asked = (): number => console_.ocp.ledger({ operation: 'account-sessions' }).length;

/** Whatever was to be asked by now has been. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 300));

async function openAndCounted(name: string): Promise<void> {
  await open(name);
  await eventually(() => expect(countOf(name)?.sessions).toHaveLength(1));
  await settled();
}

it('counts 15 s after the last question, however long its answer took', async () => {
  await openAndCounted('alice');
  console_.ocp.fault({ operation: 'account-sessions', kind: 'latency', ms: 400, times: 'always' });
  await console_.pass(15_000);
  await eventually(() => expect(asked()).toBe(2));
  await console_.pass(900);
  await eventually(() => expect(countOf('alice')?.countedAtMs).toBe(console_.services.nowMs()));
  await console_.pass(14_100);
  await eventually(() => expect(asked()).toBe(3));
});

it('counts 15 s after somebody pressed for it, and no earlier', async () => {
  await openAndCounted('alice');
  await console_.pass(7_000);
  await (await console_.services.slotCounter.load()).recount(keyOf(console_.connections.ocp, 'alice'));
  expect(asked()).toBe(2);
  await console_.pass(8_000);
  await settled();
  expect(asked()).toBe(2);
  await console_.pass(7_000);
  await eventually(() => expect(asked()).toBe(3));
});

it.each(['constructor', '__proto__'])('counts a user called %s', async (username) => {
  console_.ocp.putUser({ username });
  await openAndCounted(username);
  expect(countOf(username)).toMatchObject({ failure: null, runs: [{ count: 1 }] });
});

describe('what is done while a list is on its way', () => {
  const key = (name: string): string => keyOf(console_.connections.ocp, name);

  /** Its list is made by now, and comes later. */
  async function listOnItsWay(): Promise<void> {
    const before = asked();
    console_.ocp.fault({ operation: 'account-sessions', kind: 'latency', ms: 700, when: 'after', times: 1 });
    await console_.pass(15_000);
    await eventually(() => expect(asked()).toBe(before + 1));
    await console_.pass(10);
  }
  async function endsWith(many: number, lists: number): Promise<void> {
    await eventually(() => expect(countOf('alice')?.sessions).toHaveLength(many));
    await settled();
    expect(asked()).toBe(lists);
  }

  it('is counted directly after it, once', async () => {
    await openAndCounted('alice');
    await listOnItsWay();
    await open('alice');
    await open('alice');
    expect(countOf('alice')?.sessions).toHaveLength(1);
    await endsWith(3, 3);
    await console_.pass(14_000);
    await settled();
    expect(asked()).toBe(3);
  });

  it('is counted where it was a log out', async () => {
    await openAndCounted('alice');
    const other = await open('alice');
    await endsWith(2, 2);
    await listOnItsWay();
    await logOut(console_.services.hands, other.id);
    await endsWith(1, 4);
    expect(countOf('alice')).toMatchObject({ overSince: 0 });
  });

  it('is counted where a server’s answer speaks against what is known', async () => {
    await openAndCounted('alice');
    await listOnItsWay();
    console_.ocp.openSessions({ username: 'alice', count: 4 });
    console_.services.slotCounter.now()?.lookAnew();
    await endsWith(5, 3);
  });

  it('leaves nothing of a user whose last session was logged out', async () => {
    const only = await open('alice');
    await endsWith(1, 1);
    await listOnItsWay();
    await logOut(console_.services.hands, only.id);
    await eventually(() => expect(countOf('alice')).toBeUndefined());
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(countOf('alice')).toBeUndefined();
    expect(asked()).toBe(2);
  });

  it('is counted by whoever presses for it meanwhile, and no second time', async () => {
    await openAndCounted('alice');
    await listOnItsWay();
    await open('alice');
    await console_.services.slotCounter.now()?.recount(key('alice'));
    await endsWith(2, 3);
  });

  it('is counted for its user alone', async () => {
    await openAndCounted('bob');
    await listOnItsWay();
    await open('alice');
    await endsWith(1, 3);
    await settled();
    await settled();
    expect(asked()).toBe(3);
  });

  it('waits where the server asks to be left alone', async () => {
    await openAndCounted('alice');
    console_.ocp.fault({ operation: 'account-sessions', kind: 'latency', ms: 700, when: 'after', times: 1 });
    console_.ocp.fault({
      ...{ operation: 'account-sessions', kind: 'reply', status: 429, body: '', times: 1 },
      headers: { 'retry-after': '40' },
    });
    await console_.pass(15_000);
    await eventually(() => expect(asked()).toBe(2));
    await open('alice');
    await eventually(() => expect(countOf('alice')?.failure).not.toBeNull());
    await settled();
    expect(asked()).toBe(2);
  });
});
