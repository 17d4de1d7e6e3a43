/** One kill at one point of one refresh, and what became of the session. Everything in it follows from its name. */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect } from '../fixtures.ts';
import { goTo, sessionTable } from '../steps.ts';
import { points, type Point, type Stopped } from './points.ts';
import { connectionOf, forget, pressRefresh, rowOf, vendors, type Vendor, type World } from './world.ts';

export type Victim = 'tab' | 'browser' | 'gateway';

export interface Outcome {
  readonly point: Point;
  /** The server's word against the session, as the screen has it; null where nobody had to sign in. */
  readonly lost: string | null;
  /** The gateway waited for the vendor's answer and has it, or will. */
  readonly answered: boolean;
  /** How long nobody was there who could go on, on the fast clock; null where somebody always was. */
  readonly awayMs: number | null;
}

/** The gateway keeps an answer for so long. */
export const ANSWER_KEPT_MS = 120_000;

const REACH_MAX_MS = 60_000;
const SETTLE_MAX_MS = 45_000;
/** A little less than its 30 s: the answer has a way to go. */
const GATEWAY_WAITS_MS = 25_000;
const HELD_MAX_MS = 600;

interface Plan {
  readonly vendor: Vendor;
  /** Who asks for the refresh: a person in one of the tabs, or the schedule of whichever comes first. */
  readonly asker: 0 | 1 | 'schedule';
  /** Where the vendor stands when the kill comes after the send. */
  readonly held: 'before' | 'after';
  /** The vendor answers before anybody asks what became of the call. */
  readonly answersSoon: boolean;
  /** A killed browser comes back only when the gateway has dropped its answers. */
  readonly staysAway: boolean;
  /** Where a person finds it uncertain, they ask for the further try; else it comes by itself. */
  readonly asksAgain: boolean;
}

/** Each vendor has its turn at every point, whoever is killed. */
function planOf(victim: Victim, point: Point, seed: number): Plan {
  const bytes = createHash('sha256').update(`${victim}, ${point}, ${seed}`).digest();
  const even = (at: number): boolean => (bytes[at] ?? 0) % 2 === 0;
  return {
    vendor: vendors[(seed + points.indexOf(point)) % vendors.length] ?? 'tuleap',
    asker: seed % 3 === 0 ? 'schedule' : even(1) ? 0 : 1,
    held: even(2) ? 'before' : 'after',
    answersSoon: even(3),
    staysAway: seed % 4 === 0,
    asksAgain: even(4),
  };
}

export async function oneKill(world: World, victim: Victim, point: Point, seed: number): Promise<Outcome> {
  const plan = planOf(victim, point, seed);
  const connection = connectionOf(plan.vendor);
  await somebodyIsThere(world);
  const reached = point === 'after the send' ? heldAtVendor(world, plan) : world.observation.stopAt(point, connection);
  if (plan.asker !== 'schedule') void pressUntil(reached, tabOf(world, plan.asker), plan.vendor);
  const stopped = await within(reached, REACH_MAX_MS, () => `${victim} ${point} ${seed}: not reached`);
  const killedAtMs = world.nowMs();
  const { watching, releasedAtMs } = await kill(world, victim, stopped, plan);
  const awayMs = victim === 'tab' ? null : world.nowMs() - killedAtMs;
  if (victim === 'browser') await world.openSecondTab();
  return { point, ...(await outcomeFor(world, plan, watching, releasedAtMs)), awayMs };
}

type Fate = Pick<Outcome, 'lost' | 'answered'>;

/**
 * A person at the console moves the pointer: sessions that hold a slot are kept fresh. Who meant a row's menu and met
 * "Sign in again", which took its place in that moment, goes back.
 */
async function somebodyIsThere({ tabs }: World): Promise<void> {
  for (const page of tabs) {
    if (new URL(page.url()).pathname !== '/') await goTo(page, 'Overview');
    await page.mouse.move(300, 5);
    await page.mouse.move(320, 5);
  }
}

/** On a busy machine one press may find its call given up by the gateway, or the schedule quicker. */
async function pressUntil(reached: Promise<unknown>, page: Page, vendor: Vendor): Promise<void> {
  const progress = { isOver: false };
  const over = () => (progress.isOver = true);
  reached.then(over, over);
  const press = async (): Promise<void> => {
    if (!progress.isOver) await pressRefresh(page, vendor);
    expect(progress.isOver).toBe(true);
  };
  await expect(press)
    .toPass({ timeout: REACH_MAX_MS, intervals: [2_000] })
    .catch(() => undefined);
}

const tabOf = ({ tabs }: World, at: number): Page => {
  const page = tabs[at];
  if (!page) throw new Error('There is no such tab.');
  return page;
};

async function within<Value>(work: Promise<Value>, afterMs: number, why: () => string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(why())), afterMs);
  });
  return await Promise.race([work, tooLate]).finally(() => clearTimeout(timer));
}

/** The vendor has the request, and has done its work or not; nothing has left it. */
async function heldAtVendor(world: World, { vendor, held }: Plan): Promise<Stopped> {
  const { control } = world.keyward[vendor];
  const before = world.presented(vendor).length;
  const isHeld = () => {
    const call = world.presented(vendor)[before];
    return call !== undefined && call.processed === (held === 'after');
  };
  control.fault({ operation: 'refresh', kind: 'hold', when: held });
  await expect.poll(isHeld, { timeout: REACH_MAX_MS, intervals: [5] }).toBe(true);
  const page = world.observation.lastSender(connectionOf(vendor));
  if (!page) throw new Error('A refresh token was presented, and no page was seen to send it.');
  return { page, release: () => undefined };
}

/** Gives a tab in which a person sees what became of it, and when the vendor was let go. */
async function kill(world: World, victim: Victim, { page, release }: Stopped, plan: Plan) {
  const letGo = (): number => {
    world.keyward[plan.vendor].control.release();
    return world.nowMs();
  };
  switch (victim) {
    case 'tab': {
      const survivor = world.tabs.find((tab) => tab !== page) ?? page;
      await crash(page);
      if (!plan.answersSoon) await whenAskedFor(survivor);
      const releasedAtMs = letGo();
      await world.replaceTab(page);
      return { watching: survivor, releasedAtMs };
    }
    case 'browser': {
      await world.killBrowser();
      const releasedAtMs = letGo();
      if (plan.staysAway) await untilMs(world, world.nowMs() + ANSWER_KEPT_MS);
      await world.startBrowser();
      return { watching: tabOf(world, 0), releasedAtMs };
    }
    case 'gateway': {
      await world.keyward.kill();
      release();
      const releasedAtMs = letGo();
      await world.keyward.restart();
      return { watching: page, releasedAtMs };
    }
    default:
      return victim satisfies never;
  }
}

const untilMs = async (world: World, atMs: number): Promise<void> => {
  await expect.poll(() => world.nowMs(), { timeout: 60_000 }).toBeGreaterThan(atMs);
};

async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined);
  await crashed;
}

/** Until another tab asks the gateway, which then says that the call still runs. It lets no call run much longer. */
const whenAskedFor = (survivor: Page): Promise<unknown> =>
  survivor
    .waitForRequest((request) => request.url().endsWith('/gw/v1/outcome'), { timeout: HELD_MAX_MS })
    .catch(() => undefined);

async function outcomeFor(world: World, plan: Plan, page: Page, releasedAtMs: number): Promise<Fate> {
  const { vendor } = plan;
  const connection = connectionOf(vendor);
  const record = () => world.observation.stored(connection);
  const word = () => {
    const now = record();
    if (!now || now.intent) return 'under way';
    return now.signInNeeded ? 'lost' : now.uncertain ? 'uncertain' : 'goes on';
  };
  const settled = expect.poll(word, { timeout: SETTLE_MAX_MS, intervals: [20] });
  if (plan.asksAgain) {
    await expect.poll(word, { timeout: SETTLE_MAX_MS, intervals: [20] }).not.toBe('under way');
    if (word() === 'uncertain') {
      // Meanwhile it may have been tried by itself.
      await pressRefresh(page, vendor).catch(() => undefined);
    }
  }
  await settled.toMatch(/^(lost|goes on)$/);
  await somebodyIsThere(world);
  const sentence = record()?.signInNeeded?.sentence ?? null;
  if (sentence === null) {
    for (const tab of world.tabs) await expect(rowOf(tab, vendor)).toContainText('Ready');
    return { lost: null, answered: true };
  }
  const answered = gotItsAnswer(world, vendor, releasedAtMs);
  for (const tab of world.tabs) {
    await expect(rowOf(tab, vendor)).toContainText('Sign in again');
    await expect(sessionTable(tab)).toContainText(sentence);
  }
  await forget(tabOf(world, 0), vendor);
  await world.signIn(vendor);
  return { lost: sentence, answered };
}

/**
 * Of the call whose repetition was refused: the vendor's answer left it whole, and in time. The gateway waits for 30 s, which
 * here is one and a half seconds.
 */
function gotItsAnswer(world: World, vendor: Vendor, releasedAtMs: number): boolean {
  const calls = world.presented(vendor);
  const spent = calls.at(-1)?.spends;
  const first = calls.find(({ spends }) => spends === spent);
  return first !== undefined && first.delivered && releasedAtMs - first.atMs < GATEWAY_WAITS_MS;
}
