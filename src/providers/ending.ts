/**
 * How a vendor says that something can be ended and proven dead: steps as data, each with one call and one reader. What
 * runs them (`src/revocation/`) knows no vendor, and keeps what they gave; a vendor knows no queue.
 *
 * What a reader may say depends on the step's stage, so that the type already holds the rule: the call that ends
 * something can say that it was accepted or refused, and never that anything is dead.
 */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Params } from '../http/operation.ts';
import type { Guide } from './guide.ts';
import type { KeyRow } from './key-row.ts';
import type { Fact } from './tokens.ts';

/** Something that opens an account at the vendor, or the account itself. Plain data, and nothing of it is secret. */
export interface Thing {
  /** The vendor's own name for its kind: one of its face's `kinds`. */
  readonly kind: string;
  /** Its id at the vendor; null where nobody knows it. */
  readonly id: string | null;
  /** As a person knows it again: `no. 26 “ci-deploy”`. Already fit for a screen. */
  readonly name: string;
  /** See `fingerprintOf`; null where the secret is not at hand. */
  readonly fingerprint: string | null;
  /** The session of this console whose token it is; its secrets are read there, and nowhere copied. */
  readonly session: string | null;
  /** Sessions of this console whose tokens were made with it: each is looked at, and dies with it where the vendor says so. */
  readonly minted: readonly string[];
  /** The row as it was listed when the thing was chosen; null where there was none. */
  readonly row: KeyRow | null;
  /** What the vendor's own steps need to know and is not secret: a user's number, an issuer. */
  readonly facts: Readonly<Record<string, string>>;
}

/** What a vendor's folder knows of it; the console adds what only it knows. */
export type BareThing = Omit<Thing, 'fingerprint' | 'session' | 'minted'>;

/** What somebody has in hand to end it with. */
export interface Means {
  /** A living session of the same connection; null where there is none. */
  readonly session: SessionFacts | null;
  /** The thing's own secret is at hand: it was pasted, or it is a session of ours. */
  readonly secret: boolean;
  /** The session is carried by this very thing, so nothing can be asked with it afterwards. */
  readonly own: boolean;
  /** False where the operator forbids to use a found key on itself. */
  readonly selfUse: boolean;
}

/** What a vendor may know of a session without holding its tokens. */
export interface SessionFacts {
  readonly id: string;
  readonly way: string;
  readonly identity: { readonly name: string; readonly id?: string };
  /** `Tokens.companions`. */
  readonly companions: Readonly<Record<string, string>>;
}

/** One way of ending a thing. A face gives them best first. */
export interface Ending {
  readonly id: string;
  /** "Delete it, as alice" */
  readonly label: string;
  /** The vendor's reason for or against this way, where there are several. */
  readonly reason?: string;
  /**
   * What the verdict should become. `live`: the opposite is undone, as where an account is let in again. A verdict stays a
   * fact either way; this decides whether it is what was wanted.
   */
  readonly goal: 'dead' | 'live';
  /** The thing is used on itself: said before, agreed to, and absent where `Means.selfUse` is false. */
  readonly consent?: string;
  /** What dies with it, a sentence each. */
  readonly dies: readonly string[];
  readonly survives: readonly Survivor[];
  /** Sessions of this console that are of no use afterwards; they are ended here once it is proven dead. */
  readonly endsSessions: readonly string[];
  /** In the order in which they are taken; same thing and means, same steps. */
  readonly steps: readonly Step[];
  /** Why no step is of the stage `again` or `probe`: nothing that is at hand could prove it. Said before it begins. */
  readonly unprovable?: string;
}

/** What the ending does not reach. Counted down where somebody knows until when. */
export interface Survivor {
  /** "Tokens that were minted with it" */
  readonly words: string;
  /** Server's clock, milliseconds since 1970; `not-reported` is neither never nor now; `never` has no end of its own. */
  readonly untilMs: number | 'never' | 'not-reported';
  /** Lives on for so long after the thing itself died: the verdict makes `untilMs` of it, and none while that is not proven. */
  readonly lastsMs?: number;
}

/**
 * - `open`: gets what later steps need to call with (PrimaTime: a sign-in with the found key).
 * - `evidence`: keeps what is known before anything is touched.
 * - `create`, `trial`, `person`, `quiet`: of a rotation: makes the new one; tries it; waits for a person's word; waits until
 *   the old one is no longer used.
 * - `end`: the call that ends it, or the guide that a person follows.
 * - `again`: reads where it stood.
 * - `probe`: tries the thing itself.
 * - `close`: tidies up what a step left over. Its failure changes no verdict.
 */
export type Stage = 'open' | 'evidence' | 'create' | 'trial' | 'person' | 'quiet' | 'end' | 'again' | 'probe' | 'close';

/** What a reader of that stage may say. `unknown` everywhere means: this answer tells neither. */
export interface Says {
  /** `dead`: the thing itself was refused, so there is nothing left to open. */
  readonly open: 'opened' | 'dead' | 'unknown';
  /** `dead`: one of several was refused already, which is no reason to leave the others. */
  readonly evidence: 'there' | 'gone' | 'dead' | 'unknown';
  /** `absent`: looked for after a lost answer, and it was not made. */
  readonly create: 'made' | 'absent' | 'refused' | 'unknown';
  readonly trial: 'works' | 'refused' | 'unknown';
  readonly person: 'done';
  readonly quiet: 'seen' | 'unknown';
  /** `accepted` proves nothing. `not-yours`: the vendor lets somebody else do it, so another way must be taken. */
  readonly end: 'accepted' | 'refused' | 'not-yours' | 'unknown';
  readonly again: 'there' | 'gone' | 'unknown';
  readonly probe: 'live' | 'dead' | 'unknown';
  readonly close: 'accepted' | 'unknown';
}

export interface Reading<S extends Stage> {
  readonly says: Says[S];
  /** Status and meaning, as it will stand in the note: "404, the row is gone". Without a secret. */
  readonly words: string;
  /** Limits what the verdict says: "over REST", "while the account is suspended". */
  readonly qualifier?: string;
  readonly evidence?: Evidence;
  /** Secrets that later steps need, by name; they join `StepContext.secrets` and are sealed. */
  readonly carry?: Readonly<Record<string, string>>;
  /** Not secret, for later steps: joins `Thing.facts`. */
  readonly facts?: Readonly<Record<string, string>>;
  /** What was learnt of what lives on: takes the place of the ending's own `survives`. */
  readonly survives?: readonly Survivor[];
  /** Of the stage `quiet`: the old one's last use, in a form that changes when it is used. */
  readonly mark?: string;
  /** The id of a step with `asked` that is to be taken next: to tell a dead key from a server that is down. */
  readonly then?: string;
  /**
   * Of the `dead` of a probe that stands for more than itself: what else it may have died of, and what would tell. It
   * proves nothing, and what is watched goes on being watched.
   */
  readonly unsure?: string;
}

/** What was known before. Kept as a record; nothing overwrites it. */
export interface Evidence {
  readonly row: KeyRow | null;
  /** "Minted here": "3 tokens, the last on 11 Nov" */
  readonly facts: readonly Fact[];
}

export interface StepContext {
  readonly thing: Thing;
  readonly connection: Connection;
  /** The thing's own, by the names that the vendor's `recognise` or `secretsOf` gave them, and what steps carried. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly evidence: Evidence | null;
  /** Server's clock, milliseconds since 1970; for a reader, once the reply was there. */
  readonly serverMs: number;
  /** The session of ours that this step is called as; absent where it is none, or has no token any more. */
  readonly by?: { readonly name: string; readonly accessToken: string };
  /** Of a step with a `session` of its own. */
  readonly held?: Held;
}

/** What this console knew, before the call, of tokens at the same server. */
export interface Held {
  /** When the token of the step's session ends by itself, by the server's clock; null where nobody said. */
  readonly endsMs: number | null;
  /** Those that the thing did not make: one of each credential. */
  readonly others: readonly HeldToken[];
}

export interface HeldToken {
  readonly session: string;
  /** Of the session's tokens: another number is another token. */
  readonly generation: number;
}

/**
 * Who makes the call. `session`: a session of ours, by its own credential, and a 401 is refreshed once before it counts.
 * `thing`: the thing itself, whose secrets `params` puts in. `nobody`: a call without a credential.
 */
export type Actor = 'session' | 'thing' | 'nobody';

interface StepHead {
  /** Unique and stable within its ending: a job that is taken up again finds its step by it. */
  readonly id: string;
  /** "Read again" */
  readonly label: string;
  /** Taken only where a reading names it. */
  readonly asked?: true;
}

/** Generic so that a reader is held to what its stage may say. */
export interface CallStep<S extends Stage = Stage> extends StepHead {
  readonly kind: 'call';
  readonly stage: S;
  /** Written out before anything is sent: "DELETE …/api/access_keys/26". Without a secret. */
  readonly sends: string;
  /** To be known before: "Rewrites when and from where the key was last used." */
  readonly costs?: string;
  /** Of the vendor's table. Its effect decides whether the call is journalled before it is sent and how it may be repeated. */
  readonly operation: string;
  readonly as: Actor;
  /** Made as this session of ours, and not as the item's own: to look at a token that the thing minted. */
  readonly session?: string;
  /** That session's token must still be this one: it is left out where there is another, which tells nothing. */
  readonly generation?: number;
  /**
   * Of a probe that stands for more than itself: the id of the step that looked at the same before the ending. Where
   * nothing saw it alive, its `dead` proves nothing.
   */
  readonly seenBy?: string;
  /**
   * What it means that a token which the session got just now is refused as well, where no other sign-in of the same person
   * would be let in either. Absent: somebody has to sign in again.
   */
  refusedAnew?(context: StepContext): string;
  /** Why it is left out this time, in words; null: it is made. */
  skip?(context: StepContext): string | null;
  params(context: StepContext): Params;
  /**
   * Null: this answer says nothing that only the vendor understands, and its error table decides what is done about it
   * (sign in, wait, try again). Never throws.
   */
  read(reply: Reply, context: StepContext): Reading<S> | null;
  readonly watch?: Watch;
}

/** Repeats the step while it does not say what is waited for: `gone` or `dead`, or of `quiet` the same mark for so long. */
export interface Watch {
  readonly everyMs: number;
  /** After `quickTries` it is asked this seldom. */
  readonly thenEveryMs: number;
  readonly quickTries: number;
  /** Of `quiet`: how long the mark must stand still, which is longer than the vendor's own resolution. */
  readonly stillMs?: number;
}

/** A person does it elsewhere and says so. Of the stages `end` and `person`. */
export interface GuideStep extends StepHead {
  readonly kind: 'guide';
  readonly stage: 'end' | 'person';
  readonly guide: Guide;
  /** What the button says: "I have done it", "I have copied it". */
  readonly done: string;
}

export type Step = { readonly [S in Stage]: CallStep<S> }[Stage] | GuideStep;
