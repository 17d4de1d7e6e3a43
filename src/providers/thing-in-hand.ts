/** What the endings of several vendors ask of a thing, and of what somebody has in hand to end it with. */
import type { Ending, Means, Step, Survivor, Thing } from './ending.ts';

/** Its secret is at hand, and may be used on itself: it is a session of ours, or the operator lets a found one be used. */
export const mayUseItself = ({ secret, own, selfUse }: Means): boolean => secret && (own || selfUse);

/** Its secret was pasted and is no session of ours: using it is using what was found on itself. */
export const isFound = ({ session }: Thing, { secret }: Means): boolean => secret && session === null;

/** It can be tried: it is a session of ours, or the operator lets a found one be used. */
export const mayTry = (thing: Thing, means: Means): boolean =>
  means.secret && (means.selfUse || !isFound(thing, means));

interface Trial {
  readonly steps: readonly Step[];
  /** For what was found: that it is used on itself, and what that leaves behind. */
  readonly consent: string;
}

/** An ending by somebody else's credential, with the thing tried afterwards where it may be; what was found only after a tick. */
export function withTrial(thing: Thing, means: Means, untried: Ending, trial: Trial): readonly Ending[] {
  if (!mayTry(thing, means)) return [untried];
  const tried = { ...untried, steps: [...untried.steps, ...trial.steps] };
  if (!isFound(thing, means)) return [tried];
  const reason = 'Sends nothing with what was found: the verdict rests on what is read alone.';
  const without = { id: `${untried.id}-untried`, label: `${untried.label}, without trying it`, reason };
  return [
    { ...tried, consent: trial.consent },
    { ...untried, ...without },
  ];
}

/** Whose token it is: of no use once it is dead. */
export const sessionsOf = ({ session }: Thing): readonly string[] => (session === null ? [] : [session]);

/** As that fact of it tells, in the server's milliseconds since 1970. */
export const endOf = ({ facts }: Thing, fact: string): Survivor['untilMs'] => {
  const ms = Number(facts[fact] ?? Number.NaN);
  return Number.isFinite(ms) ? ms : 'not-reported';
};
