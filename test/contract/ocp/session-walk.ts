/**
 * Several people sign in, refresh, log out, are ended from elsewhere and expire, in random order, and after every step the
 * console counts. What its page shows must be what the admin API says.
 */
import { expect } from 'vitest';
import { seenSessions } from '../../../src/features/server-sessions/seen-sessions.ts';
import { keyOf } from '../../../src/console/slot-key.ts';
import { logOut } from '../../../src/refresh/end-session.ts';
import { refreshSession } from '../../../src/refresh/refresh-session.ts';
import { signIn } from '../../../src/refresh/sign-in.ts';
import { viewOf, type SessionRecord } from '../../../src/sessions/record.ts';
import type { HeadlessConsole } from '../../headless-console.ts';
import type { Person, Target } from './target.ts';
import { asAdministrator, listOf, signIn as signInElsewhere } from './wire.ts';

type Act = 'sign-in' | 'sign-in-elsewhere' | 'refresh' | 'log-out' | 'end' | 'expire';

export interface Walked {
  /** Comparisons of the server's list with the page's, and steps at whose end no session could ask any more. */
  readonly compared: number;
  readonly unasked: number;
  readonly acts: Readonly<Record<Act, number>>;
}

/** Mulberry32: a seed names the walk. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export async function walk(
  {
    hands,
    services,
    provider,
    connection,
  }: Pick<HeadlessConsole<object>, 'hands' | 'services' | 'provider' | 'connection'>,
  target: Target,
  { steps, seed, expireSeconds }: { readonly steps: number; readonly seed: number; readonly expireSeconds: number },
): Promise<Walked> {
  const chance = random(seed);
  const oneOf = <Item>(items: readonly Item[]): Item | undefined => items[Math.floor(chance() * items.length)];
  const people = [await target.addPerson(), await target.addPerson(), await target.addPerson()];
  const place = await connection();
  const [way] = provider.signIn;
  if (way?.kind !== 'form') throw new Error('There is no form to sign in with');
  const counter = await services.slotCounter.load();
  const acts = { 'sign-in': 0, 'sign-in-elsewhere': 0, refresh: 0, 'log-out': 0, end: 0, expire: 0 };
  let compared = 0;
  let unasked = 0;

  const recordsOf = async ({ username }: Person): Promise<readonly SessionRecord[]> =>
    (await hands.repository.list()).filter(({ identity, ended }) => identity.name === username && !ended);
  const serverSays = async ({ id }: Person): Promise<readonly string[]> =>
    listOf(await asAdministrator(target, 'GET', `/users/${id}/sessions`))
      .map(({ id: session }) => String(session))
      .sort();

  async function carryOut(act: Act, person: Person): Promise<void> {
    const live = (await recordsOf(person)).filter(({ tokens }) => tokens?.refreshToken !== undefined);
    const record = oneOf(live);
    switch (act) {
      case 'sign-in': {
        const values = { username: person.username, password: person.password, otp: '' };
        await signIn(hands, { provider, connection: place, way: way as never, values, keep: false }); // a form, as was just asked
        break;
      }
      case 'sign-in-elsewhere':
        await signInElsewhere(target, person, {}, { 'user-agent': 'elsewhere/1.0' });
        break;
      case 'refresh':
        if (record) await refreshSession(hands, record.id, 'person');
        break;
      case 'log-out':
        if (record) await logOut(hands, record.id);
        break;
      case 'end': {
        const session = oneOf(await serverSays(person));
        if (session !== undefined) await asAdministrator(target, 'DELETE', `/sessions/${session}`);
        break;
      }
      case 'expire':
        await target.pass(expireSeconds);
        break;
      default:
        act satisfies never;
    }
  }

  async function compare(person: Person, at: string): Promise<void> {
    // A session may end by itself between two questions: then they are asked once more.
    for (let attempt = 0; ; attempt += 1) {
      const count = await counter.recount(keyOf(place.id, person.username));
      const after = await serverSays(person);
      if (!count || count.asker === null || count.failure) {
        // Nobody is left to ask with: none of the sessions of this browser is live at the server.
        const own = (await recordsOf(person)).map(({ tokens }) => tokens?.serverSessionId);
        const live = after.filter((id) => own.includes(id));
        if (live.length > 0 && attempt < 2) continue;
        expect(live, at).toEqual([]);
        unasked += 1;
        return;
      }
      const looking = { inView: null, nowMs: hands.nowMs(), offsetMs: hands.offsetMs(place.id) };
      const seen = seenSessions(count, (await recordsOf(person)).map(viewOf), looking);
      const shown = seen.map(({ id }) => id).sort();
      if (String(shown) !== String(after) && attempt < 2) continue;
      expect(shown, at).toEqual(after);
      compared += 1;
      return;
    }
  }

  const weighed: readonly Act[] = [
    ...Array.from({ length: 7 }, () => 'sign-in' as const),
    ...Array.from({ length: 3 }, () => 'sign-in-elsewhere' as const),
    ...Array.from({ length: 4 }, () => 'refresh' as const),
    ...Array.from({ length: 3 }, () => 'log-out' as const),
    ...Array.from({ length: 3 }, () => 'end' as const),
    'expire',
  ];
  for (let step = 0; step < steps; step += 1) {
    const person = oneOf(people) ?? people[0];
    const act = oneOf(weighed) ?? 'sign-in';
    if (!person) throw new Error('There is nobody');
    acts[act] += 1;
    await carryOut(act, person);
    for (const one of act === 'expire' ? people : [person]) {
      await compare(one, `step ${String(step)} of seed ${String(seed)}: ${act} of ${person.username}`);
    }
  }
  return { compared, unasked, acts };
}
