import type { Envelope, Hello, Outcome, ParkState } from './envelope.ts';
import type { Effect, Params } from './operation.ts';

/** A call to a vendor, by name: the gateway knows the host, the method and the headers. */
export interface CallRequest {
  readonly connection: string;
  readonly operation: string;
  readonly effect: Effect;
  /** The base URL that the credential belongs to; the gateway refuses (`not-sent`) where the connection now names another. */
  readonly baseUrl: string;
  readonly params: Params;
  /** Lets the gateway know the call again: same nonce, same answer, no second call. */
  readonly nonce?: string;
  /** The gateway's life that this call was prepared for; another life answers `other-boot` and sends nothing. */
  readonly boot?: string;
  readonly signal?: AbortSignal;
  /** The call must survive the page: leaving it must not stop a log out. */
  readonly keepalive?: boolean;
}

/** A vendor's answer with the moment we asked, on our own clock. */
export interface Reply {
  readonly envelope: Envelope;
  /** The body as JSON, or undefined where it is not JSON. */
  readonly json: unknown;
  /** Milliseconds on our hybrid clock when the request started: the anchor for `expires_in`. */
  readonly startedAtMs: number;
}

export type Call = (request: CallRequest) => Promise<Reply>;

/** The thin fetch layer. */
export interface Caller {
  /** The same object while the answer stays the same. Rejects with a `GatewayError` where no gateway answers. */
  hello(signal?: AbortSignal): Promise<Hello>;
  /** Never rejects for anything that the network or a server does: the envelope tells. */
  call(request: CallRequest): Promise<Reply>;
  /** Never rejects. `running`, which means ask again, also where the gateway could not be asked. */
  outcome(nonce: string, boot: string): Promise<Outcome>;
  /**
   * Announces the state of a code sign-in, asks what became of it, or withdraws it. Undefined where the gateway gave no
   * answer.
   */
  park(connection: string, state: string, what: 'announce' | 'ask' | 'withdraw'): Promise<ParkState | undefined>;
}

/** One finished call, for the activity list. Built from the operation table and the envelope, so that nothing secret can be in it. */
export interface CallRecord {
  readonly id: number;
  /** Wall clock, milliseconds since 1970. */
  readonly atMs: number;
  readonly connection: string;
  readonly operation: string;
  readonly effect: Effect;
  readonly phase: Envelope['phase'];
  readonly status: number | null;
  readonly durationMs: number;
  readonly cause: Envelope['cause'];
}
