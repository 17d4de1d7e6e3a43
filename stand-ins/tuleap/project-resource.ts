/** `/projects` and `/version`: what tells that a server, or a credential, works. */
import { ApiError } from './api-error.ts';
import { pageOf, readPage } from './api-visit.ts';
import type { ApiReply, ApiVisit } from './api-visit.ts';
import { textOf } from './texts.ts';
import type { Project } from './world.ts';

const listMax = 50;

const show = ({ id, label, shortname, access }: Project): object => ({
  id,
  uri: `projects/${id}`,
  label,
  shortname,
  status: 'active',
  access,
  is_template: false,
});

const mayRead = ({ access, memberIds }: Project, { person }: ApiVisit): boolean =>
  access === 'public' || (person !== null && (person.siteAdmin || memberIds.includes(person.id)));

export function listProjects(visit: ApiVisit): ApiReply {
  const readable = [...visit.world.projects.values()].filter((project) => mayRead(project, visit));
  return pageOf(readable, readPage(visit, 10, listMax), listMax, show);
}

export function readProject(visit: ApiVisit): ApiReply {
  const { world, id } = visit;
  const project = world.projects.get(Number(id));
  if (!project) throw new ApiError(404, 'Project does not exist');
  if (mayRead(project, visit)) return { status: 200, body: show(project) };
  throw new ApiError(403, textOf('noProjectAccess', 'en'), textOf('noProjectAccess', world.settings.language));
}

export const version = (): ApiReply => ({
  status: 200,
  body: { flavor_name: 'Tuleap Community Edition', version_number: '17.4.99.1' },
});
