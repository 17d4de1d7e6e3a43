/** How the sessions of one way in behave: what refreshes, ends, carries and probes them. */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import type { Params } from '../http/operation.ts';
import type { Result } from '../lib/result.ts';
import type { FormValues, VendorPage } from './sign-in-way.ts';
import type { Tokens } from './tokens.ts';

export interface SessionFace {
  /** What such a session carries, where it is no token that was made for it: "access key". */
  readonly carries?: string;
  /** Absent: a new token needs a new sign-in. */
  readonly refresh?: RefreshFace;
  /** Ends it at the vendor. Absent: only forgetting is offered, and `forgetting` says what lives on. */
  readonly logOut?: LogOutFace;
  readonly forgetting?: string;
  /** Where a person ends at the vendor what the console can only forget. */
  readonly endsAt?: PlaceAtVendor;
  /** The access token as parameters of this vendor's operations, for calls made on the session's behalf. */
  credential(tokens: Tokens): Params;
  present(tokens: Tokens, connection: Connection): ExampleCall;
  readonly probe: Probe;
  /** Its tokens can all die at once, before their time. */
  readonly restart?: RestartWords;
}

/** What is said once when tokens were found dead before their time. */
export interface RestartWords {
  /** All of them were, and a credential that made some still makes new ones. */
  readonly likely: string;
  /** The same, and of others it is not known whether they were. */
  readonly keyWorks: string;
  /** Nothing that made them could be tried. */
  readonly unsure: string;
  /** Others of that server, which were made before them, are live. */
  readonly othersLive: string;
  /** One that the same credential made is live. */
  readonly siblingLive: string;
}

/** In words, and as a page where the connection tells its address. */
export interface PlaceAtVendor {
  readonly words: string;
  page?(connection: Connection): VendorPage;
}

export type RefreshFace = SpendingRefresh | MintingRefresh;

interface Refresh {
  readonly operation: string;
  /** The new pair. A refresh token that the answer leaves out is the old one, marked by the vendor as still good. */
  read(reply: Reply, before: Tokens, connection: Connection): Result<Tokens, Failure>;
}

/** Spends the refresh token. */
export interface SpendingRefresh extends Refresh {
  readonly kind: 'single-use';
  /** Names of failures, rows of the vendor's table, by which the server says that the session is no more. */
  readonly overAt?: readonly string[];
  /** What a kept credential does once there is no refresh token any more. Takes no place at the vendor. */
  readonly anew?: MintingRefresh;
  params(tokens: Tokens, connection: Connection): Params;
}

/** Makes a token anew with a kept credential. No call of ours ends the old one. */
export interface MintingRefresh extends Refresh {
  readonly kind: 'mint-again';
  params(tokens: Tokens, connection: Connection, kept: FormValues): Params;
  /** Settles refusals that may mean several things, so that what no time mends is not tried again and again. */
  readonly clarify?: Clarify;
}

/** One harmless call after a refusal that is open to several meanings. */
export interface Clarify {
  /** Names of failures: rows of the vendor's table. */
  readonly after: readonly string[];
  readonly operation: string;
  params(tokens: Tokens, connection: Connection, kept: FormValues): Params;
  /** What the refusal meant; null where this answer does not tell. */
  read(reply: Reply, tokens: Tokens): Failure | null;
}

export interface LogOutFace {
  readonly operation: string;
  /** It presents the refresh token: a session without one cannot be logged out. */
  readonly needsRefreshToken?: true;
  params(tokens: Tokens, connection: Connection): Params;
  /** ok: the vendor says that it is over, which alone proves nothing. */
  read(reply: Reply): Result<null, Failure>;
  /** The probe is made afterwards with the old token, and only `dead` counts as over. */
  readonly proven?: true;
  /** What lives on until the access token's end although it was logged out; empty where nothing does. */
  readonly survives: string;
  /** What the vendor keeps of it without an end, and what ends that. */
  readonly remains?: string;
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
  /** `tokens`: those that were presented. */
  read(reply: Reply, tokens: Tokens): { readonly verdict: Verdict; readonly evidence: string };
}
