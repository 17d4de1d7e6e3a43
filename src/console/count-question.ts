/** What one count asks of a server. Which list it may ask for is found once, and remembered as long as that holds. */
import type { Failure } from '../http/failure.ts';
import { succeed, type Result } from '../lib/result.ts';
import type { LockState, Person, ServerSession } from '../providers/server-sessions-face.ts';
import type { Tokens } from '../providers/tokens.ts';
import type { Hands } from '../refresh/hands.ts';
import { askOnce, findRights, listOwn, type Asker, type FoundRights, type Rights } from '../refresh/server-sessions.ts';

export interface Answer {
  /** Our clock: what took effect before that shows in the list. */
  readonly askedAtMs: number;
  /** Null where nothing is known of them. */
  readonly rights: Rights | null;
  /** The server answered on all of them; else they hold for this count alone. */
  readonly settled: boolean;
  /** Null where no list may be had. */
  readonly listed: Result<readonly ServerSession[], Failure> | null;
  /** Null where it was not asked for. */
  readonly lock: Result<LockState, Failure> | null;
}

export interface Question {
  readonly asker: Asker;
  readonly tokens: Tokens;
  /** Of these tokens. */
  readonly generation: number;
  /** Somebody who was looked up; null for the user of the session that asks. */
  readonly person: Person | null;
  /** A person asked: what was refused before is tried again. */
  readonly anew: boolean;
}

const claimsOf = ({ face }: Asker, tokens: Tokens): string => JSON.stringify(face.claims(tokens));

export function createQuestions(hands: Hands): (question: Question) => Promise<Answer> {
  const known = new Map<string, { readonly rights: Rights; readonly generation: number; readonly claims: string }>();

  /** A right that was missing is looked for again with the next token; and all of them where it claims other ones. */
  function remembered({ asker, tokens, generation, anew }: Question): Rights | undefined {
    const before = known.get(asker.id);
    if (before?.claims !== claimsOf(asker, tokens)) return undefined;
    const holds = before.rights.reach === 'any-user' || (!anew && before.generation === generation);
    return holds ? before.rights : undefined;
  }

  async function rightsFor(question: Question): Promise<Result<FoundRights, Failure>> {
    const { asker, tokens, generation } = question;
    const before = remembered(question);
    if (before) return succeed({ rights: before, own: null, settled: true });
    const found = await findRights(hands, asker, tokens);
    if (found.ok && found.value.settled) {
      known.set(asker.id, { rights: found.value.rights, generation, claims: claimsOf(asker, tokens) });
    }
    return found;
  }

  return async (question) => {
    const { asker, person } = question;
    const askedAtMs = hands.nowMs();
    const found = await rightsFor(question);
    if (!found.ok) return { askedAtMs, rights: null, settled: false, listed: found, lock: null };
    const { rights, own, settled } = found.value;
    const answer = { askedAtMs, rights, settled, lock: null };
    if (!person) {
      if (rights.ownBy === null) return { ...answer, listed: null };
      return { ...answer, listed: own ? succeed(own) : await listOwn(hands, asker, rights) };
    }
    const { list, lockState } = asker.face.others;
    const [listed, lock] = await Promise.all([
      askOnce(hands, asker, list, { person: person.id }),
      askOnce(hands, asker, lockState, { person: person.id }),
    ]);
    return { ...answer, listed, lock };
  };
}
