/** What a test may change in this server beyond clock, faults and ledger. */
import { createAccessKey, purgeAccessKeys } from './access-keys.ts';
import type { AccessKey, NewAccessKey } from './access-keys.ts';
import { clientIdOf, endGrant, isRegistrable, issueTokens, openGrant } from './oauth-store.ts';
import type { IssuedPair, OAuthApp } from './oauth-store.ts';
import { byUsername } from './people.ts';
import type { NewPerson, Person } from './people.ts';
import { createRestToken, systemCheck } from './rest-tokens.ts';
import { newVerifier, prefixes, writeSplitToken } from './split-token.ts';
import { openWebSession, sessionCookie } from './web-sessions.ts';
import { addPerson } from './world.ts';
import type { Settings, World } from './world.ts';

interface Of {
  readonly username: string;
}

export interface GrantSummary {
  readonly id: number;
  readonly username: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly codeUsed: boolean;
  /** Rows that are there, expired or not. */
  readonly accessTokens: number;
  readonly refreshTokens: number;
}

export interface TuleapActions {
  configure(change: Partial<Settings>): Settings;
  /** Makes the person where there is none of this name; the password is `<name>-demo-password` unless given. */
  putPerson(person: NewPerson): Person;
  /** The account is gone, and what it owned stays behind. */
  removePerson(of: Of): void;
  /** As the account's owner would: grants and web sessions end, keys and tokens do not. */
  changePassword(change: Of & { readonly password: string }): void;
  /** A key as if this person had made it. `expiresInSeconds` may be negative. */
  addKey(
    key: Of &
      Pick<NewAccessKey, 'description' | 'scopes' | 'createdAt' | 'lastUsedAt' | 'lastUsedBy'> & {
        readonly expiresInSeconds?: number;
      },
  ): {
    readonly identifier: string;
  };
  /** Every row, also what no list shows. */
  keys(of: Of): readonly Omit<AccessKey, 'hash'>[];
  /** Removes expired keys. */
  dailyJob(): { readonly keysRemoved: number };
  openToken(of: Of): { readonly userId: number; readonly token: string };
  /** Removes tokens of more than 24 hours. */
  systemCheck(): { readonly tokensRemoved: number };
  /** A `Cookie` header as if this person's browser were signed in. */
  openWebSession(of: Of): { readonly cookie: string };
  /** Registers an app with a new secret, or changes the one of this name. */
  putApp(
    app: Partial<Omit<OAuthApp, 'id' | 'name'>> & { readonly name: string },
  ): OAuthApp & { readonly clientId: string };
  /** Where the console is called back: changes the demo's app. Refused as at registration. */
  setRedirectUri(entry: { readonly redirectUri: string }): { readonly clientId: string };
  /** Tokens as if this person had authorized the demo's app. */
  openGrant(of: Of & { readonly scopes?: readonly string[] }): IssuedPair;
  grants(): readonly GrantSummary[];
  /** As on the person's own page: ends every grant of the person, and forgets the consents. */
  endGrants(of: Of): { readonly ended: number };
}

declare module '../stand-in.ts' {
  interface ActionsById {
    readonly tuleap: TuleapActions;
  }
}

export function createActions(world: World): TuleapActions {
  return {
    configure: (change) => Object.assign(world.settings, change),
    ...peopleActions(world),
    ...credentialActions(world),
    ...oauthActions(world),
  };
}

type Part<Key extends keyof TuleapActions> = Pick<TuleapActions, Key>;

function personOf({ people }: World, { username }: Of): Person {
  const person = byUsername(people, username);
  if (!person) throw new Error(`Nobody here is called ${username}.`);
  return person;
}

function peopleActions(world: World): Part<'putPerson' | 'removePerson' | 'changePassword'> {
  return {
    putPerson(fields) {
      const known = byUsername(world.people, fields.username);
      return known ? Object.assign(known, fields) : addPerson(world, fields);
    },
    removePerson: (of) => void world.people.delete(personOf(world, of).id),
    changePassword({ password, ...of }) {
      const person = personOf(world, of);
      person.password = password;
      for (const [cookie, { userId }] of world.webSessions) if (userId === person.id) world.webSessions.delete(cookie);
      endGrantsOf(world, person.id);
    },
  };
}

function credentialActions(
  world: World,
): Part<'addKey' | 'keys' | 'dailyJob' | 'openToken' | 'systemCheck' | 'openWebSession'> {
  return {
    addKey({ username, expiresInSeconds, ...fields }) {
      const endsAt = expiresInSeconds === undefined ? null : world.clock.nowSeconds() + expiresInSeconds;
      return { identifier: createAccessKey(world, personOf(world, { username }).id, { ...fields, endsAt }) };
    },
    keys(of) {
      const { id: userId } = personOf(world, of);
      const own = [...world.accessKeys.values()].filter((key) => key.userId === userId);
      return own.map(({ hash: _hash, ...row }) => row);
    },
    dailyJob: () => ({ keysRemoved: purgeAccessKeys(world) }),
    openToken(of) {
      const { userId, token } = createRestToken(world, personOf(world, of).id);
      return { userId, token };
    },
    systemCheck: () => ({ tokensRemoved: systemCheck(world) }),
    openWebSession: (of) => ({ cookie: `${sessionCookie}=${openWebSession(world, personOf(world, of).id)}` }),
  };
}

function oauthActions(world: World): Part<'putApp' | 'setRedirectUri' | 'openGrant' | 'grants' | 'endGrants'> {
  const demoApp = (): OAuthApp => {
    const app = world.apps.get(1);
    if (!app) throw new Error('The demo’s app is gone.');
    return app;
  };
  const putApp: TuleapActions['putApp'] = ({ name, ...fields }) => {
    if (fields.redirectUri !== undefined) checkRegistrable(fields.redirectUri);
    const known = [...world.apps.values()].find((app) => app.name === name);
    const app = known ? Object.assign(known, fields) : addApp(world, name, fields);
    return { ...app, clientId: clientIdOf(app) };
  };
  return {
    putApp,
    setRedirectUri: ({ redirectUri }) => ({ clientId: putApp({ name: demoApp().name, redirectUri }).clientId }),
    openGrant({ username, scopes = ['openid', 'profile', 'offline_access', 'read:project'] }) {
      const wish = { appId: demoApp().id, userId: personOf(world, { username }).id, scopes };
      openGrant(world, { ...wish, challenge: null, nonce: null, signedInAt: world.clock.nowSeconds() });
      const grant = [...world.grants.values()].at(-1);
      if (!grant) throw new Error('The grant is gone.');
      grant.codeUsed = true;
      return issueTokens(world, grant.id, scopes);
    },
    grants: () =>
      [...world.grants.values()].map(({ id, userId, appId, scopes, codeUsed }) => ({
        id,
        username: world.people.get(userId)?.username ?? '',
        clientId: clientIdOf({ id: appId }),
        ...{ scopes, codeUsed },
        accessTokens: [...world.accessTokens.values()].filter(({ grantId }) => grantId === id).length,
        refreshTokens: [...world.refreshTokens.values()].filter(({ grantId }) => grantId === id).length,
      })),
    endGrants: (of) => ({ ended: endGrantsOf(world, personOf(world, of).id) }),
  };
}

function addApp(world: World, name: string, fields: Partial<OAuthApp>): OAuthApp {
  const id = world.nextId('app');
  const app: OAuthApp = {
    id,
    name,
    projectId: 101,
    redirectUri: 'https://app.example.test/callback',
    secret: writeSplitToken(prefixes.clientSecret, { id, verifier: newVerifier() }),
    forcePkce: false,
    active: true,
    ...fields,
  };
  world.apps.set(id, app);
  return app;
}

function checkRegistrable(redirectUri: string): void {
  if (isRegistrable(redirectUri)) return;
  throw new Error('A redirection endpoint is https, or http://localhost, and has no fragment.');
}

function endGrantsOf(world: World, userId: number): number {
  const own = [...world.grants.values()].filter((grant) => grant.userId === userId);
  for (const { id } of own) endGrant(world, id);
  for (const key of world.consents.keys()) if (key.startsWith(`${userId} `)) world.consents.delete(key);
  return own.length;
}
