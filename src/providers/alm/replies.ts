/** The server's replies, as far as the console relies on them. What else they hold is ignored. */
import { anything, either, fields, listOf, nonEmpty, number, word, type Taken } from '../reply-fields.ts';

/** Undefined where there is no token in it that could be used. */
export const readTokenReply = fields({ accessToken: word(32_768) }, { expiresOn: anything });

const readProject = fields({}, { id: either(number, nonEmpty), uuid: nonEmpty, name: nonEmpty });

const readProjects = fields({ projects: listOf(anything) }, { projectsLoading: number });

export type ListedProject = Taken<typeof readProject>;

export interface ProjectsReply {
  readonly projects: readonly ListedProject[];
  /** How many the server is still loading. */
  readonly loading: number;
}

/** Undefined where the reply is not such a list. An entry that is no project is left out, the others stay. */
export function readProjectsReply(json: unknown): ProjectsReply | undefined {
  const reply = readProjects(json);
  if (!reply) return undefined;
  const projects = reply.projects.flatMap((entry) => readProject(entry) ?? []);
  return { projects, loading: Math.max(0, Math.trunc(reply.projectsLoading ?? 0)) };
}

const readEntry = fields({}, { message: nonEmpty, statusCode: number });
const readErrorBody = fields({}, { error: readEntry, errors: listOf(readEntry) });

export type ErrorEntry = Taken<typeof readEntry>;

/** An error may stand in the body itself, in its `error`, or be the first of its `errors`. */
export function readErrorEntry(json: unknown): ErrorEntry {
  const wrapped = readErrorBody(json);
  return wrapped?.error ?? wrapped?.errors?.[0] ?? readEntry(json) ?? {};
}

export const readVersionsReply = fields({ HALMServer: nonEmpty }, { errors: listOf(readEntry) });

const readIssues = fields({ issues: listOf(anything) }, {});

export const isIssuesReply = (json: unknown): boolean => readIssues(json) !== undefined;
