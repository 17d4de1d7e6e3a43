/** Ends sessions at the server one after the other, counts again, and says what the new count proves. */
import type { Services } from '../../console/services.ts';
import type { SlotCount } from '../../console/slot-counter.ts';
import type { Failure } from '../../http/failure.ts';
import type { Result } from '../../lib/result.ts';
import { logOut } from '../../refresh/end-session.ts';
import { askAs, endServerSession } from '../../refresh/act-at-server.ts';
import { placeOf, titleOf, type Seen } from './seen-sessions.ts';
import type { EndedHere } from './ticket-summary.ts';
import type { EndingNote } from './use-ending.ts';

export interface EndedNow {
  readonly note: EndingNote;
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
  const failure = all ? await endAll(services, count) : await endEach(services, count, targets);
  const counter = await services.slotCounter.load();
  const after = await counter.recount(count.key);
  const still = new Set((after?.sessions ?? []).map(({ id }) => id));
  // Without a list of the server's, what was accepted is all that is known.
  const isGone = ({ id }: Seen): boolean => (count.sessions === null ? !failure : after ? !still.has(id) : false);
  const atMs = services.nowMs();
  const told = targets.map((one) => ({ what: nameOf(one), atMs, by, gone: isGone(one) }));
  return { told, note: noteOf(count, after, told.filter(({ gone }) => gone).length, targets.length, failure) };
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
  if (after?.lock?.locked !== false) {
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

async function endAll({ hands, slotCounter }: Services, count: SlotCount): Promise<Failure | null> {
  const asker = await (await slotCounter.load()).askerOf(count.key);
  if (!asker || !count.person) return noAsker;
  const done = await askAs(hands, asker, asker.face.others.endAll, { person: count.person.id });
  return done.ok ? null : done.failure;
}

async function endEach(
  { hands, slotCounter }: Services,
  count: SlotCount,
  targets: readonly Seen[],
): Promise<Failure | null> {
  const asker = await (await slotCounter.load()).askerOf(count.key);
  let last: Failure | null = null;
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
          : { ok: false, failure: noAsker };
    if (!done.ok) last = done.failure;
  }
  return last;
}

export const noAsker: Failure = {
  code: 'nobody-to-ask-with',
  happened: 'no',
  fault: 'credential',
  sentence: 'No session of this browser can ask the server any more.',
  next: 'Nothing was sent. Sign in again.',
  status: null,
};

function noteOf(
  { name, person }: SlotCount,
  after: SlotCount | undefined,
  gone: number,
  wanted: number,
  failure: Failure | null,
): EndingNote {
  const left = after?.sessions ? ` ${String(after.sessions.length)} left by the new count.` : '';
  const once = person ? ` Ask ${name} to sign in again, once.` : '';
  if (gone === wanted) {
    return { tone: 'ok', title: `${String(gone)} ended.${left}`, more: once.trim() };
  }
  if (failure)
    return {
      tone: 'warn',
      title: `${String(gone)} of ${String(wanted)} ended. ${failure.sentence}`,
      more: failure.next,
    };
  return {
    tone: 'warn',
    title: `The server accepted it, and the new count still lists ${String(wanted - gone)} of ${String(wanted)}: not ended.`,
    more: 'Count again in a moment; if it stays, ask whoever runs the server.',
  };
}
