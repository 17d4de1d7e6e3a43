import { Hono } from 'hono';
import { notFound, page } from './answers.ts';
import { startCodeGrant, submitLogin } from './code-grant.ts';
import { p4token } from './p4token.ts';
import { passwordGrant } from './password-grant.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import type { World } from './world.ts';

/** There is no log out, no revocation, no introspection and no key in any text of the vendor, and so none here. */
const names: Readonly<Record<string, string>> = {
  'GET /grants/authorization_code': 'authorize',
  'POST /grants/authorization_code': 'log-in',
  'POST /grants/password': 'password-grant',
  'POST /grants/token': 'token',
  'GET /p4token': 'p4token',
};

export const nameOf = (method: string, pathname: string): string => names[`${method} ${pathname}`] ?? 'unknown';

export function createRoutes(world: World): Hono {
  const app = new Hono();
  app.get('/', () => page('P4OAuth', '<p>Single sign-on for Perforce applications.</p>'));
  app.get('/grants/authorization_code', (c) => startCodeGrant(world, new URL(c.req.url).searchParams));
  app.post('/grants/authorization_code', async (c) => submitLogin(world, await readForm(c.req.raw)));
  app.post('/grants/password', async (c) => passwordGrant(world, await readForm(c.req.raw)));
  app.post('/grants/token', async (c) => tokenEndpoint(world, await readForm(c.req.raw), c.req.raw.headers));
  app.get('/p4token', (c) => p4token(world, new URL(c.req.url).searchParams, c.req.raw.headers));
  app.notFound(notFound);
  return app;
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
  return new URLSearchParams(isForm ? await request.text() : '');
}
