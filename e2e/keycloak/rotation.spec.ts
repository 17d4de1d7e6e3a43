/** Refresh tokens that work once, in two tabs of one browser: a second use would end the session for both. */
import type { Page } from '@playwright/test';
import { countSessions } from '../../test/contract/ocp/wire.ts';
import { watchCalls } from '../calls-under-way.ts';
import { expect } from '../fixtures.ts';
import { goTo, signInToOcp } from '../steps.ts';
import { keepSessions } from '../vault-steps.ts';
import { isRefresh, type Way } from './loopback-way.ts';
import { refreshButton, target, test } from './real-server.ts';

const refreshes = ({ passed }: Way) => passed.filter(isRefresh);
const timesShown = (page: Page, times: string) => page.getByText(new RegExp(`^${times}, last `));

test('with rotation on, two tabs refresh once, and neither burns the token of the other', async ({
  page: first,
  context,
  way,
}) => {
  await target.configure({ rotation: true });
  const person = await target.addPerson();
  await context.clock.install();
  await first.goto('/');
  await keepSessions(first);
  await goTo(first, 'OCP');
  await signInToOcp(first, person);
  const second = await context.newPage();
  await second.goto('/ocp');
  await expect(refreshButton(second, person.username)).toBeVisible();

  // Both want the same at once: the second while the server has not answered the first.
  const held = way.hold(isRefresh, 'after');
  await refreshButton(first, person.username).click();
  await held.reached;
  await refreshButton(second, person.username).click();
  held.release();
  for (const page of [first, second]) await expect(timesShown(page, '1 time')).toBeVisible();
  expect(refreshes(way)).toHaveLength(1);

  // The schedules of both: it is due in both at the same moment.
  const quiet = watchCalls(context);
  await quiet();
  await context.clock.fastForward('04:20');
  for (const page of [first, second]) await expect(timesShown(page, '2 times')).toBeVisible();
  await refreshButton(second, person.username).click();
  for (const page of [first, second]) await expect(timesShown(page, '3 times')).toBeVisible();

  const presented = refreshes(way).map(({ form }) => form.get('refresh_token'));
  expect(refreshes(way).map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(presented).size).toBe(3);
  expect(await countSessions(target, person)).toBe(1);
});
