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

  it('a preflight, and discovery, answer any origin: passing them proves nothing', async () => {
    const origin = 'https://elsewhere.example';
    const { baseUrl } = target();
    const preflight = await send(`${baseUrl}/realms/master/protocol/openid-connect/token`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get(allowOrigin)).toBe(origin);
    const discovery = await send(`${baseUrl}/realms/master/.well-known/openid-configuration`, { headers: { origin } });
    expect(discovery.status).toBe(200);
    expect(discovery.headers.get(allowOrigin)).toBe(origin);
  });
}
