import type { Peer } from '../serve.ts';
import { bearer, signIn } from './credentials.ts';
import {
  almServerDown,
  ApiError,
  deadToken,
  describe,
  errorBody,
  lockedProject,
  missingCommand,
  noLoginViaSoap,
  notInProject,
  serverBusy,
  unknownProject,
} from './errors.ts';
import { issuesPage } from './issues.ts';
import { findProject } from './projects.ts';
import type { Project } from './projects.ts';
import { mint } from './tokens.ts';
import type { Traffic } from './traffic.ts';
import { accessTo, loadedProjects } from './world.ts';
import type { World } from './world.ts';

interface Located {
  readonly operation: 'versions' | 'projects' | 'token' | 'issues';
  /** As it stands in the path, decoded; null where the path has none. */
  readonly project: string | null;
}

interface Visit {
  readonly world: World;
  readonly url: URL;
  readonly headers: Headers;
  readonly project: string | null;
}

const root = /^\/(helix-alm|perforce-alm)\/api\/v0\/(.*)$/;

/** There are no operations for keys, users or sessions: the vendor's endpoint table has none. */
function locate(method: string, pathname: string): (Located & { segment: string }) | null {
  const [, segment, rest] = root.exec(pathname) ?? [];
  if (method !== 'GET' || segment === undefined || rest === undefined) return null;
  if (rest === 'versions' || rest === 'projects') return { operation: rest, project: null, segment };
  const [, encoded, operation] = /^([^/]+)\/(token|issues)$/.exec(rest) ?? [];
  if (encoded === undefined || (operation !== 'token' && operation !== 'issues')) return null;
  return { operation, project: decode(encoded), segment };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export const nameOf = (method: string, url: URL): string => locate(method, url.pathname)?.operation ?? 'unknown';

export function answer(world: World, traffic: Traffic, request: Request, { address }: Peer): Response {
  const url = new URL(request.url);
  const located = locate(request.method, url.pathname);
  const isKnown = located && (located.segment === 'helix-alm' || !world.settings.version.startsWith('2022'));
  if (!isKnown) return url.pathname === '/' ? html(200, swagger) : html(404, notFound(request.method, url.pathname));

  let headers: Record<string, string> = {};
  try {
    const { operation, project } = located;
    if (operation !== 'versions') {
      const known = project === null ? undefined : findProject(loadedProjects(world), project);
      headers = traffic.count(known?.uuid ?? project, address);
      if (world.settings.busy) throw serverBusy();
      if (!world.settings.almServerUp) throw almServerDown();
    }
    return json(200, operations[operation]({ world, url, headers: request.headers, project }), headers);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return json(error.status, errorBody(error, world.settings.errorShape), { ...headers, ...error.headers });
  }
}

const operations: Readonly<Record<Located['operation'], (visit: Visit) => object>> = {
  /** Needs no credential and looks at none. */
  versions({ world: { settings } }) {
    return {
      RESTAPIServer: settings.version,
      HALMCommsLibrary: settings.version,
      HALMServer: settings.almServerUp ? settings.version : '<unknown>',
      errors: settings.almServerUp ? [] : [describe(almServerDown())],
    };
  },
  projects({ world, headers }) {
    const { person } = signIn(world, headers);
    const listed = loadedProjects(world).filter((project) =>
      ['full', 'no-commands'].includes(accessTo(person, project) ?? ''),
    );
    return {
      projects: listed.map(({ id, name, uuid }) => ({ id, name, uuid })),
      projectsLoading: world.settings.projectsLoading,
    };
  },
  token({ world, url, headers, project: segment }) {
    const signedIn = signIn(world, headers);
    const project = openProject(world, segment);
    const access = accessTo(signedIn.person, project);
    if (access === null) throw notInProject();
    if (access === 'no-rest') throw noLoginViaSoap();
    return mint(world, signedIn, project, url.origin);
  },
  issues({ world, url, headers, project: segment }) {
    const { record, person } = bearer(world, headers);
    const project = openProject(world, segment);
    // A token is for one project. What the vendor answers for another one is not documented.
    if (record.projectUuid !== project.uuid) throw deadToken();
    if (accessTo(person, project) !== 'full') throw missingCommand();
    return issuesPage(project, url);
  },
};

function openProject(world: World, segment: string | null): Project {
  const project = findProject(loadedProjects(world), segment ?? '');
  if (!project) throw unknownProject();
  if (project.locked) throw lockedProject();
  return project;
}

const json = (status: number, body: object, headers: Readonly<Record<string, string>>): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
  });

const html = (status: number, body: string): Response =>
  new Response(`<!DOCTYPE html><html lang="en"><body>${body}</body></html>`, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  });

const swagger = '<h1>Perforce ALM REST API</h1><div id="swagger-ui"></div>';

const notFound = (method: string, pathname: string): string =>
  `<pre>Cannot ${method} ${pathname.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`)}</pre>`;
