import { expect, it } from 'vitest';
import { clients, sessionsMax, traitsOf, type Person, type Target } from './target.ts';
import {
  asAdministrator,
  countSessions,
  failUntilCounted,
  lockPath,
  logOut,
  postToken,
  refresh,
  signedIn,
  signedInTimes,
  signIn,
} from './wire.ts';

/** The contract's rows about the session limit, and about the lock that refusals can lead to. */
export function describeLimitRows(target: () => Target): void {
  const crowded = async (): Promise<Person> => {
    const person = await target().addPerson();
    await signedInTimes(target(), person, sessionsMax);
    return person;
  };

  it.each(['application/json', 'application/json, text/plain, */*'])(
    'the sixth sign-in with Accept %s: 403 in JSON, for people, without a description',
    async (accept) => {
      const answer = await signIn(target(), await crowded(), {}, { accept });
      expect(answer).toMatchObject({ status: 403, json: { error: 'There are too many sessions' } });
      expect(Object.keys(answer.json)).toEqual(['error']);
    },
  );

  it('the sixth sign-in with Accept */*: 403 as a page', async () => {
    const answer = await signIn(target(), await crowded(), {}, { accept: '*/*' });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('content-type')).toContain('text/html');
  });

  it('a message of the operator’s own comes as it is, in any language', async () => {
    await target().configure({
      limit: { behavior: 'Deny new session', errorMessage: 'Zu viele Sitzungen – höchstens fünf' },
    });
    expect(await signIn(target(), await crowded())).toMatchObject({
      status: 403,
      json: { error: 'Zu viele Sitzungen – höchstens fünf' },
    });
  });

  it('refreshing needs no slot, and one log out frees one', async () => {
    const person = await target().addPerson();
    const [first] = await signedInTimes(target(), person, sessionsMax);
    if (!first) throw new Error('Nobody signed in.');
    expect((await refresh(target(), first.refresh)).status).toBe(200);
    expect((await signIn(target(), person)).status).toBe(403);
    expect((await logOut(target(), first.refresh)).status).toBe(204);
    expect((await signIn(target(), person)).status).toBe(200);
    expect(await countSessions(target(), person)).toBe(sessionsMax);
  });

  it('set to end the oldest: the one that was refreshed longest ago dies, not the one opened first', async () => {
    await target().configure({ limit: { behavior: 'Terminate oldest session' } });
    const person = await target().addPerson();
    const opened = [];
    for (let nth = 0; nth < sessionsMax; nth += 1) {
      opened.push(await signedIn(target(), person));
      await target().pass(1.1);
    }
    const [first, second, third] = opened;
    if (!first || !second || !third) throw new Error('Nobody signed in.');
    expect((await refresh(target(), first.refresh)).status).toBe(200);
    expect((await signIn(target(), person)).status).toBe(200);
    expect(await refresh(target(), second.refresh)).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant', error_description: 'Session not active' },
    });
    expect((await refresh(target(), first.refresh)).status).toBe(200);
    expect((await refresh(target(), third.refresh)).status).toBe(200);
  });

  it('counts sessions of every client, and those that are not offline', async () => {
    const person = await target().addPerson();
    await signedIn(target(), person, { scope: 'offline_access' });
    for (let nth = 0; nth < sessionsMax; nth += 1) {
      await signedIn(target(), person, { client_id: clients.otherPublic });
    }
    expect((await signIn(target(), person)).status).toBe(403);
  });

  it('a limit for the client alone: its own sessions count, and at its end the oldest of them go', async () => {
    await target().configure({ limit: { behavior: 'Deny new session', withClientMax: 2 } });
    const person = await target().addPerson();
    const other = await signedIn(target(), person, { client_id: clients.otherPublic });
    const first = await signedIn(target(), person);
    // The server tells them apart by whole seconds.
    await target().pass(1.1);
    await signedIn(target(), person);
    expect(await signIn(target(), person)).toMatchObject({
      status: 403,
      json: { error: 'There are too many sessions' },
    });
    await target().configure({
      limit: { behavior: 'Terminate oldest session', inRealmMax: 0, withClientMax: 2 },
    });
    expect((await signIn(target(), person)).status).toBe(200);
    expect(await countSessions(target(), person)).toBe(3);
    expect((await refresh(target(), first.refresh)).json['error_description']).toBe('Session not active');
    const again = { client_id: clients.otherPublic, grant_type: 'refresh_token', refresh_token: other.refresh };
    expect((await postToken(target(), again)).status).toBe(200);
  });

  it('a limit of 0 is none', async () => {
    await target().configure({ limit: { behavior: 'Deny new session', inRealmMax: 0 } });
    const person = await target().addPerson();
    await signedInTimes(target(), person, sessionsMax + 1);
    expect(await countSessions(target(), person)).toBe(sessionsMax + 1);
  });

  it('a limit without a behaviour breaks at its end: 500, and no session is opened', async () => {
    await target().configure({ limit: { behavior: null, inRealmMax: 1 } });
    const person = await target().addPerson();
    await signedIn(target(), person);
    expect(await signIn(target(), person)).toMatchObject({ status: 500, json: { error: 'unknown_error' } });
    expect(await countSessions(target(), person)).toBe(1);
  });

  const lookOfAWrongPassword = () => ({
    status: traitsOf(target().version).wrongPasswordStatus,
    json: { error: 'invalid_grant', error_description: 'Invalid user credentials' },
  });

  it('three wrong passwords lock the account, and the right one then looks wrong, until an administrator unlocks it', async () => {
    await target().configure({ lockAfterFailures: 3 });
    const person = await target().addPerson();
    await failUntilCounted(target(), person, 3, async () => {
      expect(await signIn(target(), { ...person, password: 'wrong' })).toMatchObject(lookOfAWrongPassword());
    });
    expect(await signIn(target(), person)).toMatchObject(lookOfAWrongPassword());
    const { json } = await asAdministrator(target(), 'GET', lockPath(person));
    expect('numSecondaryAuthFailures' in json).toBe(traitsOf(target().version).countsSecondaryFailures);
    expect(json).toMatchObject({
      numFailures: 3,
      numTemporaryLockouts: 1,
      disabled: true,
      failedLoginNotBefore: expect.any(Number) as number,
      lastFailure: expect.any(Number) as number,
    });
    expect((await asAdministrator(target(), 'DELETE', lockPath(person))).status).toBe(204);
    expect((await signIn(target(), person)).status).toBe(200);
  });

  it('three refusals at the limit lock the account too: so a refusal is never repeated by itself', async () => {
    const person = await crowded();
    await target().configure({ lockAfterFailures: 3 });
    await failUntilCounted(target(), person, 3, async () => {
      const { status } = await signIn(target(), person);
      expect([403, lookOfAWrongPassword().status]).toContain(status);
    });
    expect(await signIn(target(), person)).toMatchObject(lookOfAWrongPassword());
  });
}
