/** One person of a walk: what happens to their sessions, and whether the console's page shows it. */
import { expect } from 'vitest';
import { keyOf } from '../../../src/console/slot-key.ts';
import { seenSessions } from '../../../src/features/server-sessions/seen-sessions.ts';
import { logOut } from '../../../src/refresh/end-session.ts';
import { refreshSession } from '../../../src/refresh/refresh-session.ts';
import { signIn } from '../../../src/refresh/sign-in.ts';
import { viewOf, type SessionRecord } from '../../../src/sessions/record.ts';
import type { HeadlessConsole } from '../../headless-console.ts';
import type { Person, Target } from './target.ts';
import { asAdministrator, listOf, signIn as signInElsewhere } from './wire.ts';

/** What a session can meet, with how often. */
const weights = { 'sign-in': 7, 'sign-in-elsewhere': 3, refresh: 4, 'log-out': 3, end: 3, expire: 1 } as const;

export type Act = keyof typeof weights;

const acts = (Object.keys(weights) as readonly Act[]).flatMap((act) => Array.from({ length: weights[act] }, () => act)); // the keys are as typed above

export type ConsoleParts = Pick<HeadlessConsole<object>, 'hands' | 'services' | 'provider' | 'connection'>;

export interface Walker {
  /** Something happens; gives what. */
  act(): Promise<Act>;
  /** Counts as a person does who presses the button. Fails the test where the page then shows anything but the server's list. */
  compare(when: string): Promise<'compared' | 'nobody could ask'>;
}

/** Some sessions are over after so long, and some are not. */
const MOVED_SECONDS = 25;
/** Between two questions whether a session is over by now, and for how long they are asked. */
const ASK_EVERY_SECONDS = 0.1;
const LAPSE_SECONDS_MAX = 60;
/** More than a person has sessions: each may end by itself between two questions. */
const ATTEMPTS_MAX = 6;

/** `chance`: the next random number below 1. */
export async function createWalker(
  { hands, services, provider, connection }: ConsoleParts,
  target: Target,
  chance: () => number,
  time: 'moved' | 'real',
): Promise<Walker> {
  const person: Person = await target.addPerson();
  const { username } = person;
  const place = await connection();
  const [way] = provider.signIn;
  if (way?.kind !== 'form') throw new Error('There is no form to sign in with');
  const counter = await services.slotCounter.load();

  const oneOf = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(chance() * items.length)];
  const records = async (): Promise<readonly SessionRecord[]> =>
    (await hands.repository.list()).filter(({ identity, ended }) => identity.name === username && !ended);
  const serverSays = async (): Promise<readonly string[]> =>
    listOf(await asAdministrator(target, 'GET', `/users/${person.id}/sessions`))
      .map(({ id }) => String(id))
      .sort();
  const oneHeld = async (): Promise<SessionRecord | undefined> =>
    oneOf((await records()).filter(({ tokens }) => tokens?.refreshToken !== undefined));

  async function oneLapses(): Promise<void> {
    const before = (await serverSays()).length;
    const deadlineMs = Date.now() + LAPSE_SECONDS_MAX * 1000;
    while (before > 0 && (await serverSays()).length === before) {
      if (Date.now() > deadlineMs) throw new Error('No session lapses.');
      await target.pass(ASK_EVERY_SECONDS);
    }
  }

  const carryOut: Readonly<Record<Act, () => Promise<unknown>>> = {
    'sign-in': () => {
      const values = { username, password: person.password, otp: '' };
      return signIn(hands, { provider, connection: place, way, values, keep: false });
    },
    'sign-in-elsewhere': () => signInElsewhere(target, person, {}, { 'user-agent': 'elsewhere/1.0' }),
    async refresh() {
      const record = await oneHeld();
      if (record) await refreshSession(hands, record.id, 'person');
    },
    async 'log-out'() {
      const record = await oneHeld();
      if (record) await logOut(hands, record.id);
    },
    async end() {
      const session = oneOf(await serverSays());
      if (session !== undefined) await asAdministrator(target, 'DELETE', `/sessions/${session}`);
    },
    expire: () => (time === 'moved' ? target.pass(MOVED_SECONDS) : oneLapses()),
  };

  async function shown(): Promise<{ readonly asked: boolean; readonly ids: readonly string[] }> {
    const count = await counter.recount(keyOf(place.id, username));
    const looking = { inView: null, nowMs: hands.nowMs(), offsetMs: hands.offsetMs(place.id) };
    const ids = seenSessions(count, (await records()).map(viewOf), looking).map(({ id }) => id);
    return { asked: typeof count?.asker === 'string' && !count.failure, ids: ids.sort() };
  }

  return {
    async act() {
      const act = oneOf(acts) ?? 'sign-in';
      await carryOut[act]();
      return act;
    },
    async compare(when) {
      for (let attempt = 1; ; attempt += 1) {
        const { asked, ids } = await shown();
        const server = await serverSays();
        // Where nobody is left to ask with, only what this browser opened is known, and none of it may be live.
        const own = new Set((await records()).map(({ tokens }) => tokens?.serverSessionId));
        const known = (id: string): boolean => asked || own.has(id);
        const [here, there] = [ids.filter(known), server.filter(known)];
        // A session may end by itself between the two questions: then they are asked once more.
        if (String(here) !== String(there) && attempt < ATTEMPTS_MAX) continue;
        expect(here, `${when} of ${username}`).toEqual(there);
        return asked ? 'compared' : 'nobody could ask';
      }
    },
  };
}
