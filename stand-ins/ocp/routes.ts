import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Peer } from '../serve.ts';
import { accountApi } from './account-api.ts';
import { adminApi } from './admin-api.ts';
import { certs, discovery, unknownRealm } from './discovery.ts';
import { logOut, revoke } from './log-out.ts';
import { notFoundPage } from './pages.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import { introspect, userinfo } from './userinfo.ts';
import { plainError, preflight, Refusal, toResponse } from './visit.ts';
import type { Reply, Visit } from './visit.ts';
import type { World } from './world.ts';

type At = Context<{ Bindings: Peer }>;
type Endpoint = (visit: Visit, rest: string) => Reply;

const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' };

/** Everything below the path prefix. */
export function createRoutes(world: World): Hono<{ Bindings: Peer }> {
  const app = new Hono<{ Bindings: Peer }>();
  const realms = '/realms/:realm';
  const openid = `${realms}/protocol/openid-connect`;

  app.use('*', async (c, next) => {
    const origin = c.req.header('origin');
    if (c.req.method === 'OPTIONS' && origin !== undefined) return preflight(origin);
    return next();
  });
  app.post(`${openid}/token`, (c) => enter(c, world, tokenEndpoint, noStore));
  app.on(['GET', 'POST'], `${openid}/logout`, (c) => enter(c, world, logOut));
  app.post(`${openid}/revoke`, (c) => enter(c, world, revoke));
  app.post(`${openid}/token/introspect`, (c) => enter(c, world, introspect));
  app.on(['GET', 'POST'], `${openid}/userinfo`, (c) => enter(c, world, userinfo));
  app.get(`${openid}/certs`, (c) => enter(c, world, certs));
  app.get(`${realms}/.well-known/openid-configuration`, (c) => enter(c, world, discovery));
  app.all(`${realms}/account/*`, (c) => enter(c, world, accountApi, {}, after(c, '/account')));
  app.all('/admin/realms/:realm/*', (c) => enter(c, world, adminApi, {}, after(c, `/realms/${c.req.param('realm')}`)));
  app.notFound((c) =>
    c.req.header('accept')?.includes('text/html')
      ? c.html(notFoundPage, 404)
      : c.json({ error: 'HTTP 404 Not Found' }, 404),
  );
  return app;
}

/** Section 6: a server that lives under `/auth` knows nothing beside it. */
export const outsidePrefix = (): Response =>
  new Response(notFoundPage, { status: 404, headers: { 'content-type': 'text/html;charset=UTF-8' } });

const after = (c: At, marker: string): string => c.req.path.slice(c.req.path.indexOf(marker) + marker.length);

async function enter(
  c: At,
  world: World,
  endpoint: Endpoint,
  always: Readonly<Record<string, string>> = {},
  rest = '',
): Promise<Response> {
  const visit = await openVisit(c, world);
  if (visit instanceof Refusal) return answer(c, visit.reply, always);
  let reply: Reply;
  try {
    reply = endpoint(visit, rest);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    reply = error.reply;
  }
  return answer(c, reply, always, visit);
}

async function openVisit(c: At, world: World): Promise<Visit | Refusal> {
  const name = c.req.param('realm') ?? '';
  const realm = world.realms.get(name);
  const url = new URL(c.req.url);
  if (!realm) {
    if (url.pathname.startsWith('/admin/')) return plainError(404, 'Realm not found.');
    return unknownRealm(world, c.req.header('accept') ?? null, url.pathname.includes('/.well-known/'));
  }
  const text = await c.req.text();
  const isForm = c.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
  const { hostname, prefix } = world.server;
  return {
    ...{ world, realm, url, text },
    method: c.req.method,
    headers: c.req.raw.headers,
    form: new URLSearchParams(isForm ? text : ''),
    address: c.env.address,
    issuer: `${hostname ?? url.origin}${prefix}/realms/${realm.name}`,
    allow: null,
  };
}

function answer(c: At, reply: Reply, always: Readonly<Record<string, string>>, visit?: Visit): Response {
  const nobody = { headers: c.req.raw.headers, allow: null } as Pick<Visit, 'headers' | 'allow'>;
  return toResponse(visit ?? nobody, { ...reply, headers: { ...always, ...reply.headers } });
}
