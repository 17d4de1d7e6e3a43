/** What a person asks of the server about sessions there: whose they are, and their end. */
import { ofRead } from '../http/failed-read.ts';
import type { Failure } from '../http/failure.ts';
import { succeed, type Result } from '../lib/result.ts';
import type { Ask, Person } from '../providers/server-sessions-face.ts';
import { callAs } from './call-as.ts';
import { logOut } from './end-session.ts';
import type { Hands } from './hands.ts';
import type { Asker, Rights } from './server-sessions.ts';

/** A person pressed a button: an access token that is over is refreshed for it. */
export async function askAs<Subject, Value>(
  hands: Hands,
  { id }: Pick<Asker, 'id'>,
  ask: Ask<Subject, Value>,
  subject: Subject,
): Promise<Result<Value, Failure>> {
  const reply = await callAs(hands, id, ask.operation, ask.params(subject));
  return reply.ok ? ask.read(reply.value) : reply;
}

export interface Found {
  /** The text is this person's name, e-mail or id. */
  readonly exact: boolean;
  readonly people: readonly Person[];
  readonly more: boolean;
}

/** Exact first: the person of this name, e-mail or id; only where there is none, those whose names hold the text. */
export async function findPeople(
  hands: Hands,
  asker: Asker,
  typed: string,
  first = 0,
): Promise<Result<Found, Failure>> {
  const text = typed.trim();
  const { findExact, findAlike } = asker.face.others;
  if (first === 0) {
    const people = new Map<string, Person>();
    let more = false;
    for (const { fits, ask } of findExact) {
      if (!fits(text)) continue;
      const found = ofRead(await askAs(hands, asker, ask, text));
      if (found.ok) {
        for (const person of found.value.entries) people.set(person.id, person);
        more ||= found.value.more;
      } else if (found.failure.fault !== 'input') return found;
    }
    if (people.size > 0) return succeed({ exact: true, people: [...people.values()], more });
  }
  const alike = ofRead(await askAs(hands, asker, findAlike, { text, first }));
  return alike.ok ? succeed({ exact: false, people: alike.value.entries, more: alike.value.more }) : alike;
}

export interface Ending {
  readonly session: string;
  /** One of the user who asks. */
  readonly own: boolean;
}

/** `gone-already`: the server knew of none to end. */
export type EndAnswer = 'accepted' | 'gone-already';

/**
 * Asks for the end of one session. One that this browser holds is logged out, so that its record here ends with it. Success
 * says that nothing was refused: only a new count proves that it is gone.
 */
export async function endServerSession(
  hands: Hands,
  asker: Asker,
  rights: Rights,
  { session, own }: Ending,
): Promise<Result<EndAnswer, Failure>> {
  const held = (await hands.repository.list()).find(
    ({ tokens, ended }) => !ended && tokens?.refreshToken !== undefined && tokens.serverSessionId === session,
  );
  if (held && own) {
    const done = await logOut(hands, held.id);
    if (done.ok || done.failure.fault === 'local') return done.ok ? succeed('accepted') : done;
  }
  const end = own && rights.ownBy === 'account' ? asker.face.own.end : asker.face.others.end;
  const asked = await askAs(hands, asker, end, { session });
  if (asked.ok) return succeed('accepted');
  return asked.failure.code === 'session-gone-already' ? succeed('gone-already') : asked;
}
