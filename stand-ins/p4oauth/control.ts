/** What a test may change in this server beyond clock, faults and ledger. */
import { issueAccessToken, issueCode } from './world.ts';
import type { Person, Settings, World } from './world.ts';

export interface Registration {
  readonly redirectUri: string;
  readonly host: string;
}

export interface P4OAuthActions {
  configure(change: Partial<Settings>): Settings;
  /** Makes the person where there is none of this login; the password is `<login>-demo-password` unless given. */
  putPerson(person: { readonly login: string; readonly password?: string }): Person;
  /** The whitelist. */
  registrations(): readonly Registration[];
  /** Puts a redirect URI on the whitelist; the host is the URI's own where left out. */
  register(entry: { readonly redirectUri: string; readonly host?: string }): Registration;
  unregister(entry: { readonly redirectUri: string }): void;
  /** Where the console is called back: replaces the first entry of the whitelist. */
  setRedirectUri(entry: { readonly redirectUri: string }): Registration;
  /** A code as if this person had logged in on the page. */
  openCode(of: { readonly login: string; readonly redirectUri: string }): { readonly code: string };
  openAccessToken(of: { readonly login: string }): { readonly accessToken: string };
  /** Ends access tokens, of one person or all. */
  endAccessTokens(of?: { readonly login?: string }): { readonly ended: number };
  /** What `p4 logout` does, for one person or all: the next call gets a new ticket. */
  endTickets(of?: { readonly login?: string }): { readonly ended: number };
}

declare module '../stand-in.ts' {
  interface ActionsById {
    readonly p4oauth: P4OAuthActions;
  }
}

export function createActions(world: World): P4OAuthActions {
  return {
    configure: (change) => Object.assign(world.settings, change),
    putPerson({ login, password = `${login}-demo-password` }) {
      const person = { login, password };
      world.people.set(login, person);
      return person;
    },
    ...whitelistActions(world),
    openCode: ({ login, redirectUri }) => ({ code: issueCode(world, login, redirectUri) }),
    openAccessToken: ({ login }) => ({ accessToken: issueAccessToken(world, login) }),
    endAccessTokens: ({ login } = {}) => ({
      ended: drop(world.accessTokens, (_, token) => login === undefined || token.login === login),
    }),
    endTickets: ({ login } = {}) => ({
      ended: drop(world.tickets, (key) => login === undefined || key.startsWith(`${login} `)),
    }),
  };
}

function whitelistActions({
  hosts,
}: World): Pick<P4OAuthActions, 'registrations' | 'register' | 'unregister' | 'setRedirectUri'> {
  const register: P4OAuthActions['register'] = ({ redirectUri, host = new URL(redirectUri).host }) => {
    hosts.set(redirectUri, host);
    return { redirectUri, host };
  };
  return {
    registrations: () => [...hosts].map(([redirectUri, host]) => ({ redirectUri, host })),
    register,
    unregister({ redirectUri }) {
      if (!hosts.delete(redirectUri)) throw new Error(`${redirectUri} is not on the whitelist.`);
    },
    setRedirectUri(entry) {
      const others = [...hosts].slice(1);
      hosts.clear();
      const registered = register(entry);
      for (const [redirectUri, host] of others) hosts.set(redirectUri, host);
      return registered;
    },
  };
}

function drop<Value>(store: Map<string, Value>, isGoing: (key: string, value: Value) => boolean): number {
  const going = [...store].filter(([key, value]) => isGoing(key, value));
  for (const [key] of going) store.delete(key);
  return going.length;
}
