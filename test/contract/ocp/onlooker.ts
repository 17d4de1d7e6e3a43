/** Somebody of support, signed in at the same console, who can count anybody: also whom nobody else can ask for any more. */
import type { SlotCount } from '../../../src/console/slot-counter.ts';
import { refreshSession } from '../../../src/refresh/refresh-session.ts';
import type { HeadlessConsole } from '../../headless-console.ts';
import type { Person, Target } from './target.ts';

export interface Onlooker {
  /** Opens the person's panel, reads it, and closes it. */
  count(person: Person): Promise<SlotCount | undefined>;
  /** Keeps the session from lapsing: a count prolongs none. */
  stay(): Promise<void>;
}

/** Far below what a session of a walk may be unused for. */
const STAYS_FOR_MS = 2_000;

export async function createOnlooker(
  { hands, services, open }: Pick<HeadlessConsole<object>, 'hands' | 'services' | 'open'>,
  target: Target,
  time: 'moved' | 'real',
): Promise<Onlooker> {
  const { username, password } = await target.addPerson({ named: 'support', adminRoles: ['view-users'] });
  const { id } = await open('password', { username, password, otp: '' });
  const counter = await services.slotCounter.load();
  let refreshedMs = Date.now();
  let refreshing: Promise<void> | null = null;

  async function refreshed(): Promise<void> {
    const { kind } = await refreshSession(hands, id, 'person');
    if (kind !== 'refreshed' && kind !== 'adopted') throw new Error(`Support was not refreshed: ${kind}`);
    refreshedMs = Date.now();
  }

  return {
    async count({ id: personId, username: name }) {
      const close = await counter.watch(id, { id: personId, name });
      const counted = [...services.slotCounts.getState().values()].find(({ person }) => person?.id === personId);
      close();
      return counted;
    },
    async stay() {
      // The server's clock is moved on at any moment, and ours is not.
      if (time === 'real' && Date.now() - refreshedMs < STAYS_FOR_MS) return;
      refreshing ??= refreshed().finally(() => (refreshing = null));
      await refreshing;
    },
  };
}
