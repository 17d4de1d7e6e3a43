import type { Person } from './account.ts';
import type { Value } from './render.ts';
import { caller } from './visit.ts';
import type { Reply, Visit } from './visit.ts';

/** The whole schema, with the secret that it carries; a password is write only. */
export const represent = (person: Person): Value => ({
  id: person.id,
  email: person.email,
  firstName: person.firstName,
  lastName: person.lastName,
  nickName: person.nickName,
  displayName: `${person.firstName} ${person.lastName}`,
  active: person.active,
  admin: person.admin,
  confirmed: person.confirmed,
  timeZone: person.timeZone,
  secretKey: person.secretKey,
  createdAt: new Date(person.createdAtMs),
  updatedAt: new Date(person.createdAtMs),
  version: 0,
});

export const self = (visit: Visit): Reply => ({ status: 200, body: represent(caller(visit).person) });

/** Of the vendor's own example of a call with a token. */
export function projects(visit: Visit): Reply {
  caller(visit);
  return {
    status: 200,
    body: [
      { id: '00000000-0000-4000-8000-000000000101', displayName: 'Website', archived: false },
      { id: '00000000-0000-4000-8000-000000000102', displayName: 'Support “24/7” & co.', archived: false },
    ],
  };
}
