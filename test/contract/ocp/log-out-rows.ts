import { expect, it } from 'vitest';
import { clients, type Target } from './target.ts';
import { countSessions, logOut, post, refresh, revoke, signedIn, tokensOf } from './wire.ts';

/** The contract's rows about ending a session. */
export function describeLogOutRows(target: () => Target): void {
  it('204, and again: it frees the slot and may be repeated', async () => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person);
    expect(await logOut(target(), tokens.refresh)).toMatchObject({ status: 204, text: '' });
    expect(await countSessions(target(), person)).toBe(0);
    expect((await logOut(target(), tokens.refresh)).status).toBe(204);
  });

  it('with a refresh token that was replaced since: 204, and the session is gone', async () => {
    await target().configure({ rotation: true });
    const person = await target().addPerson();
    const first = await signedIn(target(), person);
    const second = tokensOf(await refresh(target(), first.refresh));
    expect((await logOut(target(), first.refresh)).status).toBe(204);
    expect(await countSessions(target(), person)).toBe(0);
    expect((await refresh(target(), second.refresh)).status).toBe(400);
  });

  it('after a used token was sent again, which cut the client off: 204, and the session is gone', async () => {
    await target().configure({ rotation: true });
    const person = await target().addPerson();
    const first = await signedIn(target(), person);
    const second = tokensOf(await refresh(target(), first.refresh));
    expect((await refresh(target(), first.refresh)).status).toBe(400);
    expect((await logOut(target(), second.refresh)).status).toBe(204);
    expect(await countSessions(target(), person)).toBe(0);
  });

  it('with garbage: 400', async () => {
    expect(await logOut(target(), 'garbage')).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant', error_description: 'Invalid refresh token' },
    });
  });

  it('by another client, by one that is unknown, or by another host name: refused, and the session lives on', async () => {
    const person = await target().addPerson();
    const { refresh: refreshToken } = await signedIn(target(), person);
    const by = (client_id: string) =>
      post(target(), '/realms/master/protocol/openid-connect/logout', { client_id, refresh_token: refreshToken });
    const refused = (description: string) => ({
      status: 400,
      json: { error: 'invalid_grant', error_description: description },
    });
    expect(await by(clients.otherPublic)).toMatchObject(
      refused("Invalid refresh token. Token client and authorized client don't match"),
    );
    expect(await by('no-such-client')).toMatchObject({ status: 401, json: { error: 'invalid_client' } });
    const { otherBaseUrl } = target();
    expect(await logOut({ ...target(), baseUrl: otherBaseUrl }, refreshToken)).toMatchObject(
      refused(`Invalid token issuer. Expected '${otherBaseUrl}/realms/master'`),
    );
    expect(await countSessions(target(), person)).toBe(1);
  });

  it('without a refresh token: a page for a browser, and nothing ends', async () => {
    const person = await target().addPerson();
    await signedIn(target(), person);
    const answer = await post(target(), '/realms/master/protocol/openid-connect/logout', {});
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await countSessions(target(), person)).toBe(1);
  });

  it('revoking the refresh token frees the slot as well; again, and garbage, is an error with status 200', async () => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person);
    expect(await revoke(target(), tokens.refresh)).toMatchObject({ status: 200, text: '' });
    expect(await countSessions(target(), person)).toBe(0);
    for (const dead of [tokens.refresh, 'garbage']) {
      expect(await revoke(target(), dead)).toMatchObject({ status: 200, json: { error: 'invalid_token' } });
    }
  });
}
