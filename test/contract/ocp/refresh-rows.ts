import { expect, it } from 'vitest';
import { clients, type Target } from './target.ts';
import { asAdministrator, countSessions, logOut, postToken, refresh, revoke, signedIn, tokensOf } from './wire.ts';

const refused = (description: string, error = 'invalid_grant') => ({
  status: 400,
  json: { error, error_description: description },
});

/** The contract's rows about refreshing while rotation is off. */
export function describeRefreshRows(target: () => Target): void {
  it('keeps the session, and hands out a new refresh token each time', async () => {
    const person = await target().addPerson();
    const before = await signedIn(target(), person);
    const after = tokensOf(await refresh(target(), before.refresh));
    expect(after.session).toBe(before.session);
    expect(after.refresh).not.toBe(before.refresh);
    expect(await countSessions(target(), person)).toBe(1);
  });

  it('the same refresh token twice: 200 both times', async () => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person);
    expect((await refresh(target(), tokens.refresh)).status).toBe(200);
    expect((await refresh(target(), tokens.refresh)).status).toBe(200);
  });

  it('missing', async () => {
    expect(await postToken(target(), { grant_type: 'refresh_token' })).toMatchObject(
      refused('No refresh token', 'invalid_request'),
    );
  });

  it('garbage, and an access token', async () => {
    const person = await target().addPerson();
    const { access } = await signedIn(target(), person);
    expect(await refresh(target(), 'garbage')).toMatchObject(refused('Invalid refresh token'));
    expect(await refresh(target(), access)).toMatchObject(refused('Invalid refresh token'));
  });

  it('by another host name: the issuer differs', async () => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person);
    const { otherBaseUrl } = target();
    const expected = `Invalid token issuer. Expected '${otherBaseUrl}/realms/master'`;
    expect(await refresh({ ...target(), baseUrl: otherBaseUrl }, tokens.refresh)).toMatchObject(refused(expected));
    expect((await refresh(target(), tokens.refresh)).status).toBe(200);
  });

  it('by another client', async () => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person);
    const answer = await postToken(target(), {
      client_id: clients.otherPublic,
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh,
    });
    expect(answer).toMatchObject(refused("Invalid refresh token. Token client and authorized client don't match"));
  });

  it.each([
    ['log out', (at: Target, tokens: { refresh: string }) => logOut(at, tokens.refresh)],
    ['revoking the refresh token', (at: Target, tokens: { refresh: string }) => revoke(at, tokens.refresh)],
    [
      'an administrator ended it',
      (at: Target, tokens: { session: string }) => asAdministrator(at, 'DELETE', `/sessions/${tokens.session}`),
    ],
  ])('after %s: "Session not active"', async (_what, end) => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person);
    expect((await end(target(), tokens)).status).toBeLessThan(300);
    expect(await refresh(target(), tokens.refresh)).toMatchObject(refused('Session not active'));
  });

  it('of a user who was disabled since: "User disabled"', async () => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person);
    await target().changePerson(person, { enabled: false });
    expect(await refresh(target(), tokens.refresh)).toMatchObject(refused('User disabled'));
  });
}
