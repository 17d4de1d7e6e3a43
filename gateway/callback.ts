import type { Arrival, Park } from './park.ts';
import { answerHeaders } from './security-headers.ts';

const CODE_MAX = 4_096;

/**
 * The browser comes back from the vendor (RFC 6749 section 4.1.2). The code is kept for the page that announced the
 * state, and the browser goes on at once to an address without it.
 */
export function answerCallback(
  park: Park,
  connection: string,
  query: URLSearchParams,
  log: (line: string) => void,
): Response {
  if (!arriveAt(park, connection, query)) {
    return new Response(
      'This sign-in is not known here, was used already, or took too long. Nothing was kept. Close this tab and start again in the console.\n',
      { status: 400, headers: { ...answerHeaders, 'content-type': 'text/plain; charset=utf-8' } },
    );
  }
  // A connection that announced a state exists, so its id is the operator's own word.
  log(`${connection} callback: ${query.has('code') ? 'a code' : 'refused'}`);
  return new Response(null, { status: 303, headers: { ...answerHeaders, location: '/signed-in' } });
}

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
