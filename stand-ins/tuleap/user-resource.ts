/** `/users`, and who is asking. */
import { ApiError, required } from './api-error.ts';
import { pageOf, readPage, requiredText, signedIn } from './api-visit.ts';
import type { ApiReply, ApiVisit } from './api-visit.ts';
import { byUsername, fullRepresentation, minimalRepresentation } from './people.ts';
import type { Person, Status } from './people.ts';

const searchMax = 50;
const statuses: readonly string[] = ['A', 'R', 'S', 'D', 'P', 'V', 'W'] satisfies readonly Status[];

/** Null is whoever asks, where that is nobody. */
function subject({ world, id, person }: ApiVisit): Person | null {
  if (id === 'self') return person;
  if (!/^\d+$/.test(id)) throw new ApiError(400, 'Provided User Id is not well formed.');
  const found = world.people.get(Number(id));
  if (!found) throw new ApiError(404, 'User Id not found');
  return found;
}

const show = (person: Person, reader: Person | null): object =>
  reader ? fullRepresentation(person) : minimalRepresentation(person);

export function readUser(visit: ApiVisit): ApiReply {
  const person = subject(visit);
  return { status: 200, body: person ? show(person, visit.person) : minimalRepresentation(null) };
}

/** `query` is JSON for an exact search, or part of a name. */
export function searchUsers(visit: ApiVisit): ApiReply {
  const query = visit.query.get('query');
  if (query === null) throw required('query');
  const page = readPage(visit, 10, searchMax);
  const found = query.startsWith('{') ? searchExactly(visit, query) : searchPart(visit, query);
  return pageOf(found, page, searchMax, (person) => show(person, visit.person));
}

function searchExactly({ world }: ApiVisit, query: string): readonly Person[] {
  const { username, loginname, email } = readObject(query);
  const name = username ?? loginname;
  if (typeof name === 'string') {
    const found = byUsername(world.people, name);
    return found ? [found] : [];
  }
  if (typeof email === 'string') return [...world.people.values()].filter((person) => person.email === email);
  throw new ApiError(400, 'You need to provide either a "username", "loginname" or "email"');
}

function searchPart({ world }: ApiVisit, query: string): readonly Person[] {
  if (query.length < 3) throw new ApiError(400, 'invalid value specified for `query`');
  return [...world.people.values()].filter(({ username, realName }) =>
    `${username} ${realName}`.toLowerCase().includes(query.toLowerCase()),
  );
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>; // begins with a brace
  } catch {
    throw new ApiError(400, 'Query is malformed');
  }
}

export function membership(visit: ApiVisit): ApiReply {
  const reader = signedIn(visit);
  const person = subject(visit) ?? reader;
  if (person.id !== reader.id && !reader.siteAdmin && !reader.userManagement) {
    throw new ApiError(403, "Cannot see other's membership");
  }
  const projects = [...visit.world.projects.values()].filter(({ memberIds }) => memberIds.includes(person.id));
  return { status: 200, body: ['site_active', ...projects.map(({ shortname }) => `${shortname}_project_members`)] };
}

/** For site administrators and those with "user management": how an account is suspended. */
export function changeUser(visit: ApiVisit): ApiReply {
  const { world, id, body } = visit;
  const reader = signedIn(visit);
  const { values } = body;
  if (typeof values !== 'object' || values === null) throw required('values');
  const person = world.people.get(Number(id));
  if (!person) throw new ApiError(404, 'User Id not found');
  if (!reader.siteAdmin && !reader.userManagement) throw new ApiError(403, "Cannot update other's details");

  const wanted = { ...visit, body: values as Readonly<Record<string, unknown>> }; // an object by the check above
  if ('status' in values) {
    const status = requiredText(wanted, 'status');
    if (!isStatus(status)) throw new ApiError(400, 'invalid value specified for `status`');
    person.status = status;
  }
  if ('email' in values) person.email = requiredText(wanted, 'email');
  if ('real_name' in values) person.realName = requiredText(wanted, 'real_name');
  if ('username' in values) person.username = requiredText(wanted, 'username');
  return { status: 200, body: true };
}

const isStatus = (value: string): value is Status => statuses.includes(value);
