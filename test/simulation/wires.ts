/** How each vendor's server speaks, as far as sessions are concerned; written from docs/vendors. */
import type { GatewayConnection } from '../../gateway/connections.ts';
import type { VendorRequest } from '../../gateway/build-request.ts';
import type { Pair, Refusal, TokenServer } from './token-server.ts';

export interface WireReply {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a request asks of the server, whatever the vendor's words for it. */
export interface Asked {
  readonly kind: 'refresh' | 'sign-in' | 'log-out' | 'look' | 'administer' | 'mint';
  /** The refresh token, for `refresh` and `log-out`. */
  readonly token: string;
}

export interface Wire {
  readonly vendor: string;
  /** The way in that its sessions are opened by. */
  readonly way: string;
  readonly connection: GatewayConnection;
  asked(request: VendorRequest): Asked;
  answer(asked: Asked, server: TokenServer): WireReply;
  /** A pair as its answer to a refresh carries it. */
  pair(pair: Pair, server: TokenServer): WireReply;
}

const connection = (provider: string, more: Partial<GatewayConnection> = {}): GatewayConnection => ({
  id: `${provider}-one`,
  provider,
  name: provider,
  baseUrl: `https://${provider}.example`,
  settings: {},
  secrets: {},
  ca: null,
  insecure: false,
  forwardClientAddress: false,
  ...more,
});

const json = (status: number, body: unknown): WireReply => ({ status, body: JSON.stringify(body) });
const formOf = ({ body }: VendorRequest): URLSearchParams => new URLSearchParams(body?.toString() ?? '');
const secondsOf = (ms: number): number => Math.floor(ms / 1_000);
const DONE: WireReply = { status: 204, body: '' };

const ocpRefusals: Readonly<Record<Refusal, string>> = {
  unknown: 'Invalid refresh token',
  over: 'Session not active',
  reused: 'Maximum allowed refresh token reuse exceeded',
  limit: 'limit',
};

const ocp: Wire = {
  vendor: 'ocp',
  way: 'password',
  connection: connection('ocp', { settings: { realm: 'master', clientId: 'console', sessionLimit: '5' } }),
  asked(request) {
    const form = formOf(request);
    const token = form.get('refresh_token') ?? '';
    if (request.url.pathname.endsWith('/logout')) return { kind: 'log-out', token };
    if (request.url.pathname.startsWith('/admin/')) return { kind: 'administer', token: bearerOf(request) };
    if (request.method === 'GET') return { kind: 'look', token: bearerOf(request) };
    return { kind: form.get('grant_type') === 'password' ? 'sign-in' : 'refresh', token };
  },
  answer({ kind, token }, server) {
    if (kind === 'look') return server.isLive(token) ? json(200, [{ id: 'one' }]) : json(401, {});
    // The user of these worlds has no rights over others.
    if (kind === 'administer') return json(server.isLive(token) ? 403 : 401, {});
    if (kind === 'log-out') {
      server.end(token);
      return DONE;
    }
    const got = kind === 'sign-in' ? server.open('alice') : server.refresh(token);
    if (got === 'limit') return json(403, { error: 'generic_authentication_error', error_description: 'Too many' });
    if (typeof got === 'string') return json(400, { error: 'invalid_grant', error_description: ocpRefusals[got] });
    return ocp.pair(got, server);
  },
  pair: ({ accessToken, refreshToken, lifeMs, refreshLifeMs }) =>
    json(200, {
      access_token: accessToken,
      expires_in: secondsOf(lifeMs),
      refresh_token: refreshToken,
      ...(refreshLifeMs !== null && { refresh_expires_in: secondsOf(refreshLifeMs) }),
      token_type: 'Bearer',
    }),
};

const vendorDate = (ms: number): string => `/Date(${Math.floor(ms)})/`;

const primatime: Wire = {
  vendor: 'primatime',
  way: 'secret-key',
  connection: connection('primatime', { secrets: { apiKey: 'not-a-real-application-key' } }),
  asked({ url }) {
    if (url.pathname.endsWith('/auth/refreshtoken')) {
      return { kind: 'refresh', token: url.searchParams.get('refresh_token') ?? '' };
    }
    if (url.pathname.endsWith('/auth/login')) return { kind: 'mint', token: '' };
    return { kind: 'look', token: url.searchParams.get('token') ?? '' };
  },
  answer({ kind, token }, server) {
    if (kind === 'look') {
      return server.isLive(token) ? json(200, { id: 'u1' }) : json(401, { status: 401, code: 'PE01-1010' });
    }
    const got = kind === 'mint' ? server.open('alice') : server.refresh(token);
    return typeof got === 'string' ? json(401, { status: 401, code: 'PE01-1011' }) : primatime.pair(got, server);
  },
  pair: ({ accessToken, refreshToken, lifeMs, refreshLifeMs }, server) =>
    json(200, {
      token: accessToken,
      expiration: vendorDate(server.nowMs() + lifeMs),
      refreshtoken: refreshToken,
      ...(refreshLifeMs !== null && { refreshexpiration: vendorDate(server.nowMs() + refreshLifeMs) }),
    }),
};

const bearerOf = ({ headers }: VendorRequest): string =>
  Object.entries(headers)
    .find(([name]) => name.toLowerCase() === 'authorization')?.[1]
    .replace(/^\w+ /, '') ?? '';

const tuleap: Wire = {
  vendor: 'tuleap',
  way: 'oauth2',
  connection: connection('tuleap', {
    settings: { clientId: 'tlp-client-id-12' },
    secrets: { clientSecret: 'tlp-oauth2-c1-not-a-real-secret' },
  }),
  asked(request) {
    const form = formOf(request);
    if (request.url.pathname.endsWith('/revoke')) return { kind: 'log-out', token: form.get('token') ?? '' };
    if (request.method === 'GET') return { kind: 'look', token: bearerOf(request) };
    return { kind: 'refresh', token: form.get('refresh_token') ?? '' };
  },
  answer({ kind, token }, server) {
    if (kind === 'look') {
      return server.isLive(token) ? json(200, { sub: '102' }) : json(401, { error: 'invalid_token' });
    }
    if (kind === 'log-out') {
      server.end(token);
      return { status: 200, body: '' };
    }
    const got = server.refresh(token);
    return typeof got === 'string' ? json(400, { error: 'invalid_grant' }) : tuleap.pair(got, server);
  },
  pair: ({ accessToken, refreshToken, lifeMs }) =>
    json(200, {
      access_token: accessToken,
      expires_in: secondsOf(lifeMs),
      refresh_token: refreshToken,
      token_type: 'bearer',
    }),
};

const alm: Wire = {
  vendor: 'alm',
  way: 'api-key',
  connection: connection('alm', { settings: { segment: 'perforce-alm' } }),
  asked: (request) =>
    request.url.pathname.endsWith('/token')
      ? { kind: 'mint', token: bearerOf(request) }
      : { kind: 'look', token: bearerOf(request) },
  answer({ kind, token }, server) {
    if (kind === 'look')
      return server.isLive(token) ? json(200, { issues: [] }) : json(401, { message: 'Unauthorized' });
    const got = server.standing(token) === 'dead' ? 'over' : server.open(token);
    return typeof got === 'string'
      ? json(500, { message: 'License Server prevented the login: not recognized' })
      : alm.pair(got, server);
  },
  pair: ({ accessToken, lifeMs }, server) =>
    json(200, { accessToken, expiresOn: new Date(server.nowMs() + lifeMs).toISOString() }),
};

export const wires: readonly Wire[] = [ocp, primatime, tuleap, alm];
