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
  /** It may hold its place at the vendor although nothing refreshes it here any more. Only where it takes one. */
  readonly leftover?: Leftover;
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
  /** Of one that was logged out: the place that it goes on holding where the server took no notice. */
  readonly place?: Omit<Leftover, 'refreshToken'>;
}

/** What is left of a session that nobody was told to be over. */
export interface Leftover {
  /** Ends it at the vendor, even when it refreshes nothing any more. Undefined where it was dropped: it was forgotten. */
  readonly refreshToken?: string;
  /** The session's name at the vendor, where it has one. */
  readonly serverSessionId?: string;
  /** The latest time at which the vendor frees its place by itself; null where nobody said. */
  readonly untilMs: number | null;
}

/** The credential was kept here until the server refused it. */
export const wasRemoved = ({ lineage, signInNeeded }: SessionView): boolean =>
  !lineage.kept && signInNeeded?.code === credentialDead;

/** A record without what must not reach a screen's memory: what React reads. */
export type SessionView = Omit<SessionRecord, 'tokens' | 'leftover'> & {
  readonly tokens: TokensView | null;
  readonly leftover?: LeftoverView;
  /** Where this waits in the memory of this tab: what is stored meanwhile; null where nothing is. */
  readonly stored?: SessionView | null;
};

/** `freeable`: what ends it is here. */
export type LeftoverView = Omit<Leftover, 'refreshToken'> & { readonly freeable: boolean };

export type TokensView = Omit<Tokens, 'accessToken' | 'refreshToken'> & {
  readonly refreshable: boolean;
  /** By a refresh token, which works once; a kept credential mints as often as it likes. */
  readonly spends: boolean;
};

export function viewOf({ leftover, ...record }: SessionRecord): SessionView {
  const { refreshToken: ends, ...told } = leftover ?? { untilMs: null };
  const left = leftover && { leftover: { ...told, freeable: ends !== undefined } };
  if (!record.tokens) return { ...record, ...left, tokens: null };
  const { accessToken: _access, refreshToken, ...rest } = record.tokens;
  const spends = refreshToken !== undefined;
  const tokens = { ...rest, spends, refreshable: spends || record.lineage.kept };
  return { ...record, ...left, tokens };
}

/** The newest that is known of each: where that could not be stored yet, what waits in the memory of this tab. */
export function newestOf(
  known: readonly SessionView[],
  held: ReadonlyMap<string, SessionRecord>,
): readonly SessionView[] {
  const views = new Map(known.map((view) => [view.id, view]));
  for (const [id, record] of held) {
    const stored = views.get(id) ?? null;
    // Another tab may have gone on from what is stored: then this one is tried anew over that.
    if (!stored || stored.revision < record.revision) views.set(id, { ...viewOf(record), stored });
  }
  return [...views.values()];
}
