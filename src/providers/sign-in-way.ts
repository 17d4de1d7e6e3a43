/** The ways into a vendor, as data and two functions each: build the request, judge the reply. Screens draw what they find here. */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { Failure } from '../http/failure.ts';
import type { Params } from '../http/operation.ts';
import type { Result } from '../lib/result.ts';
import type { Identity, Tokens } from './tokens.ts';

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** As in HTML, so that password managers understand: `username`, `current-password`, `one-time-code`, `off`. */
  readonly autoComplete: 'username' | 'current-password' | 'one-time-code' | 'off';
  /** `choices`: any number of them, as their values joined by spaces; `choice`: exactly one. */
  readonly kind: 'text' | 'secret' | 'digits' | 'choice' | 'choices';
  readonly required: boolean;
  readonly choices?: readonly Choice[];
  /** What stands in the field at first; may depend on the connection's settings. */
  initial?(connection: Connection): string;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** What a person typed, as typed: each way's `request` removes what pasting adds (quotes, line ends, `Bearer `). */
export type FormValues = Readonly<Record<string, string>>;

interface Way {
  readonly id: string;
  readonly label: string;
  readonly standing: 'preferred' | 'accepted' | 'deprecated';
  /** The vendor's reason for or against it, in our words. */
  readonly reason: string;
  /** What the button will send: "Sends POST …/token". */
  readonly sends: string;
  readonly fields: readonly FormField[];
  /** Why nothing can be sent by this way at that connection, whatever is typed; null where something can. */
  impediment?(connection: Connection): Impediment | null;
  /** Where the vendor hands out what the form asks for. */
  source?(connection: Connection): VendorPage;
}

/** What stands against a way in, and what to do about it. */
export type Impediment = Pick<Failure, 'sentence' | 'next'>;

/** A form whose answer is a session. Building the request and judging the reply are two functions, so that a late answer is read alike. */
export interface FormSignIn extends Way {
  readonly kind: 'form';
  readonly operation: string;
  /** A failure of fault `input` where what was typed cannot be sent. `target` is given where the way has `targets`. */
  request(values: FormValues, connection: Connection, target?: Target): Result<Params, Failure>;
  read(reply: Reply, values: FormValues, connection: Connection, target?: Target): Result<SignedIn, Failure>;
  /** A harmless call that tells who signed in, where the sign-in's own answer does not. */
  readonly identify?: IdentityCall;
  /** The credential opens a list first, and a token is made for one entry of it. */
  readonly targets?: TargetList;
  /** The person may have the credential kept here, to mint again with it. Never offered for an account's password. */
  readonly keeps?: KeepOffer;
  /** Names the credential so that a person knows it again: "API key 4f0a…". Never a part of it that is secret. */
  nameOfCredential?(values: FormValues): string;
}

/** A credential that is checked once and gives no session: it is neither kept nor turned into a token. */
export interface CheckOnly extends Way {
  readonly kind: 'check';
  readonly operation: string;
  /** Why it is not kept. */
  readonly warning: string;
  request(values: FormValues, connection: Connection): Result<Params, Failure>;
  /** Whom the server took it for, in a sentence. */
  read(reply: Reply, values: FormValues): Result<string, Failure>;
}

/**
 * A way in by an authorization code (RFC 6749 section 4.1). The code comes back to the gateway, which keeps it for the
 * page that announced the state; no script of ours ever sees it.
 */
export interface CodeSignIn extends Way {
  readonly kind: 'code';
  /** How the code is had: by a visit to the vendor's page, or by posting a form that answers with a redirect. */
  readonly obtain:
    | {
        readonly by: 'visit';
        href(values: FormValues, connection: Connection, grant: CodeGrant): Result<string, Failure>;
      }
    | {
        readonly by: 'form';
        readonly operation: string;
        request(values: FormValues, connection: Connection, grant: CodeGrant): Result<Params, Failure>;
        /** ok: the answer was the redirect, and the code is parked. */
        read(reply: Reply): Result<null, Failure>;
      };
  /** The token operation, which uses up the code. */
  readonly operation: string;
  request(values: FormValues, connection: Connection, grant: CodeGrant): Result<Params, Failure>;
  read(reply: Reply, values: FormValues, connection: Connection, grant: CodeGrant): Result<SignedIn, Failure>;
  readonly identify?: IdentityCall;
  /** What somebody must register at the vendor before this works. */
  readonly registration: Registration;
  /** In words, for the codes with which a vendor sends the browser back instead of a code (RFC 6749 section 4.1.2.1). */
  readonly refusals: Readonly<Record<string, { readonly sentence: string; readonly next: string }>>;
}

export type SignInWay = FormSignIn | CodeSignIn | CheckOnly;

/** One try of a code sign-in: made by the page, used once. */
export interface CodeGrant {
  /** 128 random bits. */
  readonly state: string;
  readonly redirectUri: string;
  /** RFC 7636: 43 characters, and the base64url of its SHA-256. */
  readonly verifier: string;
  readonly challenge: string;
}

export interface Registration {
  /** Who must register what; the redirect URI itself is shown under it. */
  readonly sentence: string;
  /** What else decides whether it works, a sentence each. */
  readonly more?: readonly string[];
  /** The vendor's registration page, where it has one. */
  page?(connection: Connection): VendorPage;
  /** Such a page whose address needs something that only the person knows. */
  readonly pageOf?: {
    /** "Number of the project" */
    readonly label: string;
    /** "gives the link to …", behind the field while there is no link yet. */
    readonly hint: string;
    /** Undefined where what was typed cannot be it. */
    page(connection: Connection, typed: string): VendorPage | undefined;
  };
}

/** A page of the vendor's own, for a link to a new tab. */
export interface VendorPage {
  /** "Open the page of project 101" */
  readonly label: string;
  readonly href: string;
}

export interface IdentityCall {
  readonly operation: string;
  params(tokens: Tokens, connection: Connection): Params;
  /** Where the server itself answers that nobody is signed in, or that this account may not be, nobody is. */
  readonly decides?: true;
  /** `tokens` are given back where the call tells something of them: an expiry, scopes. */
  read(reply: Reply, tokens: Tokens): Result<{ readonly identity: Identity; readonly tokens?: Tokens }, Failure>;
}

export interface SignedIn {
  readonly tokens: Tokens;
  readonly identity: Identity;
  /** Secrets that came along and are not stored: shown once. */
  readonly shownOnce?: readonly ShownOnce[];
}

export interface ShownOnce {
  readonly label: string;
  readonly secret: string;
  readonly note: string;
}

/** A list that the credential opens: projects. */
export interface TargetList {
  /** "project", "projects". */
  readonly noun: { readonly one: string; readonly many: string };
  readonly operation: string;
  readonly sends: string;
  request(values: FormValues, connection: Connection): Result<Params, Failure>;
  read(reply: Reply, values: FormValues): Result<Targets, Failure>;
  /** After this failure, a harmless call that may find another spelling of the values under which the server answers: it is offered, not used. */
  readonly rescue?: Rescue;
}

export interface Targets {
  readonly targets: readonly Target[];
  /** A sentence where the list is not whole yet; null where it is. */
  readonly incomplete: string | null;
}

export interface Target {
  /** What the vendor never changes about it. */
  readonly id: string;
  readonly label: string;
}

export interface Rescue {
  /** `Failure.code`s after which it is tried. */
  readonly after: readonly string[];
  readonly operation: string;
  params(values: FormValues, connection: Connection): Params;
  /** Null where this is no way out either. */
  read(reply: Reply, values: FormValues, connection: Connection): Offer | null;
}

/** A way on after a failure, which the person takes or leaves. */
export interface Offer {
  /** What was found. */
  readonly sentence: string;
  /** What taking it does. */
  readonly button: string;
  /** What the form holds instead then; never a secret. */
  readonly values: FormValues;
}

/** A failure that may have such a way on. */
export type Refused = Failure & { readonly offer?: Offer };

export interface KeepOffer {
  readonly label: string;
  readonly hint: string;
  /** What is kept of the values, cleaned. */
  kept(values: FormValues): FormValues;
}
