import { expect, it } from 'vitest';
import { branch, clients, traitsOf, type Credentials, type Target } from './target.ts';
import {
  account,
  asBearer,
  bearer,
  claimsOf,
  post,
  send,
  signedIn,
  signIn as masterSignIn,
  tokensOf,
  userinfo,
  type Answer,
} from './wire.ts';

const { realm } = branch;
const openid = `/realms/${realm}/protocol/openid-connect`;
const refused = (error: string, description: string) => ({
  status: 403,
  json: { error, error_description: description },
});

/** The contract's rows about what a realm is set to: in a second one, so that nobody is shut out of the first. */
export function describeRealmRows(target: () => Target): void {
  const signIn = (who: Credentials, headers = {}, more = {}): Promise<Answer> => {
    const form = { client_id: clients.otherPublic, grant_type: 'password', ...who, ...more };
    return post(target(), `${openid}/token`, form, headers);
  };
  const logOut = (refreshToken: string): Promise<Answer> =>
    post(target(), `${openid}/logout`, { client_id: clients.otherPublic, refresh_token: refreshToken });
  const discovery = (accept = 'application/json'): Promise<Answer> =>
    send(`${target().baseUrl}/realms/${realm}/.well-known/openid-configuration`, { headers: { accept } });
  const ownSessions = (access: string | null): Promise<Answer> => account(target(), access, '/sessions', { realm });

  it('its people, tokens and administrators are of no other realm', async () => {
    const here = await signedIn(target(), await target().addPerson());
    expect((await ownSessions(here.access)).status).toBe(401);
    const there = tokensOf(await signIn(branch.administrator));
    expect((await ownSessions(there.access)).status).toBe(200);
    expect((await asBearer(target(), there.access, 'GET', '/users?max=1', undefined, realm)).status).toBe(200);
    expect((await asBearer(target(), there.access, 'GET', '/users?max=1')).status).not.toBe(200);
  });

  it('over https alone: refused, and every page elsewhere may read that; who holds a token is not asked', async () => {
    const { access, refresh } = tokensOf(await signIn(branch.person));
    await target().configureBranch({ sslRequired: 'all' });
    const origin = 'https://elsewhere.example';
    const answer = await signIn(branch.person, { origin });
    expect(answer).toMatchObject(refused('invalid_request', 'HTTPS required'));
    expect(answer.headers.get('access-control-allow-origin')).toBe(origin);
    for (const asked of [logOut(refresh), discovery(), post(target(), `${openid}/revoke`, { token: refresh })]) {
      expect(await asked).toMatchObject(refused('invalid_request', 'HTTPS required'));
    }
    expect((await ownSessions(access)).status).toBe(200);
  });

  it('switched off: nobody signs in; a session can still be listed and logged out, and discovery is as ever', async () => {
    const { access, refresh } = tokensOf(await signIn(branch.person));
    await target().configureBranch({ enabled: false });
    const off = refused('access_denied', 'Realm not enabled');
    expect(await signIn(branch.person)).toMatchObject(off);
    expect(await post(target(), `${openid}/revoke`, { token: refresh })).toMatchObject(off);
    expect((await discovery()).status).toBe(200);
    expect((await ownSessions(access)).status).toBe(200);
    expect((await logOut(refresh)).status).toBe(204);
    expect((await ownSessions(access)).status).toBe(401);
  });

  it('other than in the first realm, an account without e-mail and names is not fully set up', async () => {
    expect(await signIn(branch.nameless)).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant', error_description: 'Account is not fully set up' },
    });
  });

  it('without the client of the accounts their API is not there, with or without a token', async () => {
    const { access } = tokensOf(await signIn(branch.person));
    await target().configureBranch({ accountClient: false });
    for (const token of [access, null]) {
      expect(await ownSessions(token)).toMatchObject({
        status: 404,
        text: '{"error":"account management not enabled"}',
      });
    }
  });

  it('all of its people logged out at once: every older token is dead', async () => {
    const person = tokensOf(await signIn(branch.person, {}, { scope: 'openid' }));
    const keeper = tokensOf(await signIn(branch.administrator));
    expect((await asBearer(target(), keeper.access, 'POST', '/logout-all', undefined, realm)).status).toBe(200);
    for (const { access } of [person, keeper]) expect((await ownSessions(access)).status).toBe(401);
    const { baseUrl } = target();
    expect((await send(`${baseUrl}${openid}/userinfo`, { headers: bearer(person.access) })).status).toBe(401);
    expect(tokensOf(await signIn(branch.person)).session).not.toBe(person.session);
  });

  it('discovery is JSON alone: 406 to who wants a page, and something odd where the realm is unknown', async () => {
    const page = await discovery('text/html');
    expect(page.status).toBe(406);
    expect(page.headers.get('content-type')).toContain('text/html');
    const unknown = await send(`${target().baseUrl}/realms/none/.well-known/openid-configuration`, {
      headers: { accept: 'text/html' },
    });
    const { pageOfUnknownRealmStatus } = traitsOf(target().version);
    expect(unknown.status).toBe(pageOfUnknownRealmStatus);
    expect(unknown.text === '').toBe(pageOfUnknownRealmStatus === 500);
  });

  it('pushed not-before: an answer names it from then on', async () => {
    const person = await target().addPerson();
    const before = await masterSignIn(target(), person);
    expect(before.json['not-before-policy']).toBe(0);
    const { iat } = claimsOf(tokensOf(before).access).payload;
    await target().configure({ notBeforeNow: true });
    const after = await masterSignIn(target(), person, { scope: 'openid' });
    expect(after.json['not-before-policy']).toBeGreaterThan(Number(iat));
    expect((await userinfo(target(), tokensOf(after).access)).status).toBe(200);
  });
}
