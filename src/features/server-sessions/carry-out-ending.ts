/** Ends sessions at the server one after the other, counts again, and says what the new count proves. */
import type { Services } from '../../console/services.ts';
import type { SlotCount } from '../../console/slot-counter.ts';
import type { Failure } from '../../http/failure.ts';
import { fail, type Result } from '../../lib/result.ts';
import { logOut } from '../../refresh/end-session.ts';
import { askAs, endServerSession } from '../../refresh/act-at-server.ts';
import { placeOf, titleOf, type Seen } from './seen-sessions.ts';
import { outcomeOf, type EndedHere, type Outcome } from './ended-here.ts';
import type { EndingNote, Saying } from './use-ending.ts';

export interface EndedNow {
  /** What is said of it, beside that count. */
  readonly say: Saying;
  readonly told: readonly EndedHere[];
}

/** `all`: in one call, everything that the person has. */
export async function endSessions(
  services: Services,
  count: SlotCount,
  targets: readonly Seen[],
  all: boolean,
): Promise<EndedNow> {
  const by = await nameOfAsker(services, count);
  const refusals = all ? await endAll(services, count, targets) : await endEach(services, count, targets);
  const atMs = services.nowMs();
  const told = targets.map((one) => ({ id: one.id, what: nameOf(one), atMs, by, accepted: !refusals.has(one.id) }));
  const counter = await services.slotCounter.load();
  const after = await counter.recount(count.key);
  const failure = [...refusals.values()].at(-1) ?? null;
  const isKnown = told.every((one) => outcomeOf(one, after) !== 'unknown');
  return { told, say: (now) => noteOf(told, isKnown ? after : (now ?? after), failure) };
}

/** Null where it counted. */
export async function recount({ slotCounter }: Services, key: string): Promise<EndingNote | null> {
  const after = await (await slotCounter.load()).recount(key);
  return after?.failure ? refusal(after.failure) : null;
}

export async function unlockPerson({ hands, slotCounter }: Services, count: SlotCount): Promise<EndingNote> {
  const counter = await slotCounter.load();
  const asker = await counter.askerOf(count.key);
  if (!asker || !count.person) return refusal(noAsker);
  const done = await askAs(hands, asker, asker.face.others.unlock, { person: count.person.id });
  const after = await counter.recount(count.key);
  if (!done.ok) return refusal(done.failure);
  if (!after?.lock) {
    const title = 'The server accepted the unlocking. Whether the lock is gone is not known.';
    return { tone: 'warn', title, more: `${after?.lockFailure?.sentence ?? ''} Recount asks again.`.trim() };
  }
  if (after.lock.locked) {
    return { tone: 'warn', title: 'The server accepted the unlocking, and the lock still stands.', more: '' };
  }
  return { tone: 'ok', title: `${count.name} is unlocked.`, more: 'Ask them to sign in again, once.' };
}

const refusal = ({ sentence, next }: Failure): EndingNote => ({ tone: 'warn', title: sentence, more: next });
const nameOf = (one: Seen): string => [titleOf(one), placeOf(one)].filter(Boolean).join(', ');

async function nameOfAsker({ hands }: Services, { asker, name }: SlotCount): Promise<string> {
  const record = asker === null ? undefined : await hands.repository.get(asker);
  return record?.identity.name ?? name;
}

/** By session: why it was not ended. */
type Refusals = ReadonlyMap<string, Failure>;

async function endAll({ hands, slotCounter }: Services, count: SlotCount, targets: readonly Seen[]): Promise<Refusals> {
  const asker = await (await slotCounter.load()).askerOf(count.key);
  const done: Result<unknown, Failure> =
    asker && count.person
      ? await askAs(hands, asker, asker.face.others.endAll, { person: count.person.id })
      : fail(noAsker);
  return done.ok ? new Map() : new Map(targets.map(({ id }) => [id, done.failure]));
}

async function endEach(
  { hands, slotCounter }: Services,
  count: SlotCount,
  targets: readonly Seen[],
): Promise<Refusals> {
  const asker = await (await slotCounter.load()).askerOf(count.key);
  const refusals = new Map<string, Failure>();
  // The one that asks comes last, or it could not ask for the others any more.
  const inOrder = [...targets].sort(
    (one, other) => Number(one.localId === asker?.id) - Number(other.localId === asker?.id),
  );
  for (const one of inOrder) {
    const own = count.person === null;
    const done: Result<unknown, Failure> =
      own && one.localId !== null
        ? await logOut(hands, one.localId)
        : asker && count.rights
          ? await endServerSession(hands, asker, count.rights, { session: one.id, own })
          : fail(noAsker);
    if (!done.ok) refusals.set(one.id, done.failure);
  }
  return refusals;
}

export const noAsker: Failure = {
  code: 'nobody-to-ask-with',
  happened: 'no',
  fault: 'credential',
  sentence: 'No session of this browser can ask the server any more.',
  next: 'Nothing was sent. Sign in again.',
  status: null,
};

/** `count`: what was counted since, where that is. */
function noteOf(told: readonly EndedHere[], count: SlotCount | undefined, failure: Failure | null): EndingNote {
  const many = (outcome: Outcome): number => told.filter((one) => outcomeOf(one, count) === outcome).length;
  const wanted = told.length;
  if (many('gone') === wanted) {
    const left = count?.sessions ? ` ${String(count.sessions.length)} left by the new count.` : '';
    const once = count?.person ? `Ask ${count.name} to sign in again, once.` : '';
    return { tone: 'ok', title: `${String(wanted)} ended.${left}`, more: once };
  }
  if (many('accepted') === wanted) {
    const title = `The server accepted the end of ${String(wanted)}.`;
    return { tone: 'ok', title, more: 'It lists no sessions here that could prove it.' };
  }
  const unknown = many('unknown');
  if (unknown > 0) {
    const said = failure ? failure.sentence : 'The server accepted it.';
    return {
      tone: 'warn',
      title: `${said} Whether ${unknown === 1 ? 'it is' : `${String(unknown)} are`} ended is not known: there is no new count.`,
      more: `${count?.failure ? `${count.failure.sentence} ` : ''}Recount, and do not end another one meanwhile.`,
    };
  }
  if (failure) {
    const title = `${String(many('gone') + many('accepted'))} of ${String(wanted)} ended. ${failure.sentence}`;
    return { tone: 'warn', title, more: failure.next };
  }
  return {
    tone: 'warn',
    title: `The server accepted it, and the new count still lists ${String(many('listed'))} of ${String(wanted)}: not ended.`,
    more: 'Count again in a moment; if it stays, ask whoever runs the server.',
  };
}
