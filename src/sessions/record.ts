import type { Identity, Tokens } from '../providers/tokens.ts';

/**
 * What one sign-in opened, as it is stored. Only the server ends a session; everything a screen shows about its state is
 * derived from this record and a clock (`status.ts`). Times are milliseconds on the hybrid clock.
 */
export interface SessionRecord {
  readonly id: string;
  readonly connection: string;
  readonly provider: string;
  /** The server that the secrets belong to. Every call sends it, and the gateway refuses another. */
  readonly baseUrl: string;
  readonly identity: Identity;
  /** Which way in and which credential opened it, so that a dead key shows every token that it minted. */
  readonly lineage: Lineage;
  /** Null once they are of no use: ended, or the refresh token is dead and the access token over. */
  readonly tokens: Tokens | null;
  /** Raised by every new pair of tokens and by every loss of one, never lowered. Names the pair that a refresh token belongs to. */
  readonly generation: number;
  /** Raised by every write. The compare-and-set reads it. */
  readonly revision: number;
  /** A refresh that was begun and not yet settled. */
  readonly intent: Intent | null;
  /** An earlier refresh was sent and its answer is missing: the refresh token may be used up. */
  readonly uncertain: Uncertain | null;
  /** Refused for a while: nothing is sent before `untilMs`. */
  readonly waiting: Waiting | null;
  /** Failures in a row that nobody was to blame for; sets the back-off. Zero after an answer. */
  readonly failures: number;
  /** The server's word that it is over, in words; null while it may live. */
  readonly signInNeeded: SignInNeeded | null;
  readonly ended: Ended | null;
  readonly keepFresh: boolean;
  /** It takes one of a limited number of sessions at the vendor. */
  readonly holdsSlot: boolean;
  /** The first access token's life: a later one of less than a quarter means that the vendor's own end is near. */
  readonly firstLifeMs: number | null;
  readonly openedAtMs: number;
  /** How many times a new pair was stored. */
  readonly refreshes: number;
  /** When the present pair was asked for. */
  readonly refreshedAtMs: number;
  readonly copiedAtMs: number | null;
}

export interface Lineage {
  /** The way in: decides how the session refreshes, ends and travels. */
  readonly way: string;
  readonly label: string;
  /** The credential itself, by a name that tells nothing: sessions of one credential share it. */
  readonly credential: string;
  /** That credential is kept here, to mint again with. */
  readonly kept: boolean;
}

export interface Intent {
  readonly generation: number;
  /** By this the gateway knows the call again. */
  readonly nonce: string;
  /** The gateway's life that the call is for. */
  readonly boot: string;
  readonly sentAtMs: number;
  /** The old token, sent once more because an answer went missing. */
  readonly probe: boolean;
}

export interface Uncertain {
  readonly sinceMs: number;
  /** The one probe was spent. */
  readonly probed: boolean;
}

export interface Waiting {
  /** Null where no time helps: the person, or a changed connection, ends the wait. */
  readonly untilMs: number | null;
  readonly reason: string;
  /** The server named this moment: a person waits for it as well. */
  readonly asked?: boolean | undefined;
}

/** The code of a session whose credential is dead at the vendor, which tells nothing certain of its token. */
export const credentialDead = 'credential-dead';

export interface SignInNeeded {
  readonly sinceMs: number;
  readonly code: string;
  readonly sentence: string;
}

export interface Ended {
  readonly atMs: number;
  /** What proved it, in words; null where nothing did. */
  readonly evidence: string | null;
  readonly how: 'logged-out' | 'forgotten';
}

/** The credential was kept here until the server refused it. */
export const wasRemoved = ({ lineage, signInNeeded }: SessionView): boolean =>
  !lineage.kept && signInNeeded?.code === credentialDead;

/** A record without what must not reach a screen's memory: what React reads. */
export type SessionView = Omit<SessionRecord, 'tokens'> & { readonly tokens: TokensView | null };

export type TokensView = Omit<Tokens, 'accessToken' | 'refreshToken'> & { readonly refreshable: boolean };

export function viewOf(record: SessionRecord): SessionView {
  if (!record.tokens) return { ...record, tokens: null };
  const { accessToken: _access, refreshToken, ...rest } = record.tokens;
  return { ...record, tokens: { ...rest, refreshable: refreshToken !== undefined || record.lineage.kept } };
}
