import type { Peer } from '../serve.ts';
import type { Account } from './account.ts';
import { login, refresh } from './authentication.ts';
import { ApiError } from './errors.ts';
import { formatOf, render } from './render.ts';
import type { Value } from './render.ts';
import {
  changeKey,
  createKey,
  deleteKey,
  listDeletedKeys,
  listKeys,
  readKey,
  restore,
  setFields,
} from './secret-keys.ts';
import { projects, self } from './users.ts';
import type { Reply, Visit } from './visit.ts';

interface Route {
  /** In the ledger. */
  readonly name: string;
  readonly method: string;
  /** Below `/v1`. */
  readonly path: RegExp;
  readonly handle: (visit: Visit, id: string) => Reply;
}

const keys = '\\/users\\/@self\\/secretkeys';
const route = (name: string, method: string, path: string, handle: Route['handle']): Route => ({
  ...{ name, method, handle },
  path: new RegExp(`^${path}$`),
});

/** There is no log out in any revision of the vendor's documentation, and so none here. */
const routes: readonly Route[] = [
  route('sign-in', 'GET', '\\/auth\\/login', login),
  route('refresh', 'GET', '\\/auth\\/refreshtoken', refresh),
  route('self', 'GET', '\\/users\\/@self', self),
  route('projects', 'GET', '\\/time\\/projects', projects),
  route('list-keys', 'GET', keys, listKeys),
  route('create-key', 'POST', keys, createKey),
  route('list-deleted-keys', 'GET', `${keys}\\/@deleted`, listDeletedKeys),
  route('read-key', 'GET', `${keys}\\/([^/@]+)`, readKey),
  route('change-key', 'PUT', `${keys}\\/([^/@]+)`, changeKey),
  route('set-key', 'POST', `${keys}\\/([^/@]+)\\/\\$set`, setFields),
  route('delete-key', 'DELETE', `${keys}\\/([^/@]+)`, deleteKey),
  route('restore', 'GET', '\\/trash\\/([^/]+)\\/\\$restore', restore),
];

/** `?method=DELETE` is for clients that can only GET and POST. */
const methodOf = (method: string, query: URLSearchParams): string => query.get('method')?.toUpperCase() ?? method;

const below = (pathname: string): string => decodeURIComponent(pathname.slice('/v1'.length)).replace(/\.json$/, '');

function find(method: string, url: URL): { route: Route; id: string } | 'not-allowed' | null {
  if (!url.pathname.startsWith('/v1/')) return null;
  const path = below(url.pathname);
  const here = routes.filter((candidate) => candidate.path.test(path));
  const found = here.find((candidate) => candidate.method === methodOf(method, url.searchParams));
  if (found) return { route: found, id: found.path.exec(path)?.[1] ?? '' };
  return here.length > 0 ? 'not-allowed' : null;
}

export function nameOf(method: string, url: URL): string {
  const found = find(method, url);
  return found === null || found === 'not-allowed' ? 'unknown' : found.route.name;
}

export async function handle(account: Account, request: Request, { address }: Peer): Promise<Response> {
  const url = new URL(request.url);
  const visit: Visit = {
    ...{ account, address },
    method: request.method,
    query: url.searchParams,
    headers: request.headers,
    text: await request.text(),
  };
  try {
    return toResponse(url, request, answer(visit, url), {});
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return toResponse(url, request, { status: error.status, body: errorBody(account, error) }, error.headers);
  }
}

function answer(visit: Visit, url: URL): Reply {
  checkTenant(visit.account, url);
  const ordered = visit.account.ordered.find(({ left }) => left > 0);
  if (ordered) {
    ordered.left -= 1;
    throw new ApiError(ordered.code);
  }
  const found = find(visit.method, url);
  if (found === null) throw new ApiError('PE01-9003');
  if (found === 'not-allowed') throw new ApiError('PE01-1103');
  return found.route.handle(visit, found.id);
}

/** The tenant is in the host at the vendor's; on loopback a switch says what is wrong with it. */
function checkTenant({ settings }: Account, url: URL): void {
  switch (settings.tenant) {
    case 'known':
      return;
    case 'missing':
      throw new ApiError('PE01-1003');
    case 'unknown':
      throw new ApiError('PE01-1005');
    case 'conflict':
      throw new ApiError('PE01-1004');
    case 'other-endpoint':
      throw new ApiError('PE01-1012', {
        headers: { location: `${settings.otherEndpoint}${url.pathname}${url.search}` },
      });
  }
}

function errorBody({ settings }: Account, error: ApiError): Value {
  return {
    status: error.status,
    code: error.code,
    message: error.message,
    description: error.description,
    [settings.violationsField]: error.violations?.map((violation) => ({ ...violation })) ?? null,
  };
}

/** `suppress_response_code` and JSONP always say 200; the truth is in the body. */
function toResponse(url: URL, request: Request, reply: Reply, headers: Readonly<Record<string, string>>): Response {
  const format = formatOf(url, request.headers.get('accept'));
  const isSuppressed = format.callback !== null || url.searchParams.get('suppress_response_code') === 'true';
  const status = isSuppressed ? 200 : reply.status;
  if (reply.body === undefined) return new Response(null, { status, headers });
  const { body, contentType } = render(reply.body, format);
  return new Response(body, { status, headers: { ...(isSuppressed ? {} : headers), 'content-type': contentType } });
}
