/** What stands in front of everything outside `/api`: the web server's rule on Fetch Metadata, and https. */

const embedded: readonly string[] = ['iframe', 'object', 'worker', 'serviceworker', 'sharedworker'];

/** A request that another site's page makes, other than a person's navigation. */
export function isForeignFetch(headers: Headers): boolean {
  const site = headers.get('sec-fetch-site') ?? '';
  if (['', 'none', 'same-site', 'same-origin'].includes(site)) return false;
  const dest = headers.get('sec-fetch-dest') ?? '';
  if (dest === 'image') return false;
  return headers.get('sec-fetch-mode') !== 'navigate' || embedded.includes(dest);
}

const plain = (status: number, body: string): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/plain;charset=utf-8', 'cache-control': 'no-cache' } });

export const rejectForeignFetch = (): Response =>
  plain(403, 'Request has been rejected based on its Fetch Metadata headers');

export const demandHttps = (): Response => plain(400, 'HTTPS is mandatory');
