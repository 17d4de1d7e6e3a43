import { expect, it } from 'vitest';
import { listedOrigin, traitsOf, type Target } from './target.ts';
import { accountSessions, bearer, countSessions, logOut, send, signedIn, signIn } from './wire.ts';

const allowOrigin = 'access-control-allow-origin';
const refused = { status: 403, json: { error: 'Invalid origin' } };

/** The contract's rows about the `Origin` of a request: why every call goes through the gateway, which sends none. */
export function describeOriginRows(target: () => Target): void {
  it('a listed origin: 200, readable by that page', async () => {
    const answer = await signIn(target(), await target().addPerson(), {}, { origin: listedOrigin });
    expect(answer.status).toBe(200);
    expect(answer.headers.get(allowOrigin)).toBe(listedOrigin);
  });

  it('the server’s own origin: 200', async () => {
    const { origin } = new URL(target().baseUrl);
    expect((await signIn(target(), await target().addPerson(), {}, { origin })).status).toBe(200);
  });

  it.each(['http://localhost:4600', 'https://elsewhere.example', 'null'])(
    'an origin that is not listed (%s): before 26.6.3 a slot is taken unseen, from then on nothing happens',
    async (origin) => {
      const person = await target().addPerson();
      const answer = await signIn(target(), person, {}, { origin });
      expect(answer.headers.get(allowOrigin)).toBeNull();
      if (traitsOf(target().version).refusesUnlistedOrigin) {
        expect(answer).toMatchObject(refused);
        expect(await countSessions(target(), person)).toBe(0);
      } else {
        expect(answer.status).toBe(200);
        expect(await countSessions(target(), person)).toBe(1);
      }
    },
  );

  it('log out and the account API judge the origin alike', async () => {
    const origin = 'https://elsewhere.example';
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person);
    const strict = traitsOf(target().version).refusesUnlistedOrigin;
    const listing = await accountSessions(target(), { accept: 'application/json', origin, ...bearer(tokens.access) });
    expect(listing.status).toBe(strict ? 403 : 200);
    expect(listing.headers.get(allowOrigin)).toBeNull();
    const ending = await logOut(target(), tokens.refresh, { origin });
    expect(ending.status).toBe(strict ? 403 : 204);
    expect(await countSessions(target(), person)).toBe(strict ? 1 : 0);
  });

  it('the account API lets a listed page read its list, and nobody its 401', async () => {
    const headers = { accept: 'application/json', origin: listedOrigin };
    const { access } = await signedIn(target(), await target().addPerson());
    const listing = await accountSessions(target(), { ...headers, ...bearer(access) });
    expect(listing.status).toBe(200);
    expect(listing.headers.get(allowOrigin)).toBe(listedOrigin);
    for (const token of [{}, bearer('not-a-real-token')]) {
      const refusal = await accountSessions(target(), { ...headers, ...token });
      expect(refusal.status).toBe(401);
      expect(refusal.headers.get(allowOrigin)).toBeNull();
    }
  });

  it('who names no client that is known, lets every page read so', async () => {
    const origin = 'https://elsewhere.example';
    const answer = await signIn(target(), await target().addPerson(), { client_id: 'no-such-client' }, { origin });
    expect(answer.status).toBe(401);
    expect(answer.headers.get(allowOrigin)).toBe(origin);
  });

  it.each([
    ['signing in', '/realms/master/protocol/openid-connect/token', 'POST'],
    ['one’s own sessions', '/realms/master/account/sessions', 'DELETE'],
    ['anybody’s sessions', '/admin/realms/master/users', 'GET'],
  ])('a preflight of %s answers any origin: passing it proves nothing', async (_what, path, method) => {
    const origin = 'https://elsewhere.example';
    const preflight = await send(`${target().baseUrl}${path}`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': method, 'access-control-request-headers': 'authorization' },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get(allowOrigin)).toBe(origin);
    expect(preflight.headers.get('access-control-allow-methods')).toContain(method);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(preflight.headers.get('access-control-max-age')).toBe('3600');
  });

  it('discovery answers any origin', async () => {
    const origin = 'https://elsewhere.example';
    const { baseUrl } = target();
    const discovery = await send(`${baseUrl}/realms/master/.well-known/openid-configuration`, { headers: { origin } });
    expect(discovery.status).toBe(200);
    expect(discovery.headers.get(allowOrigin)).toBe(origin);
  });
}
