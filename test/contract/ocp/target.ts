/**
 * A server that speaks OCP's contract: the stand-in, or a real Keycloak. The rows of the contract run against either
 * through this face, in raw HTTP, so that they judge the servers and nothing of ours.
 */
export interface Target {
  readonly name: string;
  /** `26.7.4` */
  readonly version: string;
  /** With the `/auth` prefix, without a slash at the end. */
  readonly baseUrl: string;
  /** The same server by another host name, which makes it another issuer. */
  readonly otherBaseUrl: string;
  /** May do everything in the admin API; signs in with the client `admin-cli`. */
  readonly administrator: Credentials;
  /** Somebody without sessions, whom no other test knows. */
  addPerson(fields?: PersonFields): Promise<Person>;
  /** People whose names nobody could register today: as an administrator brings them over from elsewhere. Lower case. */
  importPeople(usernames: readonly string[]): Promise<void>;
  changePerson(
    person: Person,
    change: { readonly enabled?: boolean; readonly requiredActions?: readonly string[] },
  ): Promise<void>;
  configure(change: RealmChange): Promise<void>;
  /** Changes the second realm. */
  configureBranch(change: BranchChange): Promise<void>;
  /** Undoes every `configure` and `configureBranch`. */
  restore(): Promise<void>;
  /** Lets the server's clock move on. */
  pass(seconds: number): Promise<void>;
}

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

export interface Person extends Credentials {
  readonly id: string;
  /** A one-time code that is right now; only for a person who was added with one. */
  oneTimeCode(): string;
}

export interface PersonFields {
  readonly enabled?: boolean;
  readonly requiredActions?: readonly string[];
  readonly oneTimeCodes?: boolean;
  /** Roles of the admin API. */
  readonly adminRoles?: readonly ('view-users' | 'manage-users' | 'query-users' | 'view-clients' | 'view-realm')[];
  /** Roles of the account API instead of the two that everybody has. */
  readonly accountRoles?: readonly ('manage-account' | 'view-profile' | 'manage-account-links')[];
  /** The user name begins so. */
  readonly named?: string;
}

export interface RealmChange {
  /** A refresh token works once. */
  readonly rotation?: boolean;
  readonly accessSeconds?: number;
  readonly idleSeconds?: number;
  readonly sessionSecondsMax?: number;
  /** Of a client's part in a session; 0 is as long as the session. */
  readonly clientSessionSecondsMax?: number;
  readonly limit?: {
    /** Null: whoever set the limit up chose none. */
    readonly behavior: 'Deny new session' | 'Terminate oldest session' | null;
    readonly errorMessage?: string;
    /** Sessions of one user in the realm, and of one user with the client that signs in; 0 is off. */
    readonly inRealmMax?: number;
    readonly withClientMax?: number;
  };
  /** Locks an account after so many failures, however slowly they came; null never does. */
  readonly lockAfterFailures?: number | null;
  /** Everything that was issued before now is stale. */
  readonly notBeforeNow?: true;
  /** The client `laterConsent` asks for consent from now on. */
  readonly asksConsent?: boolean;
}

export interface BranchChange {
  readonly enabled?: boolean;
  /** `all`: over https alone, from the same machine too. */
  readonly sslRequired?: 'external' | 'all';
  /** Off: nobody manages an account of their own. */
  readonly accountClient?: boolean;
}

/** What stands in every target beside the people: the limit, the clients, and the origin that `ocp` lists. */
export const sessionsMax = 5;
export const listedOrigin = 'http://localhost:5173';
export const clients = {
  limited: 'ocp',
  otherPublic: 'admin-cli',
  confidential: 'reports',
  consentRequired: 'partner',
  withoutDirectGrant: 'web-only',
  disabled: 'retired',
  bearerOnly: 'orders-api',
  /** Its tokens carry neither roles nor audience. */
  trimmed: 'trimmed',
  withoutRefreshTokens: 'kiosk',
  laterConsent: 'newcomer',
} as const;

/** A second realm, as new realms are set up. The client of the name `otherPublic` is in it too. */
export const branch = {
  realm: 'branch',
  person: { username: 'alice', password: 'alice-demo-password' },
  /** Has neither e-mail nor names. */
  nameless: { username: 'nameless', password: 'nameless-demo-password' },
  /** May do everything in that realm and nothing beside it. */
  administrator: { username: 'keeper', password: 'keeper-demo-password' },
} as const;

/** Of the confidential client, which has a service account. */
export const clientSecret = 'not-a-real-client-secret';

/** Where versions differ, by the contract's section 0.1 and what was seen. */
export interface Traits {
  /** A wrong password, and whatever must look like one. */
  readonly wrongPasswordStatus: 400 | 401;
  /** An origin that is not listed is refused before anything happens; else the sign-in happens unseen by the page. */
  readonly refusesUnlistedOrigin: boolean;
  /** Seen on 26.5.5 and not on 26.7.4; at which version between them it changed is not known. */
  readonly tellsDisabledToAnyone: boolean;
  /** Leaves the large description of the profile out of a list of people where it is asked to. */
  readonly briefUsers: boolean;
  /** Counts the failures of a second factor by themselves. */
  readonly countsSecondaryFailures: boolean;
  /** Leaves out what is longer than a form field may be. */
  readonly dropsLongFields: boolean;
  /** A refresh that asks for less may leave the scope `openid` out. */
  readonly narrowsOpenid: boolean;
  /** Of discovery of an unknown realm, to somebody who wants a page. */
  readonly pageOfUnknownRealmStatus: 406 | 500;
}

export function traitsOf(version: string): Traits {
  return {
    wrongPasswordStatus: isAtLeast(version, '26.6.0') ? 400 : 401,
    refusesUnlistedOrigin: isAtLeast(version, '26.6.3'),
    tellsDisabledToAnyone: !isAtLeast(version, '26.6.0'),
    briefUsers: isAtLeast(version, '26.6.0'),
    countsSecondaryFailures: isAtLeast(version, '26.6.0'),
    dropsLongFields: isAtLeast(version, '26.5.7'),
    narrowsOpenid: isAtLeast(version, '26.6.0'),
    pageOfUnknownRealmStatus: isAtLeast(version, '26.6.0') ? 500 : 406,
  };
}

const isAtLeast = (version: string, floor: string): boolean =>
  version.localeCompare(floor, 'en', { numeric: true }) >= 0;
