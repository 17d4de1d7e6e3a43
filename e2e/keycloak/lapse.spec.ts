/** A session that nobody uses is left to lapse: counting it prolongs nothing, and nothing refreshes it. */
import { countSessions } from '../../test/contract/ocp/wire.ts';
import { watchCalls } from '../calls-under-way.ts';
import { expect } from '../fixtures.ts';
import { rowsOf, signInToOcp } from '../steps.ts';
import { isRefresh } from './loopback-way.ts';
import { slots, target, test } from './real-server.ts';

const idleSeconds = 8;

test('counted again and again, it is over at the server when its idle time is, and then here', async ({
  page,
  context,
  way,
}) => {
  await target.configure({ idleSeconds });
  const person = await target.addPerson();
  await context.clock.install();
  const quiet = watchCalls(context);
  await page.goto('/ocp');
  await signInToOcp(page, person);
  const openedMs = Date.now();
  const panel = slots(page, person.username);
  await expect(panel).toContainText('counted');
  const counts = () => way.passed.filter(({ path }) => path.endsWith('/account/sessions')).length;
  for (const _ of [1, 2, 3]) {
    const before = counts();
    await panel.getByRole('button', { name: 'Recount' }).click();
    await expect.poll(counts).toBeGreaterThan(before);
  }
  await expect.poll(() => countSessions(target, person), { timeout: 2 * idleSeconds * 1000 }).toBe(0);
  // The server counts whole seconds, and asking takes its time.
  expect(Date.now() - openedMs).toBeLessThan((idleSeconds + 3) * 1000);
  await quiet();
  await context.clock.fastForward('00:16');
  await expect(panel).toContainText('1 of the last count ended since: how many are open now is not known');
  expect(way.passed.filter(isRefresh)).toEqual([]);
});

test('with nobody at the console it is not refreshed, lapses at the server, and the page says so', async ({
  page,
  context,
  way,
}) => {
  // So long that its refresh would be due while nobody is there.
  await target.configure({ accessSeconds: 1_200 });
  const person = await target.addPerson();
  await context.clock.install();
  const quiet = watchCalls(context);
  await page.goto('/ocp');
  await signInToOcp(page, person);
  await expect(slots(page, person.username)).toContainText('counted');
  await quiet();
  await context.clock.fastForward('17:00');
  await quiet();
  expect(await countSessions(target, person)).toBe(1);
  expect(way.passed.filter(isRefresh)).toEqual([]);

  await target.configure({ idleSeconds: 2 });
  await expect.poll(() => countSessions(target, person)).toBe(0);
  const panel = slots(page, person.username);
  await panel.getByRole('button', { name: 'Recount' }).click();
  await expect(rowsOf(page, person.username)).toContainText('Sign in again');
  await expect(panel).toContainText('1 of the last count ended since: how many are open now is not known');
});
