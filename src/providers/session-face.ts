/** How the sessions of one way in behave: what refreshes, ends, carries and probes them. */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import type { Params } from '../http/operation.ts';
import type { Result } from '../lib/result.ts';
import type { FormValues } from './sign-in-way.ts';
import type { Tokens } from './tokens.ts';

export interface SessionFace {
  /** Absent: a new token needs a new sign-in. */
  readonly refresh?: RefreshFace;
  /** Ends it at the vendor. Absent: only forgetting is offered, and `forgetting` says what lives on. */
  readonly logOut?: LogOutFace;
  readonly forgetting?: string;
  /** The access token as parameters of this vendor's operations, for calls made on the session's behalf. */
  credential(tokens: Tokens): Params;
  present(tokens: Tokens, connection: Connection): ExampleCall;
  readonly probe: Probe;
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
  params(tokens: Tokens, connection: Connection): Params;
}

/** Makes a token anew with a kept credential. The old token lives on until it expires. */
export interface MintingRefresh extends Refresh {
  readonly kind: 'mint-again';
  params(tokens: Tokens, connection: Connection, kept: FormValues): Params;
  /** When the vendor restarts, all its tokens die at once; what the screen then says. */
  readonly restart?: { readonly sentence: string };
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
