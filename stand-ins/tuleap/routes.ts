import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import type { Peer } from '../serve.ts';
import { answerApi } from './api.ts';
import { authorize, processConsent } from './authorize.ts';
import { keySet } from './id-token.ts';
import { demandHttps, isForeignFetch, rejectForeignFetch } from './isolation.ts';
import { logIn, showLogin } from './login.ts';
import { discovery, json, revoke, userinfo } from './oauth-endpoints.ts';
import { notFoundPage, page, registrationPage } from './pages.ts';
import { tokenEndpoint } from './token-endpoint.ts';
import type { World } from './world.ts';

type Routes = Hono<{ Bindings: Peer }>;

export function createRoutes(world: World): Routes {
  const app: Routes = new Hono();
  app.all('/api/*', (c) => answerApi(world, c.req.raw, { address: c.env.address }));
  app.use('*', async (c, next) => (isForeignFetch(c.req.raw.headers) ? rejectForeignFetch() : next()));
  addPages(app, world);
  addOAuth(app, world);
  app.notFound(notFoundPage);
  return app;
}

function addPages(app: Routes, world: World): void {
  app.get('/', () => page('Tuleap', '<p>Welcome.</p>'));
  app.get('/account/login.php', (c) => showLogin(new URL(c.req.url).searchParams));
  app.post('/account/login.php', async (c) => logIn(world, await readForm(c.req.raw)));
  app.get('/account/keys-tokens', () =>
    page('Access keys', '<p>Keys of this demo are made and deleted through the REST API.</p>'),
  );
  app.get('/plugins/oauth2_server/account/apps', () =>
    page('Authorized applications', '<p>What you authorized is listed here on a real server.</p>'),
  );
  app.get('/plugins/oauth2_server/admin', () => registrationPage([...world.apps.values()]));
  app.get('/plugins/oauth2_server/project/:id/admin', (c) =>
    registrationPage([...world.apps.values()].filter(({ projectId }) => String(projectId) === c.req.param('id'))),
  );
}

function addOAuth(app: Routes, world: World): void {
  const https: MiddlewareHandler = async (_, next) => (world.settings.httpsMandatory ? demandHttps() : next());
  const plugin: MiddlewareHandler = async (_, next) => (world.settings.oauth2Plugin ? next() : notFoundPage());
  const origin = (url: string): string => new URL(url).origin;

  app.use('/oauth2/*', https);
  app.use('/.well-known/*', plugin, https);
  app.use('/oauth2/authorize', plugin);
  app.use('/oauth2/authorize-process-consent', plugin);
  app.get('/oauth2/authorize', (c) => authorize(world, new URL(c.req.url).searchParams, c.req.raw.headers));
  app.post('/oauth2/authorize', async (c) => authorize(world, await readForm(c.req.raw), c.req.raw.headers));
  app.post('/oauth2/authorize-process-consent', async (c) =>
    processConsent(world, await readForm(c.req.raw), c.req.raw.headers),
  );
  app.post('/oauth2/token', async (c) =>
    tokenEndpoint(world, await readForm(c.req.raw), c.req.raw.headers, origin(c.req.url)),
  );
  app.post('/oauth2/token/revoke', async (c) => revoke(world, await readForm(c.req.raw), c.req.raw.headers));
  app.on(['GET', 'POST'], '/oauth2/userinfo', (c) => userinfo(world, c.req.raw.headers, origin(c.req.url)));
  app.get('/oauth2/jwks', () => json(keySet(world)));
  app.get('/.well-known/openid-configuration', (c) => discovery(origin(c.req.url)));
}

async function readForm(request: Request): Promise<URLSearchParams> {
  const isForm = request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
  return new URLSearchParams(isForm ? await request.text() : '');
}
