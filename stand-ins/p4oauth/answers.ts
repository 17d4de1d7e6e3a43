/** What this server says: JSON, text, pages, and redirects to whitelisted URIs. */
import type { Settings } from './world.ts';

const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' };

export const json = (body: object): Response =>
  new Response(JSON.stringify(body), { headers: { ...noStore, 'content-type': 'application/json' } });

export const text = (body: string, status = 200): Response =>
  new Response(body, { status, headers: { ...noStore, 'content-type': 'text/plain;charset=UTF-8' } });

export const page = (title: string, body: string, status = 200): Response =>
  new Response(
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,"><title>${escapeHtml(title)}</title></head>` +
      `<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`,
    { status, headers: { ...noStore, 'content-type': 'text/html;charset=UTF-8' } },
  );

export const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

export const notFound = (): Response => page('Not found', '<p>There is nothing at this address.</p>', 404);

export interface Refused {
  readonly status: 400 | 401 | 403;
  /** RFC 6749 section 5.2. */
  readonly error: string;
  readonly description: string;
  readonly authenticate?: string;
}

/** No source shows an error of this server. */
export function refuse({ errorShape }: Settings, { status, error, description, authenticate }: Refused): Response {
  const response = shaped(errorShape, status, error, description);
  if (authenticate !== undefined) response.headers.set('www-authenticate', authenticate);
  return response;
}

function shaped(shape: Settings['errorShape'], status: number, error: string, description: string): Response {
  switch (shape) {
    case 'json':
      return new Response(JSON.stringify({ error, error_description: description }), {
        status,
        headers: { ...noStore, 'content-type': 'application/json' },
      });
    case 'text':
      return text(description, status);
    case 'html':
      return page('Request refused', `<p>${escapeHtml(description)}</p>`, status);
    default:
      return shape satisfies never;
  }
}

/** Byte for byte what was whitelisted, a query of its own included, and then ours. */
export function redirectBack(redirectUri: string, fields: Readonly<Record<string, string | null>>): Response {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== null) query.set(name, value);
  const location = `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.toString()}`;
  return new Response(null, { status: 302, headers: { ...noStore, location } });
}
