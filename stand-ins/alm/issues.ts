import { ApiError } from './errors.ts';
import type { Project } from './projects.ts';

const perPageMax = 1000;

/** The cheap call that tells whether a token lives: `?per_page=1`. Pages count from 1. */
export function issuesPage(project: Project, { origin, pathname, searchParams }: URL): object {
  const page = readCount(searchParams, 'page', 1, Infinity);
  const perPage = readCount(searchParams, 'per_page', 300, perPageMax);
  const all = Array.from({ length: 3 }, (_, index) => ({
    id: project.id * 100 + index,
    number: index + 1,
    self: `${origin}${pathname}/${project.id * 100 + index}`,
  }));
  return {
    issues: all.slice((page - 1) * perPage, page * perPage),
    paging: { page, pageLimit: perPage, totalPages: Math.ceil(all.length / perPage), totalCount: all.length },
  };
}

function readCount(query: URLSearchParams, name: string, otherwise: number, max: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= max) return value;
  throw new ApiError(400, `The ${name} parameter is not valid.`, { errorElementPath: name });
}
