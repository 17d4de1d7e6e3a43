import type { Reply } from '../../http/call.ts';
import type { Failure } from '../../http/failure.ts';
import { shownName } from '../../http/redact.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import { isAccepted } from '../accepted.ts';
import type { Rescue, Target, Targets } from '../sign-in-way.ts';
import { explainReply } from './errors.ts';
import { otherPathName, pathNameField, pathNameOf } from './path-name.ts';
import { readProjectsReply, readVersionsReply, type ListedProject } from './replies.ts';

/** The projects that the credential opens, each by the name that the server never changes for it. */
export function readProjects(reply: Reply, operation: string): Result<Targets, Failure> {
  const body = isAccepted(reply) ? readProjectsReply(reply.json) : undefined;
  if (!body) return fail(explainReply(reply, operation));
  const targets = new Map<string, Target>();
  for (const project of body.projects) {
    const key = keyOf(project);
    if (key !== undefined) targets.set(key, { id: key, label: shownName(project.name ?? '') || shownName(key) });
  }
  if (targets.size === 0 && body.loading === 0) return fail(noProjects(reply));
  return succeed({
    targets: [...targets.values()],
    incomplete: body.loading === 0 ? null : stillLoading(body.loading),
  });
}

/** A project's number can change when it is restored or moved, its name when somebody renames it. */
export const keyOf = ({ id, uuid, name }: ListedProject): string | undefined =>
  uuid ?? (id === undefined ? name : String(id));

const stillLoading = (count: number): string =>
  `The server is still loading ${count === 1 ? 'one project' : `${count} projects`}, so this list is not whole yet. List them again in a few minutes.`;

const noProjects = ({ envelope }: Reply): Failure => ({
  code: 'no-projects',
  happened: 'no',
  fault: 'permission',
  sentence: 'The server accepted the credential, and its user may use the REST API in no project.',
  next: 'No token was made. Ask an ALM administrator for a security group with “Allow Login Via SOAP” in a project.',
  status: envelope.status,
});

/** After a 404 under one path name: does the server answer under the other? Asks for versions, which needs no credential. */
export const rescue: Rescue = {
  after: ['path-unknown'],
  operation: 'versions',
  params: (values, connection) => ({ segment: otherPathName(pathNameOf(values, connection)) }),
  read(reply, values, connection) {
    if (!isAccepted(reply) || !readVersionsReply(reply.json)) return null;
    const segment = otherPathName(pathNameOf(values, connection));
    return {
      sentence: `It answers under ${segment}. No credential was sent there. Set that as the path name in the operator’s file to have it at first.`,
      button: `List the projects under ${segment}`,
      values: { [pathNameField.name]: segment },
    };
  },
};
