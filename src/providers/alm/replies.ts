/** The server's replies, as far as the console relies on them. What else they hold is ignored. */
import '../../http/jitless.ts';
import * as z from 'zod/mini';
import { nonEmpty, tolerated, word } from '../reply-fields.ts';

const tokenReply = z.object({
  accessToken: word(32_768),
  expiresOn: z.optional(z.unknown()),
});

export interface TokenReply {
  readonly accessToken: string;
  readonly expiresOn?: unknown;
}

/** Undefined where there is no token in it that could be used. */
export const readTokenReply = (json: unknown): TokenReply | undefined => tokenReply.safeParse(json).data;

const project = z.object({
  id: tolerated(z.union([z.number(), nonEmpty])),
  uuid: tolerated(nonEmpty),
  name: tolerated(nonEmpty),
});

const projectsReply = z.object({ projects: z.array(z.unknown()), projectsLoading: tolerated(z.number()) });

export interface ProjectsReply {
  readonly projects: readonly z.infer<typeof project>[];
  /** How many the server is still loading. */
  readonly loading: number;
}

/** Undefined where the reply is not such a list. An entry that is no project is left out, the others stay. */
export function readProjectsReply(json: unknown): ProjectsReply | undefined {
  const { data } = projectsReply.safeParse(json);
  if (!data) return undefined;
  const projects = data.projects.flatMap((entry) => project.safeParse(entry).data ?? []);
  return { projects, loading: Math.max(0, Math.trunc(data.projectsLoading ?? 0)) };
}

const errorEntry = z.object({ message: tolerated(nonEmpty), statusCode: tolerated(z.number()) });
const errorBody = z.object({ error: tolerated(errorEntry), errors: tolerated(z.array(errorEntry)) });

export type ErrorEntry = z.infer<typeof errorEntry>;

/** An error may stand in the body itself, in its `error`, or be the first of its `errors`. */
export function readErrorEntry(json: unknown): ErrorEntry {
  const wrapped = errorBody.safeParse(json).data;
  return wrapped?.error ?? wrapped?.errors?.[0] ?? errorEntry.safeParse(json).data ?? {};
}

const versionsReply = z.object({ HALMServer: nonEmpty, errors: tolerated(z.array(errorEntry)) });

export const readVersionsReply = (json: unknown): z.infer<typeof versionsReply> | undefined =>
  versionsReply.safeParse(json).data;

const issuesReply = z.object({ issues: z.array(z.unknown()) });

export const isIssuesReply = (json: unknown): boolean => issuesReply.safeParse(json).success;
