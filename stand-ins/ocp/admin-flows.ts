import { needRole } from './admin-access.ts';
import { plainError } from './visit.ts';
import type { Reply, Visit } from './visit.ts';

const flow = {
  id: 'f10e0000-0000-4000-8000-000000000001',
  alias: 'ocp-direct',
  providerId: 'basic-flow',
  builtIn: false,
};
const configId = 'c0f10000-0000-4000-8000-000000000002';

/** Where an administrator can read the session limit: the flow's execution, then its configuration. */
export function readLimit(visit: Visit, part = ''): Reply {
  // The list of flows is open to whoever sets clients up; what is in a flow is not.
  needRole(visit, 'view-realm', ...(part === 'flows' ? (['view-clients', 'query-clients'] as const) : []));
  const { limit } = visit.realm.settings;
  if (part === 'flows') return { status: 200, body: [{ ...flow, topLevel: true }] };
  if (part === `flows/${flow.alias}/executions`) return { status: 200, body: executions(limit !== null) };
  if (part !== `config/${configId}` || !limit) throw plainError(404, 'HTTP 404 Not Found');
  return {
    status: 200,
    body: {
      id: configId,
      alias: 'five',
      config: {
        userRealmLimit: String(limit.userRealmLimit),
        userClientLimit: String(limit.userClientLimit),
        ...(limit.behavior === null ? {} : { behavior: limit.behavior }),
        ...(limit.errorMessage === null ? {} : { errorMessage: limit.errorMessage }),
      },
    },
  };
}

const executions = (limited: boolean) =>
  [
    'direct-grant-validate-username',
    'direct-grant-validate-password',
    'direct-grant-validate-otp',
    'user-session-limits',
  ].map((providerId, index) => ({
    id: `e0000000-0000-4000-8000-00000000000${index}`,
    providerId,
    requirement: providerId !== 'user-session-limits' || limited ? 'REQUIRED' : 'DISABLED',
    level: 0,
    index,
    priority: index,
    ...(providerId === 'user-session-limits' && limited ? { authenticationConfig: configId, alias: 'five' } : {}),
  }));
