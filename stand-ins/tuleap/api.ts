/** The REST API: its gate, its framework's habits, and the headers that every answer carries. */
import type { Peer } from '../serve.ts';
import { ApiError, errorBody, invalidValue } from './api-error.ts';
import { findResource } from './api-routes.ts';
import type { ApiResource } from './api-routes.ts';
import type { ApiReply } from './api-visit.ts';
import { authenticate, challenge } from './authenticate.ts';
import { phpJson } from './php-json.ts';
import { webUser } from './web-sessions.ts';
import type { World } from './world.ts';

const always: readonly (readonly [string, string])[] = [
  ['Access-Control-Allow-Origin', '*'],
  ['Access-Control-Allow-Credentials', 'true'],
  ...[
    'Authorization',
    'Content-Type',
    'Origin',
    'X-Auth-UserId',
    'X-Auth-Token',
    'X-Client-Uuid',
    'X-Auth-AccessKey',
  ].map((name) => ['Access-Control-Allow-Headers', name] as const),
  ...['X-PAGINATION-SIZE', 'X-PAGINATION-LIMIT-MAX', 'X-PAGINATION-LIMIT'].map(
    (name) => ['Access-Control-Expose-Headers', name] as const,
  ),
  ['Cache-Control', 'no-store'],
  ['Expires', '0'],
];

export async function answerApi(world: World, request: Request, peer: Peer): Promise<Response> {
  if (!passesGate(world, request)) return respond({ status: 403, body: { error: refererText } });
  const found = findResource(new URL(request.url).pathname);
  try {
    const reply = await reach(world, request, peer, found);
    return respond({ ...reply, headers: { ...allowed(found?.resource), ...reply.headers } });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const headers = error.status === 401 ? { 'WWW-Authenticate': challenge } : {};
    return respond({ status: error.status, body: errorBody(error), headers });
  }
}

const refererText = "Referer doesn't match host. CSRF tentative ?";

/** Before the framework: whoever comes with a session cookie must come from the server's own pages. */
function passesGate(world: World, { headers, url }: Request): boolean {
  if (!webUser(world, headers)) return true;
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' && headers.get('sec-fetch-mode') === 'cors';
  const referer = headers.get('referer') ?? '';
  return URL.canParse(referer) && new URL(referer).host === new URL(url).host;
}

async function reach(
  world: World,
  request: Request,
  { address }: Peer,
  found: ReturnType<typeof findResource>,
): Promise<ApiReply> {
  const body = await readBody(request);
  if (!found) throw new ApiError(404);
  const { resource, id } = found;
  if (request.method === 'OPTIONS') return preflight(world, resource, id);
  const route = resource.routes.find(({ method }) => method === request.method);
  if (!route) throw new ApiError(405);

  const { headers } = request;
  const person =
    route.access === 'public' ? null : authenticate(world, { headers, address, oauthScope: route.oauthScope ?? null });
  const isOpen = route.access === 'public' || (route.access === 'hybrid' && world.settings.anonymousAllowed);
  if (!person && !isOpen) throw new ApiError(401);
  return route.handle({ world, query: new URL(request.url).searchParams, headers, body, person, id });
}

function preflight({ settings }: World, resource: ApiResource, id: string): ApiReply {
  switch (resource.preflight?.(id) ?? 'works') {
    case 'missing':
      throw new ApiError(404);
    case 'bad-id':
      throw invalidValue('id');
    case 'broken':
      if (settings.keyPreflightStatus === 500) throw new ApiError(500);
      return { status: 200 };
    case 'works':
      return { status: 200 };
  }
}

const allowed = (resource: ApiResource | undefined): Record<string, string> =>
  resource ? { Allow: resource.allow, 'Access-Control-Allow-Methods': resource.allow } : {};

/** JSON and forms; XML is left out here. The check comes before everything else. */
async function readBody(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const text = await request.text();
  if (text === '') return {};
  const type = (request.headers.get('content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'application/x-www-form-urlencoded') return Object.fromEntries(new URLSearchParams(text));
  if (type !== 'application/json') throw new ApiError(403, `Content type \`${type}\` is not supported.`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ApiError(400, 'Malformed JSON');
  }
  return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
}

function respond({ status, body, headers }: ApiReply): Response {
  const all = new Headers();
  for (const [name, value] of [...always, ...Object.entries(headers ?? {})]) all.append(name, value);
  if (body === undefined) return new Response(null, { status, headers: all });
  all.set('content-type', 'application/json; charset=utf-8');
  return new Response(phpJson(body), { status, headers: all });
}
