/** One call of the REST API on its way through a resource. */
import { ApiError, invalidValue, required } from './api-error.ts';
import type { Person } from './people.ts';
import type { World } from './world.ts';

export interface ApiVisit {
  readonly world: World;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Fields of the body; empty where it has none. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Null is anonymous. */
  readonly person: Person | null;
  /** The part of the path that the route leaves open, decoded. */
  readonly id: string;
}

export interface ApiReply {
  readonly status: number;
  /** Left out: an empty body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** For routes that nobody enters anonymously. */
export function signedIn({ person }: ApiVisit): Person {
  if (!person) throw new ApiError(401);
  return person;
}

/** A parameter that is declared as an integer. */
export function integerId({ id }: ApiVisit): number {
  if (!/^\d+$/.test(id)) throw invalidValue('id');
  return Number(id);
}

export function requiredText({ body }: ApiVisit, name: string): string {
  const value = body[name];
  if (value === undefined || value === null || value === '') throw required(name);
  if (typeof value !== 'string') throw invalidValue(name);
  return value;
}

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export function readPage({ query }: ApiVisit, standard: number, max: number): Page {
  const limit = readInteger(query, 'limit', standard);
  const offset = readInteger(query, 'offset', 0);
  if (limit < 1 || limit > max) throw invalidValue('limit');
  if (offset < 0) throw invalidValue('offset');
  return { limit, offset };
}

function readInteger(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  if (!/^-?\d+$/.test(text)) throw invalidValue(name);
  return Number(text);
}

export function pageOf<Row>(
  rows: readonly Row[],
  { limit, offset }: Page,
  max: number,
  show: (row: Row) => unknown,
): ApiReply {
  return {
    status: 200,
    body: rows.slice(offset, offset + limit).map(show),
    headers: {
      'X-PAGINATION-LIMIT': String(limit),
      'X-PAGINATION-OFFSET': String(offset),
      'X-PAGINATION-SIZE': String(rows.length),
      'X-PAGINATION-LIMIT-MAX': String(max),
    },
  };
}
