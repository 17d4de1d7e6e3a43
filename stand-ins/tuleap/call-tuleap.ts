/** What the tests of this folder call the server with. Redirects are answers here: none is followed. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { RunningStandIn } from '../stand-in.ts';
import type { TuleapActions } from './control.ts';
import { demo } from './world.ts';

export type Tuleap = RunningStandIn<TuleapActions>;
export type HeaderFields = Readonly<Record<string, string>>;
export type Fields = Readonly<Record<string, string>>;

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; null where it is not JSON. */
  readonly json: unknown;
  /** Where it redirects to; null where it does not. */
  readonly location: string | null;
}

export const basic = (name: string, secret: string): string =>
  `Basic ${Buffer.from(`${name}:${secret}`, 'utf8').toString('base64')}`;

export const aliceKey: HeaderFields = { 'x-auth-accesskey': demo.aliceKey };
export const adminKey: HeaderFields = { 'x-auth-accesskey': demo.adminKey };
export const asClient: HeaderFields = { authorization: basic('tlp-client-id-1', demo.clientSecret) };
export const aliceId = 102;

/** The body of a REST error, as far as a client may rely on it. */
export const apiError = (code: number, message: string): object => ({ error: { code, message } });

export interface CallOptions {
  readonly headers?: HeaderFields;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly form?: Fields;
}

/** Over node:http, since fetch sends a `Sec-Fetch-Mode` of its own. */
export async function call(server: Tuleap, method: string, path: string, options: CallOptions = {}): Promise<Answered> {
  const { headers = {}, body, form } = options;
  const sent =
    body !== undefined ? JSON.stringify(body) : form !== undefined ? new URLSearchParams(form).toString() : '';
  const type = body !== undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  const outgoing = request(`${server.url}${path}`, {
    method,
    headers: {
      ...(sent === '' ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(sent) }),
      ...headers,
    },
  });
  outgoing.end(sent);
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage]; // what the event carries
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const answered = new Headers();
  for (let at = 0; at + 1 < incoming.rawHeaders.length; at += 2) {
    answered.append(incoming.rawHeaders[at] ?? '', incoming.rawHeaders[at + 1] ?? '');
  }
  const isJson = answered.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: incoming.statusCode ?? 0,
    headers: answered,
    text,
    json: isJson ? (JSON.parse(text) as unknown) : null,
    location: answered.get('location'),
  };
}

const verifier = 'a-verifier-of-a-test-that-is-long-enough-0123456789';
export const challenge = createHash('sha256').update(verifier).digest('base64url');

export const authorizeFields: Fields = {
  response_type: 'code',
  client_id: 'tlp-client-id-1',
  redirect_uri: demo.redirectUri,
  scope: 'openid profile',
  state: 'state-of-this-tab',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};

export const without = (fields: Fields, ...names: readonly string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

export const authorize = (server: Tuleap, fields: Fields, headers: HeaderFields = {}): Promise<Answered> =>
  call(server, 'GET', `/oauth2/authorize?${new URLSearchParams(fields)}`, { headers });

/** Answers the consent page that was shown. */
export const consent = (server: Tuleap, shown: Answered, answer: string, headers: HeaderFields): Promise<Answered> => {
  const pending = /name="consent" value="(\w+)"/.exec(shown.text)?.[1];
  if (pending === undefined) throw new Error(`No consent page: ${shown.status} ${shown.text.slice(0, 200)}`);
  return call(server, 'POST', '/oauth2/authorize-process-consent', { headers, form: { consent: pending, answer } });
};

/** Signs alice in and consents: the code that comes back. */
export async function newCode(server: Tuleap, fields: Fields = {}): Promise<string> {
  const headers = { cookie: server.control.openWebSession({ username: 'alice' }).cookie };
  const shown = await authorize(server, { ...authorizeFields, ...fields }, headers);
  const { location } = shown.location === null ? await consent(server, shown, 'authorize', headers) : shown;
  const code = new URL(location ?? '').searchParams.get('code');
  if (code === null) throw new Error(`No code: ${location}`);
  return code;
}

export const codeForm = (code: string): Fields => ({
  grant_type: 'authorization_code',
  code,
  redirect_uri: demo.redirectUri,
  code_verifier: verifier,
});

export const refreshForm = (refreshToken: string | null): Fields => ({
  grant_type: 'refresh_token',
  refresh_token: refreshToken ?? '',
});

export const token = (server: Tuleap, form: Fields, headers: HeaderFields = asClient): Promise<Answered> =>
  call(server, 'POST', '/oauth2/token', { headers, form });
