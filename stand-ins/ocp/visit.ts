/** One request on its way through a realm's endpoint, and the answers that such an endpoint gives. */
import type { Client, Realm } from './realm.ts';
import type { World } from './world.ts';

export interface Visit {
  readonly world: World;
  readonly realm: Realm;
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly form: URLSearchParams;
  /** The body as it came. */
  readonly text: string;
  /** Address of the caller. */
  readonly address: string;
  /** `http://host/auth/realms/master`: as the request was addressed, unless the server's host name is fixed. */
  readonly issuer: string;
  /** Whose list of origins decides on the CORS headers of the answer; `any` allows every origin, null none. */
  allow: Pick<Client, 'webOrigins' | 'redirectUris'> | 'any' | null;
}

export interface Reply {
  readonly status: number;
  /** An object becomes JSON, a string HTML unless the type says otherwise. */
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Ends the visit with an answer. */
export class Refusal extends Error {
  readonly reply: Reply;

  constructor(reply: Reply) {
    super(`answered with ${reply.status}`);
    this.reply = reply;
  }
}

/** The shape of RFC 6749 section 5.2. */
export const oauthError = (
  status: number,
  error: string,
  description?: string,
  headers?: Readonly<Record<string, string>>,
): Refusal =>
  new Refusal({
    status,
    body: { error, ...(description === undefined ? {} : { error_description: description }) },
    ...(headers ? { headers } : {}),
  });

export const plainError = (status: number, error: string): Refusal => new Refusal({ status, body: { error } });

export function toResponse(visit: Pick<Visit, 'headers' | 'allow'>, reply: Reply): Response {
  const headers = new Headers(reply.headers);
  const { status, body } = reply;
  if (body !== undefined) {
    headers.set(
      'content-type',
      reply.contentType ?? (typeof body === 'string' ? 'text/html;charset=UTF-8' : 'application/json'),
    );
  }
  allowOrigin(visit, headers);
  if (body === undefined) return new Response(null, { status, headers });
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
}

function allowOrigin(visit: Pick<Visit, 'headers' | 'allow'>, headers: Headers): void {
  const origin = visit.headers.get('origin');
  if (origin === null || visit.allow === null) return;
  if (visit.allow !== 'any' && !isListed(visit.allow, origin)) return;
  headers.set('access-control-allow-origin', origin);
  headers.set('access-control-allow-credentials', 'true');
  headers.set('access-control-expose-headers', 'Access-Control-Allow-Methods');
}

function isListed(client: Pick<Client, 'webOrigins' | 'redirectUris'>, origin: string): boolean {
  return client.webOrigins.some(
    (listed) =>
      listed === '*' ||
      listed === origin ||
      (listed === '+' && client.redirectUris.some((uri) => URL.canParse(uri) && new URL(uri).origin === origin)),
  );
}

/** Newer servers refuse an origin that is not listed before they do anything; older ones only leave out the headers. */
export function checkOrigin(visit: Visit, client: Pick<Client, 'webOrigins' | 'redirectUris'>): void {
  const origin = visit.headers.get('origin');
  if (origin === null || !visit.world.traits().refusesForeignOrigin) return;
  if (isListed(client, origin) || origin === new URL(visit.issuer).origin) return;
  throw plainError(403, 'Invalid origin');
}

export const preflight = (origin: string): Response =>
  new Response(null, {
    status: 200,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'DELETE, POST, GET, PUT',
      'access-control-allow-headers':
        'Origin, Accept, X-Requested-With, Content-Type, Access-Control-Request-Method, Access-Control-Request-Headers, DPoP, Authorization',
      'access-control-max-age': '3600',
    },
  });

export function bearerOf(visit: Visit): string | null {
  return /^Bearer +(\S+)$/i.exec(visit.headers.get('authorization') ?? '')?.[1] ?? null;
}

export function clientAddress(visit: Visit): string {
  const forwarded = visit.headers.get('x-forwarded-for')?.split(',')[0]?.trim();
  return visit.world.server.proxyHeaders && forwarded ? forwarded : visit.address;
}

/** Accept names a type without wildcard that JSON fits: what decides between the JSON and the HTML error page. */
export function namesJson(visit: Visit): boolean {
  const types = (visit.headers.get('accept') ?? '*/*')
    .split(',')
    .map((part) => part.split(';')[0]?.trim().toLowerCase());
  return types.some((type) => type === 'application/json' || type === 'application/*');
}
