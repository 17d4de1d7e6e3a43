import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { traitsOf, type Person, type PersonFields, type Target } from './target.ts';
import {
  asAdministrator,
  asBearer,
  claimsOf,
  countSessions,
  listOf,
  refresh,
  signedIn,
  signIn,
  tokensOf,
  userinfo,
} from './wire.ts';

const forbidden = { status: 403, text: '{"error":"HTTP 403 Forbidden"}' };

/** The contract's rows about the admin API: anybody's sessions, for support. */
export function describeAdminRows(target: () => Target): void {
  async function caller(
    adminRoles: PersonFields['adminRoles'] = [],
  ): Promise<(method: string, path: string) => ReturnType<typeof asBearer>> {
    const { access } = await signedIn(target(), await target().addPerson({ adminRoles }));
    return (method, path) => asBearer(target(), access, method, path);
  }

  const reads = ({ id }: Person) => ['/users?max=1', `/users/${id}`, `/users/${id}/sessions`, lockOf(id)];
  const lockOf = (id: string): string => `/attack-detection/brute-force/users/${id}`;

  describe('rights', () => {
    it('an ordinary user is refused with 403, and not with 401', async () => {
      const call = await caller();
      const person = await target().addPerson();
      for (const path of reads(person)) expect(await call('GET', path)).toMatchObject(forbidden);
    });

    it('without a good token: 401', async () => {
      const answer = await asBearer(target(), 'not-a-real-token', 'GET', '/users?max=1');
      expect(answer).toMatchObject({ status: 401, text: '{"error":"HTTP 401 Unauthorized"}' });
    });

    it('view-users reads all of it and changes nothing', async () => {
      const call = await caller(['view-users']);
      const person = await target().addPerson();
      const { session } = await signedIn(target(), person);
      for (const path of reads(person)) expect((await call('GET', path)).status).toBe(200);
      expect(await call('DELETE', `/sessions/${session}`)).toMatchObject(forbidden);
      expect(await call('POST', `/users/${person.id}/logout`)).toMatchObject(forbidden);
      expect(await call('DELETE', lockOf(person.id))).toMatchObject(forbidden);
      expect(await countSessions(target(), person)).toBe(1);
    });

    it('manage-users reads and changes', async () => {
      const call = await caller(['manage-users']);
      const person = await target().addPerson();
      const { session } = await signedIn(target(), person);
      for (const path of reads(person)) expect((await call('GET', path)).status).toBe(200);
      expect((await call('DELETE', `/sessions/${session}`)).status).toBe(204);
      expect((await call('POST', `/users/${person.id}/logout`)).status).toBe(204);
      expect((await call('DELETE', lockOf(person.id))).status).toBe(204);
    });

    it('query-users finds people and sees none of their sessions', async () => {
      const call = await caller(['query-users']);
      const person = await target().addPerson();
      expect((await call('GET', '/users?max=1')).status).toBe(200);
      expect(await call('GET', `/users/${person.id}/sessions`)).toMatchObject(forbidden);
    });

    it('neither reads what would tell the limit', async () => {
      const call = await caller(['view-users', 'manage-users']);
      for (const path of ['/client-session-stats', '/authentication/flows']) {
        expect(await call('GET', path)).toMatchObject(forbidden);
      }
    });
  });

  describe('finding people', () => {
    const found = async (query: Readonly<Record<string, string>>): Promise<readonly unknown[]> =>
      listOf(await asAdministrator(target(), 'GET', `/users?${new URLSearchParams(query).toString()}`)).map(
        ({ id }) => id,
      );

    it('exactly, by user name and e-mail, in any case; by id', async () => {
      const { id, username } = await target().addPerson({ named: 'o.brien_x' });
      const exact = { exact: 'true', briefRepresentation: 'true', max: '2' };
      expect(await found({ ...exact, username })).toEqual([id]);
      expect(await found({ ...exact, username: username.toUpperCase() })).toEqual([id]);
      expect(await found({ ...exact, username: username.slice(0, -1) })).toEqual([]);
      const [{ email = '' } = {}] = listOf(
        await asAdministrator(target(), 'GET', `/users?username=${encodeURIComponent(username)}`),
      ) as readonly { readonly email?: string }[]; // as the server lists it
      expect(await found({ ...exact, email })).toEqual([id]);
      expect((await asAdministrator(target(), 'GET', `/users/${id}`)).json).toMatchObject({ id, username });
      expect(await asAdministrator(target(), 'GET', `/users/${randomUUID()}`)).toMatchObject({
        status: 404,
        json: { error: 'User not found' },
      });
    });

    it('alike: each word somewhere in a name, with an asterisk for anything', async () => {
      const mark = randomUUID().slice(0, 6);
      const { id, username } = await target().addPerson({ named: `crowd-${mark}` });
      expect(await found({ search: `*owd-${mark}*` })).toEqual([id]);
      expect(await found({ search: `crowd-${mark}` })).toEqual([id]);
      expect(await found({ search: `owd-${mark}` })).toEqual([]);
      expect(await found({ search: `*${mark}* *example.test*` })).toEqual([id]);
      expect(await found({ search: `*${mark}* *nobody*` })).toEqual([]);
      expect(await found({ search: `*${username.slice(2)}*` })).toEqual([id]);
    });

    it('page after page, in one order', async () => {
      const mark = randomUUID().slice(0, 6);
      for (let nth = 0; nth < 5; nth += 1) await target().addPerson({ named: `paged-${mark}-${String(nth)}` });
      const search = `*paged-${mark}*`;
      const pages = [await found({ search, first: '0', max: '3' }), await found({ search, first: '3', max: '3' })];
      expect(pages.map((page) => page.length)).toEqual([3, 2]);
      expect(new Set(pages.flat()).size).toBe(5);
    });

    it('brief, where the version knows that', async () => {
      const { username } = await target().addPerson();
      const [person] = listOf(
        await asAdministrator(target(), 'GET', `/users?username=${username}&briefRepresentation=true`),
      );
      expect('userProfileMetadata' in (person ?? {})).toBe(!traitsOf(target().version).briefUsers);
    });
  });

  describe('sessions', () => {
    it('in milliseconds, with the clients by their own ids, and without a browser', async () => {
      const person = await target().addPerson();
      const { session } = await signedIn(target(), person);
      const [listed] = listOf(await asAdministrator(target(), 'GET', `/users/${person.id}/sessions`));
      expect(listed).toMatchObject({
        id: session,
        username: person.username,
        userId: person.id,
        ipAddress: '127.0.0.1',
      });
      expect(Object.values(listed?.['clients'] ?? {})).toEqual(['ocp']);
      expect(Number(listed?.['start'])).toBeGreaterThan(1_000_000_000_000);
      expect(Number(listed?.['lastAccess'])).toBeGreaterThan(1_000_000_000_000);
      expect(listed).not.toHaveProperty('browser');
    });

    it('one ends once: a second time, or one that never was, is 404', async () => {
      const { session } = await signedIn(target(), await target().addPerson());
      expect((await asAdministrator(target(), 'DELETE', `/sessions/${session}`)).status).toBe(204);
      for (const id of [session, randomUUID()]) {
        expect(await asAdministrator(target(), 'DELETE', `/sessions/${id}`)).toMatchObject({
          status: 404,
          json: { error: 'Sesssion not found' },
        });
      }
    });

    it('all of a person: their older tokens are refused too, and they can sign in again', async () => {
      const person = await target().addPerson();
      const older = await signedIn(target(), person, { scope: 'openid' });
      await signedIn(target(), person);
      await target().pass(1.1);
      expect((await asAdministrator(target(), 'POST', `/users/${person.id}/logout`)).status).toBe(204);
      expect(await countSessions(target(), person)).toBe(0);
      expect((await userinfo(target(), older.access)).status).toBe(401);
      expect((await refresh(target(), older.refresh)).status).toBe(400);
      expect((await signIn(target(), person)).status).toBe(200);
    });

    it('all of a person, and a sign-in in the same second: its token is not stale by that', async () => {
      const person = await target().addPerson();
      const [{ iat }, notBefore, tokens] = await inOneSecond(async () => {
        await asAdministrator(target(), 'POST', `/users/${person.id}/logout`);
        const answer = await signIn(target(), person, { scope: 'openid' });
        const opened = tokensOf(answer);
        return [claimsOf(opened.access).payload, answer.json['not-before-policy'], opened] as const;
      });
      expect(notBefore).toBe(iat);
      expect((await userinfo(target(), tokens.access)).status).toBe(200);
      expect((await refresh(target(), tokens.refresh)).status).toBe(200);
    });

    it('of nobody: 404', async () => {
      const nobody = randomUUID();
      expect(await asAdministrator(target(), 'GET', `/users/${nobody}/sessions`)).toMatchObject({
        status: 404,
        json: { error: 'User not found' },
      });
    });

    it('the lock of nobody is none', async () => {
      const { status, json } = await asAdministrator(target(), 'GET', lockOf(randomUUID()));
      expect(status).toBe(200);
      expect(json).toMatchObject({ numFailures: 0, disabled: false });
    });
  });

  it('a lock that never was: no failures, and no last one', async () => {
    const { id } = await target().addPerson();
    expect((await asAdministrator(target(), 'GET', lockOf(id))).json).toMatchObject({
      numFailures: 0,
      disabled: false,
      lastIPFailure: 'n/a',
      lastFailure: 0,
    });
  });

  it('a realm’s not-before makes older refresh tokens stale, and the sessions stay in the list', async () => {
    const person = await target().addPerson();
    const older = await signedIn(target(), person);
    await target().configure({ notBeforeNow: true });
    expect(await refresh(target(), older.refresh)).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    expect(listOf(await asAdministrator(target(), 'GET', `/users/${person.id}/sessions`))).toMatchObject([
      { id: older.session },
    ]);
  });

  it('a required action that comes later refuses the next sign-in and not the refresh', async () => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person);
    await target().changePerson(person, { requiredActions: ['UPDATE_PASSWORD'] });
    expect((await signIn(target(), person)).json['error_description']).toBe('Account is not fully set up');
    expect((await refresh(target(), tokens.refresh)).status).toBe(200);
  });

  it('who is disabled keeps the sessions in the list until they end, and cannot use them', async () => {
    const person = await target().addPerson();
    const tokens = await signedIn(target(), person, { scope: 'openid' });
    await target().changePerson(person, { enabled: false });
    expect((await refresh(target(), tokens.refresh)).json['error_description']).toBe('User disabled');
    expect((await userinfo(target(), tokens.access)).status).toBe(401);
    expect(listOf(await asAdministrator(target(), 'GET', `/users/${person.id}/sessions`))).toMatchObject([
      { id: tokens.session },
    ]);
    expect((await asAdministrator(target(), 'DELETE', `/sessions/${tokens.session}`)).status).toBe(204);
    expect(await countSessions(target(), person)).toBe(0);
  });
}

const TRIES_MAX = 10;

/** Does it again until the second in which it ended is the one in which it began. */
async function inOneSecond<Told extends readonly [{ readonly iat?: unknown }, unknown, ...unknown[]]>(
  work: () => Promise<Told>,
): Promise<Told> {
  for (let nth = 0; nth < TRIES_MAX; nth += 1) {
    const told = await work();
    if (told[0].iat === told[1]) return told;
  }
  throw new Error(`In ${String(TRIES_MAX)} tries the second went by.`);
}
