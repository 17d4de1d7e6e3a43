/**
 * What a vendor's folder shows to the rest of the console. One face per vendor; screens ask for a member and never for a
 * name. An optional member is a capability: where it is absent the vendor has no such thing, and the screen says so.
 */
import type { Reply } from '../http/call.ts';
import type { Connection } from '../http/envelope.ts';
import type { ErrorFacts, ErrorRow } from '../http/failure.ts';
import type { Operations, Params } from '../http/operation.ts';
import type { ProviderSettings } from '../http/settings.ts';
import type { KeysFace } from './keys-face.ts';
import type { ServerSessionsFace } from './server-sessions-face.ts';
import type { SessionFace } from './session-face.ts';
import type { SignInWay, VendorPage } from './sign-in-way.ts';

/** Loaded with the shell: what navigation and routes need, and nothing that costs a byte more. */
export interface Manifest<Id extends string = string> {
  readonly id: Id;
  readonly name: string;
  /** `/ocp` */
  readonly route: string;
  /** One line under the name. */
  readonly summary: string;
  /**
   * What ends a session at the vendor, by the way in that opened it: so much of a session's face the rows of sessions
   * need, and they show before any vendor's code is loaded.
   */
  readonly logOut: Readonly<Record<string, 'by-any-token' | 'by-refresh-token' | 'impossible'>>;
  /** What a session carries, by the way in that opened it, where it is no token that was made for it: "access key". */
  readonly carries?: Readonly<Record<string, string>>;
}

/** A harmless call without a credential that shows whether the server is there and set up as the connection says. */
export interface Doctor {
  readonly operation: string;
  readonly params: Params;
  /** `clear`, or what is wrong and how to mend it: in `next` where a table of errors has the words. */
  read(
    reply: Reply,
    connection: Connection,
  ): { readonly standing: 'clear' | 'attention'; readonly sentence: string; readonly next?: string };
}

export interface Provider extends Manifest {
  readonly words: { readonly key: string; readonly token: string; readonly session: string };
  readonly operations: Operations;
  readonly settings: ProviderSettings;
  readonly errors: readonly ErrorRow[];
  /** The machine-readable part of a reply, whatever the status; never throws. */
  readError(reply: Reply): ErrorFacts;
  /** Best first. */
  readonly signIn: readonly SignInWay[];
  /** How the sessions of that way in behave. Throws where the vendor has no such way. */
  sessionFace(way: string): SessionFace;
  /** A sign-in takes one of a limited number of sessions; null where the vendor has no such limit. */
  readonly slots: ((connection: Connection) => SlotRule) | null;
  /** What lists and ends a user's sessions at the server; fetched when somebody looks at them. */
  serverSessions?(): Promise<ServerSessionsFace>;
  readonly doctor: Doctor;
  /**
   * Its keys, and what else can be ended: a part that is fetched when somebody looks at them. Absent: nothing of this
   * vendor opens an account.
   */
  readonly keys?: () => Promise<KeysFace>;
  readonly limits: { readonly inFlightMax: number; readonly documented: string };
}

export interface SlotRule {
  /** Sessions that a user may hold at once; `none` where the operator says there is no limit, `unknown` where nobody knows. */
  readonly limit: number | 'none' | 'unknown';
  /** Where users see and end their own sessions at the vendor. */
  readonly pages: readonly VendorPage[];
  /** The server makes room by ending the session that was used least recently, instead of refusing the next. */
  readonly endsOldest?: true;
}

/** Keeps a face's literal types while checking it against the contract. */
export const defineProvider = <const P extends Provider>(provider: P): P => provider;
