/** What the endings of several vendors ask of a thing, and of what somebody has in hand to end it with. */
import type { Means, Survivor, Thing } from './ending.ts';

/** Its secret is at hand, and may be used on itself: it is a session of ours, or the operator lets a found one be used. */
export const mayUseItself = ({ secret, own, selfUse }: Means): boolean => secret && (own || selfUse);

/** Whose token it is: of no use once it is dead. */
export const sessionsOf = ({ session }: Thing): readonly string[] => (session === null ? [] : [session]);

/** As that fact of it tells, in the server's milliseconds since 1970. */
export const endOf = ({ facts }: Thing, fact: string): Survivor['untilMs'] => {
  const ms = Number(facts[fact] ?? Number.NaN);
  return Number.isFinite(ms) ? ms : 'not-reported';
};
