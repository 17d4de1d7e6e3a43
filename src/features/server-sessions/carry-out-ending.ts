/** Ends sessions at the server one after the other, counts again, and says what the new count proves. */
import type { Services } from '../../console/services.ts';
import type { SlotCount } from '../../console/slot-counter.ts';
import type { Failure } from '../../http/failure.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { logOut } from '../../refresh/end-session.ts';
import { askAs, endServerSession, type EndAnswer } from '../../refresh/act-at-server.ts';
import { placeOf, titleOf, type Seen } from './seen-sessions.ts';
import { keepForVisit, outcomeOf, type EndedHere, type Outcome } from './ended-here.ts';
import type { EndingNote, Saying } from './use-ending.ts';

export interface EndedNow {
  /** What is said of it, beside that count. */
  readonly say: Saying;
  readonly told: readonly EndedHere[];
}

/** An ending of another tab may take as long. */
const TURN_WAIT_MS = 35_000;

/** `all`: in one call, everything that the person has. */
export async function endSessions(
  services: Services,
  count: SlotCount,
  targets: readonly Seen[],
  all: boolean,
): Promise<EndedNow> {
  // Tabs take turns, or two that end the same session would both have seen it before and not after.
  const done = await services.hands.locks.run(`keyward.ending.${count.connection}`, TURN_WAIT_MS, () =>
    endInTurn(services, count, targets, all),
  );
  return done === 'busy' ? { say: () => refusal(stillEnding), told: [] } : done;
}

async function endInTurn(
  services: Services,
  shown: SlotCount,
  targets: readonly Seen[],
  all: boolean,
): Promise<EndedNow> {
  const counter = await services.slotCounter.load();
  const sinceMs = services.nowMs();
  const count = (await counter.recount(shown.key)) ?? shown;
  const before = namesSince(count, sinceMs);
  const by = await nameOfAsker(services, count);
  const answers = all
    ? await endAll(services, count, targets)
    : // Nothing is left to end of what is gone; one of this browser has a record that ends as well.
      await endEach(
        services,
        count,
        targets.filter(({ id, localId }) => before?.has(id) !== false || localId !== null),
      );
  const atMs = services.nowMs();
  const told = targets.map((one): EndedHere => {
    const answer = answers.get(one.id);
    const byThis = before && !before.has(one.id) ? false : endsBy(answer, before !== null);
    return { id: one.id, what: nameOf(one), atMs, by, accepted: answer?.ok !== false, byThis };
  });
  keepForVisit(services, shown.key, told);
  const after = await counter.recount(shown.key);
  const failure = [...answers.values()].findLast((answer) => !answer.ok)?.failure ?? null;
  const isKnown = told.every((one) => outcomeOf(one, after) !== 'unknown');
  return { told, say: (now) => noteOf(told, isKnown ? after : (now ?? after), failure) };
}

/** What the server listed when it was asked after that moment; null where it did not answer. */
function namesSince({ sessions, askedAtMs }: SlotCount, sinceMs: number): ReadonlySet<string> | null {
  return sessions && (askedAtMs ?? -Infinity) >= sinceMs ? new Set(sessions.map(({ id }) => id)) : null;
}

/** Whether a session that is gone afterwards was ended by the call that got this answer. */
function endsBy(answer: Answer | undefined, wasListed: boolean): boolean | null {
  if (!answer || (answer.ok && answer.value === 'gone-already')) return false;
  if (!answer.ok && answer.failure.happened === 'no') return false;
  return answer.ok && wasListed ? true : null;
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

type Answer = Result<EndAnswer, Failure>;
/** By session. */
type Answers = ReadonlyMap<string, Answer>;

async function endAll({ hands, slotCounter }: Services, count: SlotCount, targets: readonly Seen[]): Promise<Answers> {
  const asker = await (await slotCounter.load()).askerOf(count.key);
  const done: Result<unknown, Failure> =
    asker && count.person
      ? await askAs(hands, asker, asker.face.others.endAll, { person: count.person.id })
      : fail(noAsker);
  return new Map(targets.map(({ id }) => [id, done.ok ? succeed('accepted') : done]));
}

async function endEach({ hands, slotCounter }: Services, count: SlotCount, targets: readonly Seen[]): Promise<Answers> {
  const asker = await (await slotCounter.load()).askerOf(count.key);
  const answers = new Map<string, Answer>();
  // The one that asks comes last, or it could not ask for the others any more.
  const inOrder = [...targets].sort(
    (one, other) => Number(one.localId === asker?.id) - Number(other.localId === asker?.id),
  );
  const own = count.person === null;
  for (const { id, localId } of inOrder) {
    if (own && localId !== null) {
      const done = await logOut(hands, localId);
      answers.set(id, done.ok ? succeed('accepted') : done);
    } else if (asker && count.rights) {
      answers.set(id, await endServerSession(hands, asker, count.rights, { session: id, own }));
    } else {
      answers.set(id, fail(noAsker));
    }
  }
  return answers;
}

export const noAsker: Failure = {
  code: 'nobody-to-ask-with',
  happened: 'no',
  fault: 'credential',
  sentence: 'No session of this browser can ask the server any more.',
  next: 'Nothing was sent. Sign in again.',
  status: null,
};

const stillEnding: Failure = {
  code: 'busy',
  happened: 'no',
  fault: 'local',
  sentence: 'Another tab is still ending sessions here.',
  next: 'Nothing was sent. Try again in a moment.',
  status: null,
};

/** `count`: what was counted since, where that is. */
function noteOf(told: readonly EndedHere[], count: SlotCount | undefined, failure: Failure | null): EndingNote {
  const many = (outcome: Outcome): number => told.filter((one) => outcomeOf(one, count) === outcome).length;
  const wanted = told.length;
  const [ended, already, gone] = [many('ended'), many('gone-already'), many('gone')];
  const byOthers = [
    already > 0 && `${String(already)} ${already === 1 ? 'was' : 'were'} already gone.`,
    gone > 0 && `${String(gone)} ${gone === 1 ? 'is' : 'are'} gone; whether by this is not known.`,
  ];
  const inWords = (...parts: readonly (string | false)[]): string => parts.filter(Boolean).join(' ');
  if (ended + already + gone === wanted) {
    const left = count?.sessions ? `${String(count.sessions.length)} left by the new count.` : '';
    const once = count?.person ? `Ask ${count.name} to sign in again, once.` : '';
    return { tone: 'ok', title: inWords(ended > 0 && `${String(ended)} ended.`, ...byOthers, left), more: once };
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
    const title = inWords(
      `${String(ended + many('accepted'))} of ${String(wanted)} ended.`,
      ...byOthers,
      failure.sentence,
    );
    return { tone: 'warn', title, more: failure.next };
  }
  return {
    tone: 'warn',
    title: `The server accepted it, and the new count still lists ${String(many('listed'))} of ${String(wanted)}: not ended.`,
    more: 'Count again in a moment; if it stays, ask whoever runs the server.',
  };
}
