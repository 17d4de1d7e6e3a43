/**
 * What a vendor says of its keys, and of everything else that opens an account and can be ended. A part of the vendor's
 * face that is loaded when somebody looks at keys: `keys: () => import('./keys.ts')`.
 */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import type { Params } from '../http/operation.ts';
import type { Result } from '../lib/result.ts';
import type { RandomBytes } from '../lib/random.ts';
import type { BareThing, Ending, Means, SessionFacts, Thing } from './ending.ts';
import type { Guide } from './guide.ts';
import type { KeyRow, Reported } from './key-row.ts';
import type { Candidate } from './recognised.ts';
import type { FormField, FormValues } from './sign-in-way.ts';
import type { Tokens } from './tokens.ts';

export interface KeysFace {
  /** Everything that this vendor has to be ended, whether it can be listed or not. */
  readonly kinds: readonly ThingKind[];
  /**
   * What a pasted text may be. Total, local, quick: any text, no call, no throw, at most a handful, the likeliest first.
   * See `pastedWords` for the noise that comes along.
   */
  recognise(text: string): readonly Candidate[];
  /** Whether what was recognised can belong to this connection: by its issuer, or by its setting. */
  fits(candidate: Candidate, connection: Connection): 'yes' | 'perhaps' | 'no';
  /** Turns what was recognised into a thing; `row` where one of the list has its id or its fingerprint. */
  thingOf(candidate: Candidate, row: KeyRow | null): BareThing;
  /** The thing that a session of ours carries. Null where its token is nothing that could be ended or watched. */
  thingOfSession(session: SessionFacts, tokens: Tokens): BareThing | null;
  /** The thing behind a listed row. */
  thingOfRow(row: KeyRow): BareThing;
  /** A session's tokens as the secrets that the steps ask for. */
  secretsOf(kind: string, tokens: Tokens): Readonly<Record<string, string>>;
  /** The ways to end it with these means, best first; empty: there is none, and `routes` say who has one. */
  endings(thing: Thing, means: Means, connection: Connection): readonly Ending[];
  /** What else can be done about it, by somebody else or elsewhere: for what cannot be ended with the means at hand. */
  routes(thing: Thing, connection: Connection): readonly Guide[];
  /** Only looks: keeps the evidence and tries the thing, and ends nothing. Null where there is nothing to try it with. */
  check(thing: Thing, means: Means, connection: Connection): Ending | null;
  /** Whole jobs on a thing beyond its end: rotate, move to another kind of key. Their steps are of the same kind. */
  readonly moves?: (thing: Thing, means: Means, connection: Connection, values: FormValues) => readonly Move[];
  /**
   * Making a key as a job: what `create` offers, in the steps of a rotation's first half, so that a lost answer is looked
   * for and the secret waits for a person. `thing`: of `create.blank`. Null where these means cannot make one.
   */
  readonly making?: (thing: Thing, means: Means, connection: Connection, values: FormValues) => Move | null;
  /** The key that a session of ours was made with, of a vendor that lists none. */
  readonly maker?: KeyMaker;
  /** Ends all things of one kind of an account at once. */
  readonly wholesale?: Wholesale;

  readonly list?: KeyList;
  /** Why there is no list, and where there is one. */
  readonly unlisted?: string;
  readonly create?: KeyCreate;
  /** Where the vendor has no call that makes one. */
  readonly createGuide?: (connection: Connection) => Guide;
  readonly rename?: KeyRename;
  readonly trash?: KeyTrash;
  /** Accounts that an administrator can shut off, and let in again: things of the kind `kind`. */
  readonly containment?: Containment;
}

export interface ThingKind {
  readonly kind: string;
  /** "access key" */
  readonly noun: string;
  /** It stands in the list, or may: what is not listed is said to be in no list. */
  readonly listed: boolean;
  /** In no list, and a key all the same: shown among the keys where a session of ours carries one. */
  readonly shownOfSessions?: true;
}

export interface KeyMaker {
  readonly kind: string;
  /** The way in that takes it. */
  readonly way: string;
  /** By the name that the way in gave the credential, and what its tokens carry. */
  thing(label: string, companions: Readonly<Record<string, string>>): BareThing;
  /** Of the values that were kept of it, as the steps ask for them. */
  secrets(values: FormValues): Readonly<Record<string, string>>;
}

export interface Wholesale {
  /** "End all deprecated tokens" */
  readonly label: string;
  /** Of the single ones. */
  readonly of: string;
  readonly ways: readonly string[];
  thing(session: SessionFacts): BareThing;
}

export interface KeyPage {
  readonly rows: readonly KeyRow[];
  /** How many there are in all. */
  readonly total: Reported<number>;
  /** Where the next page begins; null where this was the last. */
  readonly nextOffset: number | null;
}

export interface KeyList {
  readonly operation: string;
  /** Ways in whose sessions the vendor lets call it. */
  readonly ways: readonly string[];
  readonly pageMax: number;
  /** Null where this session does not tell enough to ask with. The session's own credential is added by who calls. */
  params(session: SessionFacts, page: { readonly offset: number; readonly limit: number }): Params | null;
  /** May be asynchronous, because a fingerprint is. */
  read(reply: Reply, page: { readonly offset: number; readonly limit: number }): Promise<Result<KeyPage, Failure>>;
  /** What the list leaves out or does not know, a sentence each: "An expired key is in no list." */
  readonly says: readonly string[];
  /** How late a use may be shown; null where the vendor tells no use at all. */
  readonly useResolutionMs: number | null;
}

/** A day, as `YYYY-MM-DD`, or `never`, which is asked for with a tick of its own. */
export interface ExpiryField {
  readonly kind: 'expiry';
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly proposedDays: number;
  /** What is ticked for a key without an end. */
  readonly never: string;
}

export interface KeyCreate {
  readonly operation: string;
  readonly ways: readonly string[];
  readonly sends: string;
  readonly fields: readonly (FormField | ExpiryField)[];
  /** "Tuleap writes an e-mail to the owner." */
  readonly sideEffects: readonly string[];
  /** The console chooses the id beforehand, so that a lost answer can be looked for by it. */
  chooseId?(random: RandomBytes): string;
  /** The thing that does not exist yet; `id`: as chosen. */
  blank(id: string | null): BareThing;
  /** What is typed for a key like this one. */
  like(row: KeyRow): FormValues;
  /** `nowMs`: by the server's clock. A failure of fault `input` where what was typed cannot be sent. */
  request(values: FormValues, given: { readonly id: string | null; readonly nowMs: number }): Result<Params, Failure>;
  read(reply: Reply, given: { readonly id: string | null }): Result<NewKey, Failure>;
  /**
   * After a lost answer: which of the rows now listed may be the one, given those listed before. By id where the console
   * chose it, else by what is new and looks like what was asked for.
   */
  find(now: readonly KeyRow[], before: readonly KeyRow[], values: FormValues, id: string | null): readonly KeyRow[];
  /** What a person does with one that was found and whose secret nobody has. */
  readonly lost: string;
  /** The way in that takes such a key, and what would be typed there: for who wants to go on with it here. */
  readonly opens?: { readonly way: string; values(secret: string): FormValues };
}

export interface NewKey {
  readonly id: Reported<string>;
  /** Shown once, and kept only where somebody asks for it. */
  readonly secret: string;
  /** The vendor would show it again. */
  readonly readableAgain: boolean;
}

export interface KeyRename {
  readonly operation: string;
  readonly ways: readonly string[];
  readonly lengthMax: number;
  params(row: KeyRow, name: string): Params;
  /** Somebody else changed it meanwhile: a failure, and the list is read again. */
  read(reply: Reply): Result<null, Failure>;
}

/** Deleted keys that can come back. */
export interface KeyTrash {
  readonly list: KeyList;
  readonly restore: {
    readonly operation: string;
    params(row: KeyRow): Params;
    read(reply: Reply): Result<null, Failure>;
  };
  /** What is not known of a key in the trash. */
  readonly says: string;
}

/** A thing of this kind is an account: its endings shut it off (`goal: 'dead'`) and let it in again (`goal: 'live'`). */
export interface Containment {
  readonly kind: string;
  readonly label: string;
  /** Who may. A refusal says so too. */
  readonly who: string;
  readonly ways: readonly string[];
  /** Finds the account by what a person types. */
  readonly find: {
    readonly label: string;
    readonly operation: string;
    params(typed: string): Params;
    read(reply: Reply): Result<readonly BareThing[], Failure>;
  };
}

/** A job on a thing that is more than its end, in the steps of one. */
export interface Move extends Omit<Ending, 'id'> {
  readonly id: string;
  /** Secrets that were carried and are shown once when the job asks a person to copy them. */
  readonly shows: readonly { readonly name: string; readonly label: string }[];
}
