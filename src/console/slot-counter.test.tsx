import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { startConsole, type ConsoleHarness } from '../../test/console-harness.tsx';
import { keyOf } from './slot-key.ts';
import type { SlotCount } from './slot-counter.ts';

const WAIT = { timeout: 8_000 };

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
  await vi.waitFor(() => expect(countOf(name)?.sessions).toHaveLength(1), WAIT);
  await settled();
}

it('counts 15 s after the last question, however long its answer took', async () => {
  await openAndCounted('alice');
  console_.ocp.fault({ operation: 'account-sessions', kind: 'latency', ms: 400, times: 'always' });
  await console_.pass(15_000);
  await vi.waitFor(() => expect(asked()).toBe(2), WAIT);
  await console_.pass(900);
  await vi.waitFor(() => expect(countOf('alice')?.countedAtMs).toBe(console_.services.nowMs()), WAIT);
  await console_.pass(14_100);
  await vi.waitFor(() => expect(asked()).toBe(3), WAIT);
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
  await vi.waitFor(() => expect(asked()).toBe(3), WAIT);
});

it.each(['constructor', '__proto__'])('counts a user called %s', async (username) => {
  console_.ocp.putUser({ username });
  await openAndCounted(username);
  expect(countOf(username)).toMatchObject({ failure: null, runs: [{ count: 1 }] });
});
