/** The second realm of a real Keycloak: as new ones are, with the three people that the contract's rows ask for. */
import { branch, type BranchChange, type Credentials, type Target } from '../contract/ocp/target.ts';
import { carryOut, found, list } from './admin-calls.ts';

const { realm } = branch;

/** `passwordPolicy`: as in the first realm. */
export async function createBranch(target: Target, passwordPolicy: string): Promise<void> {
  await carryOut(target, { realm: '', method: 'POST', path: '', body: { realm, enabled: true, passwordPolicy } });
  const named = (name: string) => ({
    email: `${name}@example.test`,
    emailVerified: true,
    firstName: name,
    lastName: 'Test',
  });
  const { person, administrator, nameless } = branch;
  for (const one of [person, administrator]) await addUser(target, one, named(one.username));
  await addUser(target, nameless, {});
  const [user, client] = await Promise.all([
    list<{ id: string }>(target, `/users?username=${administrator.username}&exact=true`, realm),
    list<{ id: string }>(target, '/clients?clientId=realm-management', realm),
  ]);
  const clientUuid = found(client, () => true).id;
  const roles = await list<{ name: string }>(target, `/clients/${clientUuid}/roles`, realm);
  const path = `/users/${found(user, () => true).id}/role-mappings/clients/${clientUuid}`;
  await carryOut(target, { realm, method: 'POST', path, body: roles.filter(({ name }) => name === 'realm-admin') });
}

export async function configureBranch(target: Target, { accountClient, ...change }: BranchChange): Promise<void> {
  await carryOut(target, { realm, method: 'PUT', path: '', body: { realm, notBefore: 0, ...change } });
  if (accountClient === undefined) return;
  const account = found(await list<{ id: string }>(target, '/clients?clientId=account', realm), () => true);
  const body = { ...account, enabled: accountClient };
  await carryOut(target, { realm, method: 'PUT', path: `/clients/${account.id}`, body });
}

async function addUser(target: Target, { username, password }: Credentials, profile: object): Promise<void> {
  const credentials = [{ type: 'password', value: password, temporary: false }];
  await carryOut(target, {
    realm,
    method: 'POST',
    path: '/users',
    body: { username, enabled: true, credentials, ...profile },
  });
}
