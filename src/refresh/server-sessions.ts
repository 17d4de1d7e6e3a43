/** Asking the server on a session's behalf, and which rights that session has. What a press asks is in `act-at-server.ts`. */
import { ofRead } from '../http/failed-read.ts';
import type { Failure } from '../http/failure.ts';
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

/**
 * Whether a refusal is the server's answer about that right, and not a moment's weather: a 401 speaks of the token alone,
 * and a 403 that contradicts the token may be of something on the way.
 */
const isAnswer = ({ fault, status }: Failure, claim: Claim): boolean =>
  status !== null && (fault === 'configuration' || (fault === 'permission' && claim !== 'yes'));

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
  return reply.ok ? ofRead(ask.read(reply.value)) : reply;
}

export interface FoundRights {
  readonly rights: Rights;
  /** The user's own sessions, as the account list told them meanwhile; null where it does not. */
  readonly own: readonly ServerSession[] | null;
  /** The server answered on each of the rights; else this is to be asked again. */
  readonly settled: boolean;
}

/** Fails where the server could not be asked now, or refused the token itself; then nothing is known of the rights. */
export async function findRights(hands: Hands, asker: Asker, tokens: Tokens): Promise<Result<FoundRights, Failure>> {
  const { face } = asker;
  const claims = face.claims(tokens);
  const askToFind = () => askOnce(hands, asker, face.others.mayFind, null);
  const [asked, mine] = await Promise.all([
    // Who has roles in the token and none of these is refused for certain, and the refusal would stand in a server's log.
    claims.view === 'no' ? undefined : askToFind(),
    askOnce(hands, asker, face.own.list, null),
  ]);
  const isRefused = !mine.ok && mine.failure.fault === 'access';
  // A live token that is not meant for the list is refused there like a dead one. For this only a dead one gets a 401.
  const found = asked ?? (isRefused && claims.own !== 'yes' ? await askToFind() : undefined);
  const ownId = face.personOf(tokens) ?? null;
  const told = (rights: Omit<Rights, 'ownId' | 'why'>, settled: boolean) =>
    succeed({
      rights: { ...rights, ownId, why: mine.ok ? null : mine.failure },
      ...{ own: mine.ok ? mine.value : null, settled },
    });

  const noFind = !found || (!found.ok && isAnswer(found.failure, claims.view));
  if (mine.ok) {
    if (found?.ok) return told({ reach: 'any-user', ownBy: 'account', change: claims.change }, true);
    return told({ reach: 'own', ownBy: 'account', change: 'no' }, noFind);
  }
  const isMeantElsewhere = isRefused && found !== undefined && claims.own !== 'yes';
  const noList = isMeantElsewhere || isAnswer(mine.failure, claims.own);
  if (found?.ok && (noList || isRefused || mine.failure.fault === 'permission')) {
    const ownBy = ownId === null ? null : 'admin';
    return told({ reach: 'any-user', ownBy, change: claims.change }, noList);
  }
  if (noList && noFind) return told({ reach: 'held-here', ownBy: null, change: 'no' }, true);
  return fail(found && !found.ok && !noFind && !isRefused ? found.failure : mine.failure);
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
