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
  /** Undoes every `configure`. */
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
  readonly adminRoles?: readonly ('view-users' | 'manage-users' | 'query-users')[];
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
  readonly limit?: {
    readonly behavior: 'Deny new session' | 'Terminate oldest session';
    readonly errorMessage?: string;
  };
  /** Locks an account after so many failures, however slowly they came; null never does. */
  readonly lockAfterFailures?: number | null;
  /** Everything that was issued before now is stale. */
  readonly notBeforeNow?: true;
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
} as const;

/** Of the confidential client. */
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
}

export function traitsOf(version: string): Traits {
  return {
    wrongPasswordStatus: isAtLeast(version, '26.6.0') ? 400 : 401,
    refusesUnlistedOrigin: isAtLeast(version, '26.6.3'),
    tellsDisabledToAnyone: !isAtLeast(version, '26.6.0'),
    briefUsers: isAtLeast(version, '26.6.0'),
  };
}

const isAtLeast = (version: string, floor: string): boolean =>
  version.localeCompare(floor, 'en', { numeric: true }) >= 0;
