/** What a client sees of the server's version: the matrix of the contract's section 0.1 with the rows seen on real servers. */
export type Version = '26.7.4' | '26.5.5' | '22' | '17';

export interface Traits {
  /** A wrong password, and whatever looks like one. */
  readonly wrongPasswordStatus: 400 | 401;
  /** What a sign-in over the session limit is told. */
  readonly limitRefusal: 'page' | 'generic-authentication-error' | 'unknown-error';
  /** Refuses an origin that is not listed before it does anything; else only the answer's headers are missing. */
  readonly refusesForeignOrigin: boolean;
  readonly sessionIds: 'uuid' | 'short';
  readonly sessionStateClaim: boolean;
  /** Seconds that a session outlives its idle time. */
  readonly idleGraceSeconds: number;
  readonly sessionsSurviveRestart: boolean;
  /** Realms but master ask for e-mail and names. */
  readonly verifiesProfile: boolean;
  readonly userinfo: { readonly needsOpenid: boolean; readonly errorInBody: boolean };
  readonly tokenType: 'Bearer' | 'bearer';
  readonly refreshTokenHash: 'sha256' | 'sha512';
  /** Says "Account disabled" to a wrong password too. */
  readonly tellsDisabledToAnyone: boolean;
  /** 400 where newer servers say 401, and a Basic challenge to an `Authorization` header that is not Basic. */
  readonly olderClientErrors: boolean;
  /** Characters of one form field, and what is longer is passed over; null where there is no such limit. */
  readonly formFieldMax: number | null;
  readonly briefUsers: boolean;
  readonly countsSecondaryFailures: boolean;
  /** A refresh that asks for less may leave `openid` out. */
  readonly narrowsOpenid: boolean;
  /** To discovery of an unknown realm with `Accept: text/html`. */
  readonly htmlForUnknownRealm: { readonly status: number; readonly empty: boolean };
}

const newest: Traits = {
  wrongPasswordStatus: 400,
  limitRefusal: 'page',
  refusesForeignOrigin: true,
  sessionIds: 'short',
  sessionStateClaim: false,
  idleGraceSeconds: 0,
  sessionsSurviveRestart: true,
  verifiesProfile: true,
  userinfo: { needsOpenid: true, errorInBody: false },
  tokenType: 'Bearer',
  refreshTokenHash: 'sha512',
  tellsDisabledToAnyone: false,
  olderClientErrors: false,
  formFieldMax: 4000,
  briefUsers: true,
  countsSecondaryFailures: true,
  narrowsOpenid: true,
  htmlForUnknownRealm: { status: 500, empty: true },
};

const before266: Traits = {
  ...newest,
  wrongPasswordStatus: 401,
  refusesForeignOrigin: false,
  tellsDisabledToAnyone: true,
  formFieldMax: null,
  briefUsers: false,
  countsSecondaryFailures: false,
  narrowsOpenid: false,
  htmlForUnknownRealm: { status: 406, empty: false },
};

const before23: Traits = {
  ...before266,
  limitRefusal: 'generic-authentication-error',
  sessionIds: 'uuid',
  sessionStateClaim: true,
  idleGraceSeconds: 120,
  sessionsSurviveRestart: false,
  verifiesProfile: false,
  refreshTokenHash: 'sha256',
};

export const traitsOf: Readonly<Record<Version, Traits>> = {
  '26.7.4': newest,
  '26.5.5': before266,
  '22': before23,
  '17': {
    ...before23,
    limitRefusal: 'unknown-error',
    userinfo: { needsOpenid: false, errorInBody: true },
    tokenType: 'bearer',
    olderClientErrors: true,
  },
};
