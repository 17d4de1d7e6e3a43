import { createKey, deleteKey, listKeys, readKey } from './key-resource.ts';
import type { ApiReply, ApiVisit } from './api-visit.ts';
import { listProjects, readProject, version } from './project-resource.ts';
import { createToken, deleteAllTokens, deleteToken } from './token-resource.ts';
import { changeUser, membership, readUser, searchUsers } from './user-resource.ts';

export interface ApiRoute {
  /** In the ledger. */
  readonly name: string;
  readonly method: string;
  readonly handle: (visit: ApiVisit) => ApiReply;
  /** `public` looks at no credential, `protected` needs one, `hybrid` takes one. */
  readonly access: 'public' | 'protected' | 'hybrid';
  /** What a bearer needs; left out, the route takes none. */
  readonly oauthScope?: string;
}

export interface ApiResource {
  /** Below `/api` or `/api/v1`. */
  readonly path: RegExp;
  readonly allow: string;
  readonly routes: readonly ApiRoute[];
  /** Preflights that fail; left out, they are answered with 200. */
  readonly preflight?: (id: string) => 'missing' | 'bad-id' | 'broken' | 'works';
}

const route = (
  name: string,
  method: string,
  access: ApiRoute['access'],
  handle: ApiRoute['handle'],
  oauthScope?: string,
): ApiRoute => ({ name, method, access, handle, ...(oauthScope === undefined ? {} : { oauthScope }) });

const resources: readonly ApiResource[] = [
  { path: /^\/version$/, allow: 'OPTIONS, GET', routes: [route('version', 'GET', 'public', version)] },
  {
    path: /^\/tokens$/,
    allow: 'OPTIONS, POST, DELETE',
    routes: [
      route('create-token', 'POST', 'public', createToken),
      route('delete-tokens', 'DELETE', 'protected', deleteAllTokens),
    ],
  },
  {
    path: /^\/tokens\/([^/]+)$/,
    allow: 'OPTIONS, DELETE',
    routes: [route('delete-token', 'DELETE', 'protected', deleteToken)],
  },
  {
    path: /^\/access_keys$/,
    allow: 'OPTIONS, POST',
    routes: [route('create-key', 'POST', 'protected', createKey)],
  },
  {
    path: /^\/access_keys\/([^/]+)$/,
    // GET is not among them.
    allow: 'OPTIONS, POST, DELETE',
    routes: [route('read-key', 'GET', 'protected', readKey), route('delete-key', 'DELETE', 'protected', deleteKey)],
    preflight: () => 'broken',
  },
  {
    path: /^\/users$/,
    allow: 'OPTIONS, GET, PATCH',
    routes: [route('search-users', 'GET', 'hybrid', searchUsers)],
  },
  {
    path: /^\/users\/([^/]+)$/,
    allow: 'OPTIONS, GET, PATCH',
    routes: [route('read-user', 'GET', 'hybrid', readUser), route('change-user', 'PATCH', 'protected', changeUser)],
    preflight: (id) => (/^\d+$/.test(id) ? 'works' : 'bad-id'),
  },
  {
    path: /^\/users\/([^/]+)\/membership$/,
    allow: 'GET',
    routes: [route('membership', 'GET', 'protected', membership, 'read:user_membership')],
    preflight: () => 'missing',
  },
  {
    path: /^\/users\/([^/]+)\/access_keys$/,
    allow: 'OPTIONS, GET',
    routes: [route('list-keys', 'GET', 'protected', listKeys)],
  },
  {
    path: /^\/projects$/,
    allow: 'OPTIONS, GET',
    routes: [route('list-projects', 'GET', 'hybrid', listProjects, 'read:project')],
  },
  {
    path: /^\/projects\/(\d+)$/,
    allow: 'OPTIONS, GET',
    routes: [route('read-project', 'GET', 'hybrid', readProject, 'read:project')],
  },
];

/** `/api` is `/api/v1`; nothing here has a second version. */
export function findResource(pathname: string): { resource: ApiResource; id: string } | null {
  const path = pathname.replace(/^\/api(\/v1)?/, '');
  const resource = resources.find((candidate) => candidate.path.test(path));
  return resource ? { resource, id: decode(resource.path.exec(path)?.[1] ?? '') } : null;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
