/** What the tests of this folder call the server with. Redirects are answers here: none is followed. */
import type { RunningStandIn } from '../stand-in.ts';
import type { P4OAuthActions } from './control.ts';
import { demo } from './world.ts';

export type P4OAuth = RunningStandIn<P4OAuthActions>;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; null where it is not JSON. */
  readonly json: Record<string, unknown> | null;
  /** Where it redirects to; null where it does not. */
  readonly location: URL | null;
}

export type Fields = Readonly<Record<string, string>>;

async function read(response: Response): Promise<Answered> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const location = response.headers.get('location');
  return {
    status: response.status,
    headers: response.headers,
    text,
    json: isJson ? (JSON.parse(text) as Record<string, unknown>) : null, // every JSON answer of this server is an object
    location: location === null ? null : new URL(location),
  };
}

export const get = async (server: P4OAuth, path: string, query: Fields = {}, headers: Fields = {}): Promise<Answered> =>
  read(await fetch(`${server.url}${path}?${new URLSearchParams(query)}`, { headers, redirect: 'manual' }));

export const post = async (server: P4OAuth, path: string, form: Fields, headers: Fields = {}): Promise<Answered> =>
  read(
    await fetch(`${server.url}${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers,
      redirect: 'manual',
    }),
  );

/** A form as the login page of the code grant sends it. */
export const loginForm: Fields = {
  response_type: 'code',
  client_id: 'alice',
  redirect_uri: demo.redirectUri,
  state: 'state-of-this-tab',
  login: 'alice',
  password: 'alice-demo-password',
};

export const passwordForm: Fields = {
  response_type: 'password',
  client_id: 'alice',
  password: 'alice-demo-password',
  redirect_uri: demo.redirectUri,
  state: 'state-of-this-tab',
};

export const tokenForm = (code: string): Fields => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: demo.redirectUri,
  client_id: 'alice',
});

/** `fields` without the one of this name. */
export const without = (fields: Fields, name: string): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([known]) => known !== name));

/** A code for alice at the console's redirect URI. */
export const newCode = (server: P4OAuth): string =>
  server.control.openCode({ login: 'alice', redirectUri: demo.redirectUri }).code;
