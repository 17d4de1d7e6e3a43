import { plainText, shownName } from '../../http/redact.ts';
import { pastedJwts, textClaim, type PastedJwt } from '../pasted-jwts.ts';
import type { Candidate } from '../recognised.ts';

const READ_MAX = 65_536;
const CANDIDATES_MAX = 4;
/** The last second that a `Date` can hold. */
const LATEST_S = 8.64e12;
const REALM = /\/realms\/[^/]+$/;

export const kinds = {
  refreshToken: { kind: 'refresh-token', noun: 'refresh token' },
  accessToken: { kind: 'access-token', noun: 'access token' },
  personalToken: { kind: 'personal-token', noun: 'personal token' },
  account: { kind: 'account', noun: 'account' },
} as const;

type Kind = (typeof kinds)[keyof typeof kinds];

/** Keycloak writes into its tokens what they are; without that, it signs refresh tokens with a secret of its own. */
export function recognise(text: string): readonly Candidate[] {
  return pastedJwts(text.slice(0, READ_MAX))
    .flatMap((jwt) => candidateOf(jwt) ?? [])
    .slice(0, CANDIDATES_MAX);
}

function candidateOf(jwt: PastedJwt): Candidate | undefined {
  const issuer = textClaim(jwt, 'iss');
  if (issuer === undefined || !REALM.test(issuer)) return undefined;
  const typ = textClaim(jwt, 'typ');
  const alg = typeof jwt.header['alg'] === 'string' ? jwt.header['alg'] : '';
  if (typ === 'Refresh' || typ === 'Offline') {
    return candidate(jwt, issuer, kinds.refreshToken, 'certain', `It says of itself that it is of the kind “${typ}”.`);
  }
  if (typ === 'Bearer') {
    return candidate(jwt, issuer, kinds.accessToken, 'certain', 'It says of itself that it is of the kind “Bearer”.');
  }
  // An id token opens nothing.
  if (typ !== undefined) return undefined;
  return alg.startsWith('HS')
    ? candidate(jwt, issuer, kinds.refreshToken, 'likely', 'It is of a realm, and signed as refresh tokens are.')
    : candidate(jwt, issuer, kinds.accessToken, 'likely', 'It is of a realm, and signed as access tokens are.');
}

function candidate(
  jwt: PastedJwt,
  issuer: string,
  { kind, noun }: Kind,
  certainty: Candidate['certainty'],
  words: string,
): Candidate {
  return {
    ...{ kind, noun, certainty, words },
    issuer: plainText(issuer),
    id: null,
    secret: jwt.token,
    secrets: { token: jwt.token },
    facts: factsOf(jwt),
  };
}

/** Which session and person it is of, and when it ends: nothing of that is secret. */
export function factsOf(jwt: PastedJwt): Readonly<Record<string, string>> {
  const { exp } = jwt.claims;
  const [session, person, name] = ['sid', 'sub', 'preferred_username'].map((claim) => textClaim(jwt, claim));
  return {
    ...(session !== undefined && { sid: session }),
    ...(person !== undefined && { sub: person }),
    ...(name !== undefined && { name: shownName(name) }),
    ...(typeof exp === 'number' && exp > 0 && exp <= LATEST_S && { endsMs: String(exp * 1_000) }),
  };
}
