/**
 * What the gateway answers to a call: not the vendor's reply, but what became of the call. Shared with the gateway as
 * a type. All times are milliseconds since 1970.
 */

/**
 * How far the call got: `not-sent` (it certainly did not happen), `sent` (nobody knows what happened) or `answered`
 * (the vendor answered with a status, whatever it says).
 */
export type Phase = 'not-sent' | 'sent' | 'answered';

export type CauseCode =
  | 'unknown-host'
  | 'connection-refused'
  | 'unreachable'
  | 'connect-timeout'
  | 'certificate-untrusted'
  | 'certificate-expired'
  | 'certificate-name'
  | 'tls-failed'
  | 'timeout'
  | 'cut'
  | 'too-large'
  | 'undecodable'
  | 'redirected'
  | 'base-url-changed'
  | 'other-boot'
  | 'fenced'
  | 'busy'
  | 'bad-parameter'
  | 'gateway-refused'
  | 'gateway-unreachable'
  | 'offline'
  | 'aborted';

/** Why a call was not answered, or what was odd about the answer. Never holds a URL's query, a body or a secret. */
export interface Cause {
  readonly code: CauseCode;
  /** A short fact for a person: a host name, a parameter's name, the origin that a redirect pointed to. */
  readonly detail?: string;
  readonly certificate?: Certificate;
}

export interface Certificate {
  readonly subject: string;
  readonly issuer: string;
  /** Upper-case hexadecimal pairs joined by colons. */
  readonly sha256: string;
  readonly validToMs?: number;
}

export interface Envelope {
  readonly phase: Phase;
  /** The vendor's status; null unless `answered`, or where the head of a cut answer was still read. */
  readonly status: number | null;
  /** Allow-listed reply headers, names in lower case. A `WWW-Authenticate` comes as `x-vendor-authenticate`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Decoded as UTF-8. Empty where there was none. */
  readonly body: string;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
  /** The gateway's life that carried the call; null where no gateway answered. */
  readonly boot: string | null;
  readonly cause: Cause | null;
  readonly tls: { readonly protocol: string; readonly certificate: Certificate } | null;
}

/** What the gateway knows of a nonce: see the `outcome` call. `running` means ask again. */
export type Outcome =
  | { readonly state: 'answered'; readonly envelope: Envelope }
  | { readonly state: 'running' }
  | { readonly state: 'fenced' }
  | { readonly state: 'unknown' };

/** What the gateway knows of an announced state. `refused`: the vendor sent the browser back with an error instead. */
export type ParkState =
  | { readonly state: 'waiting' }
  | { readonly state: 'ready' }
  | { readonly state: 'refused'; readonly error?: string }
  | { readonly state: 'unknown' };

export interface Connection {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  /** Origin and path prefix, settings filled in, no trailing slash. */
  readonly baseUrl: string;
  /** Without the operator's secrets. */
  readonly settings: Readonly<Record<string, string>>;
  /** The keys of the operator's secrets that are set; never a value. */
  readonly secretsSet: readonly string[];
  /** Plain http to a host that is not loopback, which the operator allowed: screens keep a banner up. */
  readonly insecure: boolean;
  readonly forwardsClientAddress: boolean;
  /** False where the operator forbids to use a key that was found on itself; absent where it is allowed. */
  readonly selfUse?: boolean | undefined;
}

export interface Hello {
  readonly boot: string;
  readonly connections: readonly Connection[];
  /** Why the operator's file, changed while the gateway runs, was not taken over. Empty when all is well. */
  readonly configurationFaults: readonly string[];
  /** The servers behind the connections are the project's own stand-ins. */
  readonly demo: boolean;
}
