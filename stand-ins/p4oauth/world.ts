import { randomBytes, randomInt } from 'node:crypto';
import type { StandInClock } from '../clock.ts';

/** What no source states is a setting; the control's `configure` takes any part of it. */
export interface Settings {
  /** Off: a server that knows the authorization code only answers 404. */
  passwordGrant: boolean;
  /** `basic` asks for it at `/grants/token`: the login as user, the secret as password. */
  clientAuthentication: 'none' | 'basic';
  clientSecret: string;
  /** Null: a token lives until the control ends it. */
  accessTokenSeconds: number | null;
  /** On: `/grants/token` says `expires_in`. */
  reportsExpiry: boolean;
  codeSeconds: number;
  /** What `/p4token` hands out; only the first is documented. */
  ticketAs: 'text' | 'json' | 'login-page' | 'empty';
  /** How the password grant refuses: by sending the browser back with an error, or by a status of its own. */
  refusal: 'redirect' | 'status';
  errorShape: 'json' | 'text' | 'html';
}

export interface Person {
  readonly login: string;
  password: string;
}

export interface Code {
  readonly login: string;
  readonly redirectUri: string;
  readonly endsMs: number;
}

export interface AccessToken {
  readonly login: string;
  readonly endsMs: number;
}

export interface Ticket {
  readonly value: string;
  readonly endsMs: number;
}

export interface World {
  readonly clock: StandInClock;
  readonly settings: Settings;
  readonly people: Map<string, Person>;
  /** Whitelisted redirect URI, to the host of the application behind it. */
  readonly hosts: Map<string, string>;
  readonly codes: Map<string, Code>;
  readonly accessTokens: Map<string, AccessToken>;
  /** By login and host. */
  readonly tickets: Map<string, Ticket>;
  reset(): void;
}

export const demo = {
  /** Where the demo's console is called back. */
  redirectUri: 'http://localhost:4600/callback/p4oauth-demo',
  /** Another application that the same server knows. */
  otherRedirectUri: 'https://reviews.example.test/p4oauth/callback',
  clientSecret: 'not-a-real-p4oauth-secret',
} as const;

const startSettings = (): Settings => ({
  passwordGrant: true,
  clientAuthentication: 'none',
  clientSecret: demo.clientSecret,
  accessTokenSeconds: 43_200,
  reportsExpiry: false,
  codeSeconds: 600,
  ticketAs: 'text',
  refusal: 'redirect',
  errorShape: 'json',
});

/** The default of a p4d server. */
const ticketLifeMs = 43_200_000;

export function createWorld(clock: StandInClock): World {
  const world: World = {
    clock,
    settings: startSettings(),
    people: new Map(),
    hosts: new Map(),
    codes: new Map(),
    accessTokens: new Map(),
    tickets: new Map(),
    reset() {
      Object.assign(world.settings, startSettings());
      for (const store of [world.people, world.hosts, world.codes, world.accessTokens, world.tickets]) store.clear();
      for (const login of ['alice', 'bob']) world.people.set(login, { login, password: `${login}-demo-password` });
      for (const uri of [demo.redirectUri, demo.otherRedirectUri]) world.hosts.set(uri, new URL(uri).host);
    },
  };
  world.reset();
  return world;
}

export function signIn({ people }: World, login: string, password: string): Person | null {
  const person = people.get(login);
  return person?.password === password ? person : null;
}

export function issueCode({ clock, codes, settings }: World, login: string, redirectUri: string): string {
  const code = randomBytes(16).toString('hex');
  codes.set(code, { login, redirectUri, endsMs: clock.nowMs() + settings.codeSeconds * 1000 });
  return code;
}

/** Whatever becomes of it, a code that was presented is gone. */
export function takeCode({ clock, codes }: World, value: string): Code | null {
  const code = codes.get(value);
  codes.delete(value);
  return code && clock.nowMs() < code.endsMs ? code : null;
}

export function issueAccessToken({ clock, accessTokens, settings }: World, login: string): string {
  const digits = (length: number) => Array.from({ length }, () => randomInt(10)).join('');
  const token = `A${digits(6)}-${digits(6)}-${digits(9)}`;
  const lifeSeconds = settings.accessTokenSeconds ?? Infinity;
  accessTokens.set(token, { login, endsMs: clock.nowMs() + lifeSeconds * 1000 });
  return token;
}

export function liveAccessToken({ clock, accessTokens }: World, value: string): AccessToken | null {
  const token = accessTokens.get(value);
  return token && clock.nowMs() < token.endsMs ? token : null;
}

/** The p4d ticket of this login for this host: the same one until it ends. */
export function ticketFor({ clock, tickets }: World, login: string, host: string): string {
  const key = `${login} ${host}`;
  const known = tickets.get(key);
  if (known && clock.nowMs() < known.endsMs) return known.value;
  const value = randomBytes(16).toString('hex').toUpperCase();
  tickets.set(key, { value, endsMs: clock.nowMs() + ticketLifeMs });
  return value;
}
