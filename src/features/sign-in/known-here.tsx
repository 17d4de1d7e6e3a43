/** What is known of the places of people before a sign-in. Fetched where a sign-in takes one and somebody holds one. */
import { useStore } from 'zustand';
import { knownSlots, type KnownSlots } from '../../console/known-slots.ts';
import type { Services } from '../../console/services.ts';
import { useServices, useSessions } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { SlotRule } from '../../providers/contract.ts';
import { knownWords, nextWords } from './known-words.ts';
import type { Doubt, Job } from './sign-in-desk.ts';

interface At {
  readonly connection: Connection['id'];
  readonly rule: SlotRule | undefined;
}

function knownAt({ state, slotCounts, hands }: Services, { connection, rule }: At): readonly KnownSlots[] {
  if (!rule) return [];
  const at = { connection, rule, offsetMs: hands.offsetMs(connection) };
  return knownSlots(at, state.getState().sessions, slotCounts.getState());
}

/** `user`: as `userOf` names them. */
const isOf = ({ also = [] }: KnownSlots['who'], user: string): boolean =>
  also.some((name) => `user:${name.toLowerCase()}` === user);

/** Whether the user who is typed, by key, is known to have no place left. */
export const isRefused = (services: Services, at: At, user: string): boolean =>
  knownAt(services, at).some(({ who, next }) => next === 'refused' && isOf(who, user));

export function limitDoubts(services: Services, { connection, rule, what, user }: Job): readonly Doubt[] {
  if (what !== 'sign-in') return [];
  return knownAt(services, { connection, rule }).flatMap((known): readonly Doubt[] => {
    const words = nextWords(known);
    return words !== null && isOf(known.who, user.key)
      ? [{ kind: 'at-limit', title: `${knownWords(known)}.`, reason: words }]
      : [];
  });
}

/** How many places are taken, as far as that is known before anybody is asked. */
export function KnownHere(at: At) {
  const services = useServices();
  // Drawn anew with either of them.
  useSessions();
  useStore(services.slotCounts);
  const known = knownAt(services, at);
  if (known.length === 0) return null;
  return (
    <ul className="grid gap-1 text-sm text-ink-2">
      {known.map((one) => (
        <li key={one.who.name} className={one.next === 'free' ? 'wrap-anywhere' : 'wrap-anywhere text-warn'}>
          {knownWords(one)}. {nextWords(one)}
        </li>
      ))}
    </ul>
  );
}
