/** Raw HTTP to a target: one function a call, no judgement. */
import { clients, type Credentials, type Target } from './target.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body where it is a JSON object, else empty. */
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly session: string;
}

type Fields = Readonly<Record<string, string>>;

const token = '/realms/master/protocol/openid-connect/token';
const json = { accept: 'application/json' };

export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** Posts a form as `ocp`; a field that is set to the empty string is left out. */
export function post(target: Target, path: string, fields: Fields, headers: Fields = {}): Promise<Answer> {
  const all: Fields = { client_id: clients.limited, ...fields };
  const sent = Object.entries(all).filter(([, value]) => value !== '');
  return send(`${target.baseUrl}${path}`, {
    method: 'POST',
    body: new URLSearchParams(sent),
    headers: { ...json, ...headers },
  });
}

export const postToken = (target: Target, fields: Fields, headers?: Fields): Promise<Answer> =>
  post(target, token, fields, headers);

export const signIn = (target: Target, who: Credentials, fields: Fields = {}, headers?: Fields): Promise<Answer> =>
  postToken(target, { grant_type: 'password', username: who.username, password: who.password, ...fields }, headers);

export const refresh = (target: Target, refreshToken: string, headers?: Fields): Promise<Answer> =>
  postToken(target, { grant_type: 'refresh_token', refresh_token: refreshToken }, headers);

export const logOut = (target: Target, refreshToken: string, headers?: Fields): Promise<Answer> =>
  post(target, '/realms/master/protocol/openid-connect/logout', { refresh_token: refreshToken }, headers);

export const revoke = (target: Target, revoked: string): Promise<Answer> =>
  post(target, '/realms/master/protocol/openid-connect/revoke', { token: revoked });

export const userinfo = (target: Target, accessToken: string): Promise<Answer> =>
  send(`${target.baseUrl}/realms/master/protocol/openid-connect/userinfo`, { headers: bearer(accessToken) });

export const accountSessions = (target: Target, headers: Fields): Promise<Answer> =>
  send(`${target.baseUrl}/realms/master/account/sessions`, { headers });

export const bearer = (accessToken: string): Fields => ({ authorization: `Bearer ${accessToken}` });

/** Signs in where that must work: anything else fails the test with what the server said. */
export async function signedIn(target: Target, who: Credentials, fields: Fields = {}): Promise<Tokens> {
  return tokensOf(await signIn(target, who, fields));
}

export function tokensOf(answer: Answer): Tokens {
  const { access_token: access, refresh_token: renew, session_state: session } = answer.json;
  if (typeof access !== 'string' || typeof renew !== 'string' || typeof session !== 'string') {
    throw new Error(`No tokens came: ${answer.status} ${answer.text.slice(0, 200)}`);
  }
  return { access, refresh: renew, session };
}

/** Fills every session that the limit allows. */
export async function signedInTimes(target: Target, who: Credentials, times: number): Promise<Tokens[]> {
  const opened: Tokens[] = [];
  while (opened.length < times) opened.push(await signedIn(target, who));
  return opened;
}

const administratorTokens = new WeakMap<Target, string>();

/**
 * Calls the admin API as the administrator. Signs in as rarely as it can: while a realm watches for brute force, a
 * Keycloak refuses a sign-in that follows another one of the same user too closely.
 */
export async function asAdministrator(
  target: Target,
  method: string,
  path: string,
  body?: unknown,
  realm?: string,
): Promise<Answer> {
  const kept = administratorTokens.get(target);
  const first = kept ? await asBearer(target, kept, method, path, body, realm) : undefined;
  if (first && first.status !== 401) return first;
  const { access } = await signedIn(target, target.administrator, { client_id: clients.otherPublic });
  administratorTokens.set(target, access);
  return asBearer(target, access, method, path, body, realm);
}

/** Calls the admin API with somebody's token. `realm`: empty for what is about no realm in particular. */
export const asBearer = (
  target: Target,
  access: string,
  method: string,
  path: string,
  body?: unknown,
  realm = 'master',
): Promise<Answer> =>
  send(`${target.baseUrl}/admin/realms${realm && `/${realm}`}${path}`, {
    method,
    headers: { ...json, ...bearer(access), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

/** Calls the account API with somebody's token. `path`: what follows `/account`. */
export const account = (
  target: Target,
  access: string | null,
  path: string,
  { method = 'GET', accept = 'application/json', headers = {}, realm = 'master' }: AccountCall = {},
): Promise<Answer> =>
  send(`${target.baseUrl}/realms/${realm}/account${path}`, {
    method,
    headers: { accept, ...headers, ...(access === null ? {} : bearer(access)) },
  });

interface AccountCall {
  readonly method?: string;
  readonly accept?: string;
  readonly headers?: Fields;
  readonly realm?: string;
}

/** The body as a list of objects; fails the test where it is none. */
export function listOf({ status, text }: Answer): readonly Readonly<Record<string, unknown>>[] {
  const value: unknown = JSON.parse(text);
  if (status !== 200 || !Array.isArray(value)) throw new Error(`No list came: ${status} ${text.slice(0, 200)}`);
  return value as readonly Readonly<Record<string, unknown>>[]; // every list of this server holds objects
}

/** How many sessions of a person the limit counts. */
export async function countSessions(target: Target, who: { readonly id: string }): Promise<number> {
  const answer = await asAdministrator(target, 'GET', `/users/${who.id}/sessions`);
  const sessions: unknown = JSON.parse(answer.text);
  if (!Array.isArray(sessions))
    throw new Error(`No list of sessions came: ${answer.status} ${answer.text.slice(0, 200)}`);
  return sessions.length;
}

/** Where the admin API tells of somebody's failed sign-ins. */
export const lockPath = ({ id }: { readonly id: string }): string => `/attack-detection/brute-force/users/${id}`;

/**
 * Fails until the server counts so many failures: a Keycloak refuses a sign-in that comes while it still counts the one
 * before, and leaves it uncounted.
 */
export async function failUntilCounted(
  target: Target,
  who: { readonly id: string },
  counted: number,
  fail: () => Promise<unknown>,
): Promise<void> {
  const triesMax = 10;
  for (let nth = 0; nth < triesMax; nth += 1) {
    await fail();
    const { json } = await asAdministrator(target, 'GET', lockPath(who));
    if (json['numFailures'] === counted) return;
  }
  throw new Error(`${triesMax} failures were not counted as ${counted}.`);
}

/** The claims of a token of the server's; its signature is the server's own business. */
export function claimsOf(jwt: string): {
  readonly header: Record<string, unknown>;
  readonly payload: Record<string, unknown>;
} {
  const [header = '', payload = ''] = jwt.split('.');
  return { header: decoded(header), payload: decoded(payload) };
}

const decoded = (part: string): Record<string, unknown> => ({
  ...parsed(Buffer.from(part, 'base64url').toString('utf8')),
});

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}
