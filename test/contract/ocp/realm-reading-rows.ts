import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { clients, sessionsMax, type PersonFields, type Target } from './target.ts';
import {
  asAdministrator,
  asBearer,
  claimsOf,
  countSessions,
  listOf,
  refresh,
  signedIn,
  signedInTimes,
  type Answer,
} from './wire.ts';

const forbidden = { status: 403, text: '{"error":"HTTP 403 Forbidden"}' };

/** The contract's rows about what the admin API tells beside people: clients, numbers, the limit, offline sessions. */
export function describeRealmReadingRows(target: () => Target): void {
  async function reader(adminRoles: PersonFields['adminRoles'] = []): Promise<(path: string) => Promise<Answer>> {
    const { access } = await signedIn(target(), await target().addPerson({ adminRoles }));
    return (path) => asBearer(target(), access, 'GET', path);
  }

  async function uuidOf(clientId: string): Promise<string> {
    const found = listOf(await asAdministrator(target(), 'GET', `/clients?clientId=${clientId}`));
    expect(found).toMatchObject([{ clientId }]);
    return String(found[0]?.['id']);
  }

  /** Nobody is signed in with it any more, whoever was before. */
  async function emptied(clientId: string): Promise<string> {
    const uuid = await uuidOf(clientId);
    const sessions = listOf(await asAdministrator(target(), 'GET', `/clients/${uuid}/user-sessions?max=1000`));
    for (const { id } of sessions) await asAdministrator(target(), 'DELETE', `/sessions/${String(id)}`);
    return uuid;
  }

  const statsOf = async (clientId: string) =>
    listOf(await asAdministrator(target(), 'GET', '/client-session-stats')).find((one) => one['clientId'] === clientId);

  it('a token names its roles, with what they bring along', async () => {
    const { access } = await signedIn(
      target(),
      await target().addPerson({ adminRoles: ['view-users', 'manage-users'] }),
    );
    const access_ = claimsOf(access).payload['resource_access'] as { 'master-realm': { roles: string[] } };
    const expected = ['manage-users', 'query-groups', 'query-users', 'view-users'];
    expect(access_['master-realm'].roles.toSorted()).toEqual(expected);
    const ordinary = await signedIn(target(), await target().addPerson());
    expect(claimsOf(ordinary.access).payload['resource_access']).not.toHaveProperty('master-realm');
  });

  it('who may look at people and change them may not look at clients', async () => {
    const read = await reader(['view-users', 'manage-users']);
    const uuid = await uuidOf(clients.limited);
    for (const path of ['/clients?clientId=ocp', `/clients/${uuid}/session-count`, `/clients/${uuid}/user-sessions`]) {
      expect(await read(path)).toMatchObject(forbidden);
    }
  });

  it('view-clients counts and lists a client’s sessions, page after page, and no people', async () => {
    const read = await reader(['view-clients']);
    const uuid = await emptied(clients.laterConsent);
    expect((await read(`/clients/${uuid}/session-count`)).text).toBe('{"count":0}');
    const person = await target().addPerson();
    const opened: string[] = [];
    for (let nth = 0; nth < 3; nth += 1) {
      opened.push((await signedIn(target(), person, { client_id: clients.laterConsent })).session);
    }
    expect((await read(`/clients/${uuid}/session-count`)).text).toBe('{"count":3}');
    const page = async (query: string) =>
      listOf(await read(`/clients/${uuid}/user-sessions${query}`)).map(({ id }) => String(id));
    expect((await page('')).toSorted()).toEqual(opened.toSorted());
    const pages = [await page('?first=0&max=2'), await page('?first=2&max=2')];
    expect(pages.map(({ length }) => length)).toEqual([2, 1]);
    expect(pages.flat().toSorted()).toEqual(opened.toSorted());
    expect(await read('/client-session-stats')).toMatchObject(forbidden);
    expect(await read('/users?max=1')).toMatchObject(forbidden);
    expect(await asAdministrator(target(), 'GET', `/clients/${randomUUID()}/session-count`)).toMatchObject({
      status: 404,
      json: { error: 'Could not find client' },
    });
  });

  it('view-realm reads numbers, as strings and of clients that have sessions alone', async () => {
    const read = await reader(['view-realm']);
    const person = await target().addPerson();
    const uuid = await emptied(clients.laterConsent);
    expect(await statsOf(clients.laterConsent)).toBeUndefined();
    await signedIn(target(), person, { client_id: clients.laterConsent });
    const offline = await signedIn(target(), person, { client_id: clients.laterConsent, scope: 'offline_access' });
    const [own] = listOf(await read('/client-session-stats')).filter((one) => one['clientId'] === clients.laterConsent);
    expect(own).toMatchObject({ active: '1', offline: '1', id: uuid });
    expect(await read('/clients?clientId=ocp')).toMatchObject(forbidden);
    await asAdministrator(target(), 'DELETE', `/sessions/${offline.session}?isOffline=true`);
  });

  it('view-realm reads the session limit; who sees clients alone sees the names of flows and no further', async () => {
    const read = await reader(['view-realm']);
    const flows = listOf(await read('/authentication/flows'));
    expect(flows.map(({ alias }) => alias)).toContain('ocp-direct');
    const executions = '/authentication/flows/ocp-direct/executions';
    const limit = listOf(await read(executions)).find((one) => one['providerId'] === 'user-session-limits');
    expect(limit).toMatchObject({ requirement: 'REQUIRED' });
    expect((await read(`/authentication/config/${String(limit?.['authenticationConfig'])}`)).json).toMatchObject({
      config: { userRealmLimit: String(sessionsMax), userClientLimit: '0', behavior: 'Deny new session' },
    });
    const narrow = await reader(['view-clients']);
    expect((await narrow('/authentication/flows')).status).toBe(200);
    expect(await narrow(executions)).toMatchObject(forbidden);
  });

  it('people are counted as they are found, and a list has a hundred where nobody says', async () => {
    const read = await reader(['view-users']);
    const mark = randomUUID().slice(0, 6);
    await target().importPeople(
      Array.from({ length: 101 }, (_, nth) => `many-${mark}-${String(nth).padStart(3, '0')}`),
    );
    expect((await read(`/users/count?search=many-${mark}`)).text).toBe('101');
    expect(listOf(await read(`/users?search=many-${mark}`))).toHaveLength(100);
    // Without `exact` a part of the name is enough.
    expect(listOf(await read(`/users?username=${mark}-00`))).toHaveLength(10);
    expect((await read(`/users/count?username=${mark}-00`)).text).toBe('10');
  });

  it('who signs in for a client is no person to be found, but by the whole name', async () => {
    const read = await reader(['view-users']);
    const name = `service-account-${clients.confidential}`;
    expect(listOf(await read(`/users?search=${name}`))).toEqual([]);
    expect(listOf(await read(`/users?username=${name}&exact=true`))).toMatchObject([{ username: name }]);
  });

  it('offline sessions are listed by client, end only as such, and then refresh no more', async () => {
    const person = await target().addPerson();
    const uuid = await uuidOf(clients.limited);
    const offline = await signedIn(target(), person, { scope: 'offline_access' });
    const online = await signedIn(target(), person);
    const list = async () =>
      listOf(await asAdministrator(target(), 'GET', `/users/${person.id}/offline-sessions/${uuid}`));
    expect(await list()).toMatchObject([{ id: offline.session, userId: person.id }]);
    const end = async (id: string, as: string) =>
      (await asAdministrator(target(), 'DELETE', `/sessions/${id}${as}`)).status;
    expect([await end(offline.session, ''), await end(online.session, '?isOffline=true')]).toEqual([404, 404]);
    expect(await list()).toHaveLength(1);
    expect(await countSessions(target(), person)).toBe(1);
    expect([await end(offline.session, '?isOffline=true'), await end(offline.session, '?isOffline=true')]).toEqual([
      204, 404,
    ]);
    expect(await list()).toEqual([]);
    expect((await refresh(target(), offline.refresh)).json['error_description']).toBe('Offline user session not found');
    expect(
      await asAdministrator(target(), 'GET', `/users/${person.id}/offline-sessions/${randomUUID()}`),
    ).toMatchObject({ status: 404, json: { error: 'Client not found' } });
  });

  it('logging out all of a person leaves their offline sessions in the list', async () => {
    const person = await target().addPerson();
    await signedInTimes(target(), person, 2);
    await signedIn(target(), person, { scope: 'offline_access' });
    expect((await asAdministrator(target(), 'POST', `/users/${person.id}/logout`)).status).toBe(204);
    expect(await countSessions(target(), person)).toBe(0);
    const path = `/users/${person.id}/offline-sessions/${await uuidOf(clients.limited)}`;
    expect(listOf(await asAdministrator(target(), 'GET', path))).toHaveLength(1);
  });
}
