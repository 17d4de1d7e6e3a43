import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findPeople, type Found } from '../../../src/refresh/act-at-server.ts';
import { valueOf, type HeadlessConsole } from '../../headless-console.ts';
import { startConsoleAt } from './console-at.ts';
import type { Target } from './target.ts';

/** Of so many people, a page of the console's search shows a few. */
const CROWD = 300;

/** The contract's rows about finding a person, asked by the console itself over its gateway: its words reach the server whole. */
export function describeFindRows(target: () => Target): void {
  let console_: HeadlessConsole<object>;

  beforeAll(async () => {
    console_ = await startConsoleAt(target());
  });

  afterAll(() => console_.close());

  async function asSupport(): Promise<(text: string, first?: number) => Promise<Found>> {
    const { hands, provider } = console_;
    const { username, password } = await target().addPerson({ adminRoles: ['view-users'] });
    const face = await provider.serverSessions?.();
    if (!face) throw new Error('Nobody can be found.');
    const { id } = await console_.open('password', { username, password, otp: '' });
    return async (text, first) => valueOf(await findPeople(hands, { id, face }, text, first));
  }

  it.each([`o'brien`, `"the/boss"`, `100%`, `50%25`, `a\\b`, `x/../y`, `q?a=b&c#d+e`, `mixed "a/b%c'd"e`])(
    'a name with quotes, slashes and the like is found: %s',
    async (name) => {
      const find = await asSupport();
      const mark = randomUUID().slice(0, 8);
      const username = `${name}-${mark}`;
      // The other is told from it by one of these characters alone.
      await target().importPeople([username, `${name.replaceAll(/['"/%\\?]/g, 'x')}-${mark}`]);
      expect(await find(username)).toMatchObject({ exact: true, people: [{ name: username }] });
      expect(await find(username.toUpperCase())).toMatchObject({ exact: true, people: [{ name: username }] });
      const part = username.slice(1);
      expect(await find(part)).toMatchObject({ exact: false, more: false, people: [{ name: username }] });
    },
  );

  it('a crowd comes page after page, each of them once, in the order of their names', async () => {
    const find = await asSupport();
    const mark = randomUUID().slice(0, 8);
    const names = Array.from({ length: CROWD }, (_, nth) => `of-${mark}-${String(nth).padStart(3, '0')}`);
    await target().importPeople(names);
    const seen: string[] = [];
    for (let more = true; more;) {
      const page = await find(`f-${mark}-`, seen.length);
      seen.push(...page.people.map(({ name }) => name));
      more = page.more;
    }
    expect(seen).toEqual(names);
  });
}
