/**
 * OCP has no keys here: its tokens, the sessions behind them, and accounts. Facts and sources: docs/vendors/ocp.md.
 *
 * Hidden behind this face: a log out and the end of a session are accepted for anything; a refresh that must fail may
 * succeed, and then hands over something new to end; an access token outlives its session where nobody asks the server.
 */
import type { BareThing } from '../ending.ts';
import type { KeysFace } from '../keys-face.ts';
import { pastedJwts } from '../pasted-jwts.ts';
import { checkOfAccessToken, endingsOfAccessToken } from './access-token-endings.ts';
import { containment, endingsOfAccount } from './account-endings.ts';
import { realmOf } from './connection.ts';
import { compromisedPassword, endElsewhere, guidedPersonalToken, personalToken } from './key-guides.ts';
import { factsOf, kinds, recognise } from './key-recognise.ts';
import { checkOfRefreshToken, endingsOfRefreshToken } from './refresh-token-endings.ts';

const nounOf = (kind: string): string => Object.values(kinds).find((each) => each.kind === kind)?.noun ?? kind;

const bare = (kind: string, facts: BareThing['facts'], name = nounOf(kind)): BareThing => ({
  ...{ kind, name, facts },
  id: null,
  row: null,
});

export const keys: KeysFace = {
  kinds: Object.values(kinds).map((each) => ({ ...each, listed: false })),
  recognise,
  fits({ issuer }, connection) {
    if (issuer === null || !URL.canParse(issuer)) return 'perhaps';
    const path = `/realms/${encodeURIComponent(realmOf(connection))}`;
    if (issuer === `${connection.baseUrl}${path}`) return 'yes';
    // A server may write another address than the one under which it is reached, but no other realm.
    return issuer.endsWith(path) ? 'perhaps' : 'no';
  },
  thingOf: ({ kind, facts: { name, ...facts } }) =>
    bare(kind, facts, name === undefined ? undefined : `${nounOf(kind)} of ${name}`),
  thingOfSession({ identity }, { accessToken, refreshToken, serverSessionId }) {
    const [jwt] = pastedJwts(accessToken);
    const { endsMs, ...read } = jwt ? factsOf(jwt) : {};
    const { kind, noun } = refreshToken === undefined ? kinds.accessToken : kinds.refreshToken;
    const facts = {
      ...(serverSessionId !== undefined && { sid: serverSessionId }),
      ...read,
      ...(endsMs !== undefined && { [refreshToken === undefined ? 'endsMs' : 'accessEndsMs']: endsMs }),
    };
    return bare(kind, facts, `${noun} of ${identity.name}`);
  },
  thingOfRow: ({ kind }) => bare(kind, {}),
  secretsOf(kind, { accessToken, refreshToken }): Readonly<Record<string, string>> {
    if (kind === kinds.accessToken.kind) return { token: accessToken };
    return kind === kinds.refreshToken.kind && refreshToken !== undefined ? { token: refreshToken } : {};
  },
  endings(thing, means, connection) {
    switch (thing.kind) {
      case kinds.personalToken.kind:
        return [guidedPersonalToken];
      case kinds.refreshToken.kind:
        return endingsOfRefreshToken(thing, means, connection);
      case kinds.accessToken.kind:
        return endingsOfAccessToken(thing, means, connection);
      case kinds.account.kind:
        return endingsOfAccount(thing, means, connection);
      default:
        return [];
    }
  },
  check(thing, means, connection) {
    if (thing.kind === kinds.refreshToken.kind) return checkOfRefreshToken(thing, means, connection);
    return thing.kind === kinds.accessToken.kind ? checkOfAccessToken(thing, means, connection) : null;
  },
  routes(thing, connection) {
    if (thing.kind === kinds.personalToken.kind) return [personalToken];
    return [endElsewhere(connection), compromisedPassword(connection)];
  },
  unlisted:
    'OCP’s identity service has no keys. Personal tokens are made and revoked in the OCP Console alone: Access Management, then Personal Tokens.',
  containment,
};
