/**
 * What a vendor's folder shows to the rest of the console. One face per vendor; screens ask for a member and never for a
 * name. An optional member is a capability: where it is absent the vendor has no such thing, and the screen says so.
 */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { ErrorFacts, ErrorRow, Failure } from '../http/failure.ts';
import type { Operations, Params } from '../http/operation.ts';
import type { ProviderSettings } from '../http/settings.ts';
import type { Result } from '../lib/result.ts';
import type { Expiry } from '../lib/time.ts';

/** Loaded with the shell: what navigation and routes need, and nothing that costs a byte more. */
export interface Manifest<Id extends string = string> {
  readonly id: Id;
  readonly name: string;
  /** `/ocp` */
  readonly route: string;
  /** One line under the name. */
  readonly summary: string;
}

/** What one sign-in or refresh hands over. */
export interface Tokens {
  readonly accessToken: string;
  readonly accessExpiry: Expiry;
  readonly refreshToken?: string;
  readonly refreshExpiry?: Expiry;
  /** The session's name at the vendor, where it has one: opaque, not secret. */
  readonly serverSessionId?: string;
  /** Facts to show as they are: scope, token type. Never a secret. */
  readonly facts: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

export interface Identity {
  /** Who: a user name or an e-mail. */
  readonly name: string;
  /** The vendor's own id of that person, where known. */
  readonly id?: string;
}

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** As in HTML, so that password managers understand: `username`, `current-password`, `one-time-code`, `off`. */
  readonly autoComplete: 'username' | 'current-password' | 'one-time-code' | 'off';
  readonly kind: 'text' | 'secret' | 'digits';
  readonly required: boolean;
}

/** What a person typed, trimmed of what pasting adds (quotes, line ends, `Bearer `), as the vendor's `clean` left it. */
export type FormValues = Readonly<Record<string, string>>;

/** A way in that is a form. Building the request and judging the reply are two functions, so that a late answer is read alike. */
export interface FormSignIn {
  readonly kind: 'form';
  readonly id: string;
  readonly label: string;
  readonly standing: 'preferred' | 'accepted' | 'deprecated';
  /** The vendor's reason for or against it, in our words. */
  readonly reason: string;
  /** What the button will send: "Sends POST …/token". */
  readonly sends: string;
  readonly fields: readonly FormField[];
  readonly operation: string;
  /** A failure of fault `input` where what was typed cannot be sent. */
  request(values: FormValues, connection: Connection): Result<Params, Failure>;
  read(reply: Reply, values: FormValues, connection: Connection): Result<SignedIn, Failure>;
  /** A harmless call that tells who signed in, where the sign-in's own answer does not. */
  readonly identify?: IdentityCall;
}

export interface IdentityCall {
  readonly operation: string;
  params(tokens: Tokens, connection: Connection): Params;
  read(reply: Reply): Result<Identity, Failure>;
}

export interface SignedIn {
  readonly tokens: Tokens;
  readonly identity: Identity;
}

export interface RefreshFace {
  /** `single-use`: spends a refresh token. `mint-again`: repeats the sign-in with a kept key. */
  readonly kind: 'single-use' | 'mint-again';
  readonly operation: string;
  params(tokens: Tokens, connection: Connection): Params;
  /** The new pair. A refresh token that the answer leaves out is the old one, marked by the vendor as still good. */
  read(reply: Reply, before: Tokens, connection: Connection): Result<Tokens, Failure>;
}

export interface LogOutFace {
  readonly operation: string;
  params(tokens: Tokens, connection: Connection): Params;
  /** ok: the vendor says that it is over; what that proves is for `says`. */
  read(reply: Reply): Result<null, Failure>;
  /** What lives on for a while although it was logged out; empty where nothing does. */
  readonly survives: string;
}

/** Text with holes for secrets: the one source for probes, snippets and every "copy as" shape. */
export type Template = readonly (string | { readonly secret: string })[];

/** How a token travels, on a harmless example call of that vendor. */
export interface ExampleCall {
  readonly method: 'GET';
  /** Without query and without a secret. */
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: Template }[];
  readonly query: readonly { readonly name: string; readonly value: Template }[];
  /** The value itself, and the whole header or parameter that carries it. */
  readonly token: Template;
  readonly header: Template;
  /** For `.env`: each variable with its value. */
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  /** Said beside the shapes: that this vendor puts the secret into a URL, for one. */
  readonly warning?: string;
}

export type Verdict = 'live' | 'dead' | 'unknown';

export interface Probe {
  readonly operation: string;
  params(tokens: Tokens, connection: Connection): Params;
  read(reply: Reply): { readonly verdict: Verdict; readonly evidence: string };
}

/** A harmless call without a credential that shows whether the server is there and set up as the connection says. */
export interface Doctor {
  readonly operation: string;
  readonly params: Params;
  /** `clear`, or what is wrong and how to mend it. */
  read(reply: Reply, connection: Connection): { readonly standing: 'clear' | 'attention'; readonly sentence: string };
}

export interface Provider extends Manifest {
  readonly words: { readonly key: string; readonly token: string; readonly session: string };
  readonly operations: Operations;
  readonly settings: ProviderSettings;
  readonly errors: readonly ErrorRow[];
  /** The machine-readable part of a reply, whatever the status; never throws. */
  readError(reply: Reply): ErrorFacts;
  /** Best first. */
  readonly signIn: readonly FormSignIn[];
  readonly refresh?: RefreshFace;
  readonly logOut?: LogOutFace;
  /** For a vendor without a log out: what lives on, and that it cannot be ended from here. */
  readonly forgetting?: string;
  /** A sign-in takes one of a limited number of sessions; null where the vendor has no such limit. */
  readonly slots: ((connection: Connection) => SlotRule) | null;
  /** The access token as parameters of this vendor's operations, for calls made on a session's behalf. */
  credential(tokens: Tokens): Params;
  present(tokens: Tokens, connection: Connection): ExampleCall;
  readonly probe: Probe;
  readonly doctor: Doctor;
  readonly limits: { readonly inFlightMax: number; readonly documented: string };
}

export interface SlotRule {
  /** Sessions that a user may hold at once; `none` where the operator says there is no limit. */
  readonly limit: number | 'none';
}

/** Keeps a face's literal types while checking it against the contract. */
export const defineProvider = <const P extends Provider>(provider: P): P => provider;
