import type { Language } from './texts.ts';

/** A active, R restricted, S suspended, D deleted; P, V and W are steps of the approval of a new account. */
export type Status = 'A' | 'R' | 'S' | 'D' | 'P' | 'V' | 'W';

export interface Person {
  readonly id: number;
  username: string;
  realName: string;
  email: string;
  password: string;
  status: Status;
  siteAdmin: boolean;
  /** Delegated "user management". */
  userManagement: boolean;
  /** Has given up the password for a passkey. */
  passwordlessOnly: boolean;
  passwordExpired: boolean;
}

export type NewPerson = Partial<Person> & { readonly username: string };

export const createPerson = (id: number, fields: NewPerson): Person => ({
  id,
  realName: fields.username.charAt(0).toUpperCase() + fields.username.slice(1),
  email: `${fields.username}@example.test`,
  password: `${fields.username}-demo-password`,
  status: 'A',
  siteAdmin: false,
  userManagement: false,
  passwordlessOnly: false,
  passwordExpired: false,
  ...fields,
});

export const byUsername = (people: ReadonlyMap<number, Person>, username: string): Person | null =>
  [...people.values()].find((person) => person.username === username) ?? null;

export const mayEnter = ({ status, passwordExpired }: Person): boolean =>
  (status === 'A' || status === 'R') && !passwordExpired;

/** What everybody may read of somebody; an anonymous reader has no id. */
export function minimalRepresentation(person: Person | null): Record<string, unknown> {
  if (!person) {
    return {
      ...{ id: null, uri: null, user_url: null, real_name: null, display_name: 'Anonymous user', username: null },
      ...{
        ldap_id: null,
        avatar_url: '/themes/common/images/avatar_default.png',
        is_anonymous: true,
        has_avatar: false,
      },
    };
  }
  const { id, username, realName } = person;
  return {
    id,
    uri: `users/${id}`,
    user_url: `/users/${username}`,
    real_name: realName,
    display_name: `${realName} (${username})`,
    username,
    ldap_id: String(id),
    avatar_url: `/users/${username}/avatar.png`,
    is_anonymous: false,
    has_avatar: true,
  };
}

/** What somebody who is signed in may read. */
export const fullRepresentation = (person: Person): Record<string, unknown> => ({
  ...minimalRepresentation(person),
  email: person.email,
  status: person.status,
});

export const localeOf = (language: Language): string => (language === 'fr' ? 'fr-FR' : 'en-US');
