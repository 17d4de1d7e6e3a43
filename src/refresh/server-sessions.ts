/** Asking the server on a session's behalf, and which rights that session has. What a press asks is in `act-at-server.ts`. */
import type { Failure, Fault } from '../http/failure.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import type { Ask, Claim, ServerSession, ServerSessionsFace } from '../providers/server-sessions-face.ts';
import type { Tokens } from '../providers/tokens.ts';
import { callOnce } from './call-as.ts';
import type { Hands } from './hands.ts';
import { serverAsksToWait } from './server-asks-to-wait.ts';

/** `any-user`: everybody's sessions. `own`: those of the user who signed in. `held-here`: only what this browser opened. */
export type Reach = 'any-user' | 'own' | 'held-here';

export interface Rights {
  readonly reach: Reach;
  /** Which list tells the user's own sessions; null where none does. */
  readonly ownBy: 'account' | 'admin' | null;
  /** The id under which the admin list has the user's own. */
  readonly ownId: string | null;
  /** Ending and unlocking for others, as the token claims: the server decides. */
  readonly change: Claim;
  /** Why one's own list is not had by itself; null where it is. */
  readonly why: Failure | null;
}

/** A session of this browser that asks, at a vendor that can be asked. */
export interface Asker {
  readonly id: string;
  readonly face: ServerSessionsFace;
}

/** Faults that are the server's answer, and not a moment's weather. */
const answers: ReadonlySet<Fault> = new Set<Fault>(['permission', 'configuration', 'access', 'credential']);

/**
 * Refreshes nothing: a question that prolonged the session would hold the very slot that it counts. A count has several:
 * each is held back where the server has asked meanwhile to be left alone.
 */
export async function askOnce<Subject, Value>(
  hands: Hands,
  { id }: Pick<Asker, 'id'>,
  ask: Ask<Subject, Value>,
  subject: Subject,
): Promise<Result<Value, Failure>> {
  const record = await hands.repository.get(id);
  const waits = record && serverAsksToWait(record, hands.nowMs());
  if (waits) return fail(waits);
  const reply = await callOnce(hands, id, ask.operation, ask.params(subject));
  return reply.ok ? ask.read(reply.value) : reply;
}

export interface FoundRights {
  readonly rights: Rights;
  /** The user's own sessions, as the account list told them meanwhile; null where it does not. */
  readonly own: readonly ServerSession[] | null;
}

/** Fails where the server could not be asked now; then nothing is known of the rights. */
export async function findRights(hands: Hands, asker: Asker, tokens: Tokens): Promise<Result<FoundRights, Failure>> {
  const { face } = asker;
  const { view, change } = face.claims(tokens);
  const ownId = face.personOf(tokens) ?? null;
  const [found, mine] = await Promise.all([
    // Who has roles in the token and none of these is refused for certain, and the refusal would stand in a server's log.
    view === 'no' ? undefined : askOnce(hands, asker, face.others.mayFind, null),
    askOnce(hands, asker, face.own.list, null),
  ]);
  if (found && !found.ok && !answers.has(found.failure.fault)) return found;
  if (!mine.ok && !answers.has(mine.failure.fault)) return mine;
  const own = mine.ok ? mine.value : null;
  const told = (rights: Omit<Rights, 'ownId' | 'why'>) =>
    succeed({ rights: { ...rights, ownId, why: mine.ok ? null : mine.failure }, own });
  if (found?.ok) {
    const ownBy = mine.ok ? 'account' : ownId === null ? null : 'admin';
    return told({ reach: 'any-user', ownBy, change });
  }
  if (mine.ok) return told({ reach: 'own', ownBy: 'account', change: 'no' });
  return told({ reach: 'held-here', ownBy: null, change: 'no' });
}

/** The user's own sessions, by whichever list the rights allow. */
export async function listOwn(
  hands: Hands,
  asker: Asker,
  { ownBy, ownId, why }: Rights,
): Promise<Result<readonly ServerSession[], Failure>> {
  const { own, others } = asker.face;
  if (ownBy === 'account') return await askOnce(hands, asker, own.list, null);
  if (ownBy === 'admin' && ownId) return await askOnce(hands, asker, others.list, { person: ownId });
  return fail(why ?? unlistable);
}

const unlistable: Failure = {
  code: 'sessions-not-listed',
  happened: 'no',
  fault: 'permission',
  sentence: 'The server lists no sessions for this user.',
  next: 'Only what this browser opened is known here.',
  status: null,
};
