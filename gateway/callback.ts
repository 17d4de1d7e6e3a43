import type { Arrival, Park } from './park.ts';
import { answerHeaders } from './security-headers.ts';

const CODE_MAX = 4_096;

/**
 * The browser comes back from the vendor (RFC 6749 section 4.1.2). The code is kept for the page that announced the
 * state. Whatever comes of it, the browser goes on at once to an address without code and state: the code of a callback
 * that is refused may still be good at the vendor, and an address stays in the history.
 */
export function answerCallback(
  park: Park,
  connection: string,
  query: URLSearchParams,
  log: (line: string) => void,
): Response {
  if (!arriveAt(park, connection, query)) return goOn('/signed-in?outcome=unknown');
  // A connection that announced a state exists, so its id is the operator's own word.
  log(`${connection} callback: ${query.has('code') ? 'a code' : 'refused'}`);
  return goOn(`/signed-in?outcome=${query.has('code') ? 'taken' : 'refused'}`);
}

const goOn = (location: string): Response =>
  new Response(null, { status: 303, headers: { ...answerHeaders, location } });

/** Keeps what the vendor's redirect carries. False where it is not exactly one answer to one announced state. */
export function arriveAt(park: Park, connection: string, query: URLSearchParams): boolean {
  const [state, ...others] = query.getAll('state');
  const arrival = arrivalOf(query);
  return state !== undefined && others.length === 0 && arrival !== undefined && park.arrive(connection, state, arrival);
}

function arrivalOf(query: URLSearchParams): Arrival | undefined {
  const [codes, errors] = [query.getAll('code'), query.getAll('error')];
  if (codes.length + errors.length !== 1) return undefined;
  const [code] = codes;
  if (code !== undefined) return code.length <= CODE_MAX && /^[\x20-\x7e]+$/.test(code) ? { code } : undefined;
  const [error = ''] = errors;
  return { error: /^[\w.-]{1,64}$/.test(error) ? error : undefined };
}
