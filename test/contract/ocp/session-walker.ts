/** One person of a walk: what happens to their sessions, and whether the console's page shows it. */
import { expect } from 'vitest';
import type { SlotCount } from '../../../src/console/slot-counter.ts';
import { keyOf } from '../../../src/console/slot-key.ts';
import { seenSessions } from '../../../src/features/server-sessions/seen-sessions.ts';
import { limitWords, restOf } from '../../../src/features/server-sessions/slot-words.ts';
import { logOut } from '../../../src/refresh/end-session.ts';
import { refreshSession } from '../../../src/refresh/refresh-session.ts';
import { signIn } from '../../../src/refresh/sign-in.ts';
import { end } from '../../../src/sessions/ending-steps.ts';
import { viewOf, type SessionRecord } from '../../../src/sessions/record.ts';
import type { HeadlessConsole } from '../../headless-console.ts';
import type { Onlooker } from './onlooker.ts';
import { sessionsMax, type Person, type Target } from './target.ts';
import { asAdministrator, listOf, signIn as signInElsewhere } from './wire.ts';

/** What a session can meet, with how often. */
const weights = {
  'sign-in': 7,
  'sign-in-elsewhere': 3,
  refresh: 4,
  'log-out': 3,
  'log-out-in-vain': 1,
  end: 3,
  expire: 1,
} as const;

export type Act = keyof typeof weights;

const acts = (Object.keys(weights) as readonly Act[]).flatMap((act) => Array.from({ length: weights[act] }, () => act)); // the keys are as typed above

export type ConsoleParts = Pick<HeadlessConsole<object>, 'hands' | 'services' | 'provider' | 'connection' | 'open'>;

export interface Walker {
  /** Something happens; gives what. */
  act(): Promise<Act>;
  /**
   * Counts as a person does who presses the button, and as support does who looks the person up. Fails the test where
   * one of the pages then shows another list or another number than the server's.
   */
  compare(when: string): Promise<Compared>;
}

/** Support's page always shows the server's list; one's own does while a session is left to ask with. */
export type Compared = 'both' | 'by support alone';

interface Shown {
  readonly ids: readonly string[];
  readonly words: string;
  /** The server was heard. */
  readonly isTold: boolean;
  /** What the last question met. */
  readonly failure?: string;
}

/** Some sessions are over after so long, and some are not. */
const MOVED_SECONDS = 25;
/** Between two questions whether a session is over by now, and for how long they are asked. */
const ASK_EVERY_SECONDS = 0.1;
const LAPSE_SECONDS_MAX = 60;
/** Where nobody can be asked the page goes by our clock, and the server by whole seconds of its own. */
const LATE_SECONDS_MAX = 4;

/** `chance`: the next random number below 1. */
export async function createWalker(
  { hands, services, provider, connection }: ConsoleParts,
  target: Target,
  onlooker: Onlooker,
  { chance, time }: { readonly chance: () => number; readonly time: 'moved' | 'real' },
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
  const serverSays = async (): Promise<readonly string[]> => {
    const ask = () => asAdministrator(target, 'GET', `/users/${person.id}/sessions`);
    let answer = await ask();
    // Seen of a 26.5.5 on which other tests change the realm meanwhile: the administrator is refused for a moment.
    for (let tries = 0; tries < 5 && answer.status === 403; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      answer = await ask();
    }
    return listOf(answer)
      .map(({ id }) => String(id))
      .sort();
  };
  const oneHeld = async (): Promise<SessionRecord | undefined> =>
    oneOf((await records()).filter(({ tokens }) => tokens?.refreshToken !== undefined));

  async function oneLapses(): Promise<void> {
    const before = (await serverSays()).length;
    const deadlineMs = Date.now() + LAPSE_SECONDS_MAX * 1000;
    while (before > 0 && (await serverSays()).length === before) {
      if (Date.now() > deadlineMs) throw new Error('No session lapses.');
      await onlooker.stay();
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
    async 'log-out-in-vain'() {
      const record = await oneHeld();
      // What is left here of a log out that the server accepted, and of which it took no notice.
      if (record) await hands.repository.change(record.id, end('logged-out', hands.nowMs()));
    },
    async end() {
      const session = oneOf(await serverSays());
      if (session !== undefined) await asAdministrator(target, 'DELETE', `/sessions/${session}`);
    },
    async expire() {
      await onlooker.stay();
      await (time === 'moved' ? target.pass(MOVED_SECONDS) : oneLapses());
    },
  };

  /** What stands on a page with this count, and over its list. */
  async function shown(count: SlotCount | undefined): Promise<Shown> {
    const looking = { inView: null, nowMs: hands.nowMs(), offsetMs: hands.offsetMs(place.id) };
    const seen = seenSessions(count, count?.person ? [] : (await records()).map(viewOf), looking);
    const counted = { limit: count?.limit ?? 'unknown', count: seen.length };
    const words = `${String(seen.length)} ${limitWords(counted)}, ${String(restOf(counted).boxes)} free`;
    const isTold = Boolean(count?.sessions) && typeof count?.asker === 'string' && !count.failure;
    const failure = isTold ? {} : { failure: count?.failure?.code ?? 'none' };
    return { ids: seen.map(({ id }) => id).sort(), words, isTold, ...failure };
  }

  /** What must stand there, in our own words. */
  const wanted = (ids: readonly string[]): Shown => ({
    words: `${String(ids.length)} of ${String(sessionsMax)} slots, ${String(sessionsMax - ids.length)} free`,
    ids,
    isTold: true,
  });

  /** Only what this browser opened is known where nobody is left to ask with, and none of it may be live. */
  async function openedHere({ ids }: Shown): Promise<Shown> {
    const opened = new Set((await records()).map(({ tokens }) => tokens?.serverSessionId));
    return { ids: ids.filter((id) => opened.has(id)), words: '', isTold: false };
  }

  return {
    async act() {
      const act = oneOf(acts) ?? 'sign-in';
      await carryOut[act]();
      return act;
    },
    async compare(when) {
      const lateUntilMs = Date.now() + LATE_SECONDS_MAX * 1000;
      for (let ended = 0; ;) {
        if (time === 'real') await onlooker.stay();
        const before = await serverSays();
        const counted = await counter.recount(keyOf(place.id, username));
        const own = await shown(counted);
        const lookedUp = await onlooker.count(person);
        const bySupport = await shown(lookedUp);
        // By our clock one of a list is over since: the server, which counts whole seconds, may see that a second later.
        const isAhead = time === 'real' && [counted, lookedUp].some((count) => (count?.overSince ?? 0) > 0);
        if (isAhead && Date.now() < lateUntilMs) {
          await target.pass(ASK_EVERY_SECONDS);
          continue;
        }
        // A session may end by itself between the questions, and nothing else happens meanwhile: they are asked anew.
        if (String(await serverSays()) !== String(before) && ended < sessionsMax) {
          ended += 1;
          continue;
        }
        const server = wanted(before);
        const pages = own.isTold ? [own, bySupport] : [await openedHere(own), bySupport];
        const must = own.isTold ? [server, server] : [await openedHere(server), server];
        const mayBeLate = time === 'real' && !own.isTold && Date.now() < lateUntilMs;
        if (mayBeLate && JSON.stringify(pages) !== JSON.stringify(must)) {
          await target.pass(ASK_EVERY_SECONDS);
          continue;
        }
        expect(pages, `${when} of ${username}`).toEqual(must);
        return own.isTold ? 'both' : 'by support alone';
      }
    },
  };
}
