import { expect, it } from 'vitest';
import { clients, type Target } from './target.ts';
import {
  account,
  asAdministrator,
  countSessions,
  listOf,
  refresh,
  signedIn,
  signIn,
  tokensOf,
  userinfo,
} from './wire.ts';

const unauthorized = { status: 401, text: '{"error":"HTTP 401 Unauthorized"}' };
const forbidden = { status: 403, text: '{"error":"HTTP 403 Forbidden"}' };

/** The contract's rows about the account API: a user's own sessions. */
export function describeAccountRows(target: () => Target): void {
  it('lists what the limit counts, in seconds, with the browser of the sign-in and the one that asks', async () => {
    const person = await target().addPerson();
    const elsewhere = await signIn(target(), person, {}, { 'user-agent': 'curl/7.88.1' });
    expect(elsewhere.status).toBe(200);
    const mine = await signedIn(target(), person);
    const sessions = listOf(await account(target(), mine.access, '/sessions'));
    expect(sessions).toHaveLength(await countSessions(target(), person));
    const current = sessions.find(({ id }) => id === mine.session);
    expect(current).toMatchObject({ current: true, ipAddress: '127.0.0.1', clients: [{ clientId: clients.limited }] });
    const other = sessions.find(({ id }) => id === elsewhere.json['session_state']);
    expect(other).toMatchObject({ browser: 'curl/7.88.1' });
    expect(other).not.toHaveProperty('current');
    const { started, lastAccess, expires } = current ?? {};
    for (const time of [started, lastAccess, expires]) expect(time).toBeTypeOf('number');
    // Seconds: in milliseconds it would be a thousand times as much.
    expect(Number(started)).toBeLessThan(10_000_000_000);
    expect(Number(expires) - Number(started)).toBe(36_000);
  });

  it('groups the same by device', async () => {
    const person = await target().addPerson();
    const { access, session } = await signedIn(target(), person);
    const [device] = listOf(await account(target(), access, '/sessions/devices'));
    expect(device).toMatchObject({ current: true, sessions: [{ id: session, current: true }] });
  });

  it.each(['*/*', 'application/json;q=0.9', 'text/html'])('Accept %s gets a page, and 200 with it', async (accept) => {
    const { access } = await signedIn(target(), await target().addPerson());
    const answer = await account(target(), access, '/sessions', { accept });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/html');
  });

  it('whatever the Accept, a Content-Type of JSON gets the list', async () => {
    const { access, session } = await signedIn(target(), await target().addPerson());
    const headers = { 'content-type': 'application/json' };
    expect(listOf(await account(target(), access, '/sessions', { accept: '*/*', headers }))).toMatchObject([
      { id: session },
    ]);
  });

  it('the address is that of the connection, whatever X-Forwarded-For says', async () => {
    const person = await target().addPerson();
    const answer = await signIn(target(), person, {}, { 'x-forwarded-for': '203.0.113.9' });
    expect(listOf(await account(target(), tokensOf(answer).access, '/sessions'))).toMatchObject([
      { ipAddress: '127.0.0.1' },
    ]);
    expect(listOf(await asAdministrator(target(), 'GET', `/users/${person.id}/sessions`))).toMatchObject([
      { ipAddress: '127.0.0.1' },
    ]);
  });

  it('with its version in the path no Accept matters; another version is unknown', async () => {
    const { access } = await signedIn(target(), await target().addPerson());
    expect(listOf(await account(target(), access, '/v1alpha1/sessions', { accept: '*/*' }))).toHaveLength(1);
    expect(await account(target(), access, '/v1/sessions')).toMatchObject({
      status: 404,
      text: '{"error":"API version not found"}',
    });
  });

  it.each([null, 'not-a-real-token'])('with the token %s: 401', async (token) => {
    expect(await account(target(), token, '/sessions')).toMatchObject(unauthorized);
  });

  it('with the token of a session that is over: 401', async () => {
    const { access, session } = await signedIn(target(), await target().addPerson());
    expect((await asAdministrator(target(), 'DELETE', `/sessions/${session}`)).status).toBe(204);
    expect(await account(target(), access, '/sessions')).toMatchObject(unauthorized);
  });

  it('from a client whose tokens are not meant for it: 401, and the session is none the worse', async () => {
    const person = await target().addPerson();
    const { access } = await signedIn(target(), person, { client_id: clients.trimmed });
    expect(await account(target(), access, '/sessions')).toMatchObject(unauthorized);
    expect(await countSessions(target(), person)).toBe(1);
  });

  it('without any role of it: 401, because the token is then not meant for it either', async () => {
    const { access } = await signedIn(target(), await target().addPerson({ accountRoles: [] }));
    expect(await account(target(), access, '/sessions')).toMatchObject(unauthorized);
  });

  it('with a role that is none of the two: 403', async () => {
    const { access } = await signedIn(target(), await target().addPerson({ accountRoles: ['manage-account-links'] }));
    expect(await account(target(), access, '/sessions')).toMatchObject(forbidden);
  });

  it('view-profile lists and does not end', async () => {
    const { access, session } = await signedIn(target(), await target().addPerson({ accountRoles: ['view-profile'] }));
    expect(listOf(await account(target(), access, '/sessions'))).toHaveLength(1);
    expect(await account(target(), access, `/sessions/${session}`, { method: 'DELETE' })).toMatchObject(forbidden);
    expect(listOf(await account(target(), access, '/sessions'))).toHaveLength(1);
  });

  it('ends one; 204 also for one that never was and for somebody else’s, which lives on', async () => {
    const person = await target().addPerson();
    const other = await target().addPerson();
    const theirs = await signedIn(target(), other);
    const first = await signedIn(target(), person);
    const { access } = await signedIn(target(), person);
    for (const id of [first.session, 'never-was', theirs.session]) {
      expect((await account(target(), access, `/sessions/${id}`, { method: 'DELETE' })).status).toBe(204);
    }
    expect(await countSessions(target(), person)).toBe(1);
    expect(await countSessions(target(), other)).toBe(1);
    expect((await refresh(target(), first.refresh)).json['error_description']).toBe('Session not active');
  });

  it('ends all but the one that asks, and with `current` that one too', async () => {
    const person = await target().addPerson();
    await signedIn(target(), person);
    const { access } = await signedIn(target(), person);
    expect((await account(target(), access, '/sessions', { method: 'DELETE' })).status).toBe(204);
    expect(await countSessions(target(), person)).toBe(1);
    expect((await account(target(), access, '/sessions?current=true', { method: 'DELETE' })).status).toBe(204);
    expect(await countSessions(target(), person)).toBe(0);
  });

  it('an offline session has no end, and is in no list', async () => {
    const person = await target().addPerson();
    const answer = await signIn(target(), person, { scope: 'offline_access' });
    expect(answer).toMatchObject({ status: 200, json: { refresh_expires_in: 0 } });
    expect(await countSessions(target(), person)).toBe(0);
    const { access, session } = await signedIn(target(), person);
    expect(listOf(await account(target(), access, '/sessions'))).toMatchObject([{ id: session }]);
  });

  it('a refresh moves the last use; lists and userinfo do not', async () => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person, { scope: 'openid' });
    const lastAccess = async () => listOf(await account(target(), tokens.access, '/sessions'))[0]?.['lastAccess'];
    const before = await lastAccess();
    await target().pass(2.1);
    await userinfo(target(), tokens.access);
    await asAdministrator(target(), 'GET', `/users/${person.id}/sessions`);
    expect(await lastAccess()).toBe(before);
    expect((await refresh(target(), tokens.refresh)).status).toBe(200);
    expect(Number(await lastAccess())).toBeGreaterThan(Number(before));
  });
}
