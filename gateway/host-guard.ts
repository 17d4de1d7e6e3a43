import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';

/**
 * The names under which a browser may have found a server that listens on loopback alone. A page of the web that points
 * its own name at 127.0.0.1 (DNS rebinding) arrives with another Host.
 */
function assertOwnHost(request: IncomingMessage): string {
  const host = request.headers.host?.toLowerCase() ?? '';
  const port = request.socket.localPort ?? 0;
  const own = ['localhost', '127.0.0.1', '[::1]'].flatMap((name) => [
    `${name}:${port}`,
    ...(port === 80 ? [name] : []),
  ]);
  if (!own.includes(host) || !request.url?.startsWith('/')) throw new Problem('foreign-host');
  return host;
}

const header = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
};

/** Throws a `Problem` for a request that the console itself cannot have made. For everything under /gw. */
export function assertOwnPage(request: IncomingMessage): void {
  const host = assertOwnHost(request);
  const site = header(request, 'sec-fetch-site');
  const origin = header(request, 'origin');
  if (site !== undefined && site !== 'same-origin') throw new Problem('foreign-origin');
  if (origin !== undefined && origin !== `http://${host}`) throw new Problem('foreign-origin');
  // A GET of one's own origin carries no Origin; where Sec-Fetch-Site is missing too, the header below is the proof,
  // since a foreign page cannot send it without a preflight, which is never granted.
  if (request.method !== 'GET' && site === undefined && origin === undefined) throw new Problem('foreign-origin');
  if (header(request, 'x-keyward') === undefined) throw new Problem('missing-header');
}

/** Throws a `Problem` unless the body is declared as JSON: a form of a foreign page cannot do that. */
export function assertJson(request: IncomingMessage): void {
  const type = header(request, 'content-type') ?? '';
  if (!/^application\/json(?:\s*;\s*charset=utf-8)?$/i.test(type.trim())) throw new Problem('not-json');
}

/** For /callback, which the browser reaches from the vendor's site: our own Host, and a document, not an image or script. */
export function assertNavigation(request: IncomingMessage): string {
  const host = assertOwnHost(request);
  const destination = header(request, 'sec-fetch-dest');
  if (destination !== undefined && destination !== 'document') throw new Problem('foreign-origin');
  return host;
}

/** For the page's files and the health endpoint. */
export const assertHost = assertOwnHost;
