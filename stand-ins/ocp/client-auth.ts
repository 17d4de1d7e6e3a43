import type { Client } from './realm.ts';
import { oauthError } from './visit.ts';
import type { Refusal, Visit } from './visit.ts';

const unknown = 'Invalid client or Invalid client credentials';

/** The client that sends this form. From here on its Web Origins decide on the CORS headers; a failure allows any origin. */
export function authenticateClient(visit: Visit): Client {
  visit.allow = 'any';
  const { clientId, secret } = presented(visit);
  const client = visit.realm.clients.get(clientId);
  if (!client?.enabled) throw unknownClient(visit);
  if (client.access === 'bearer-only' || (client.access === 'confidential' && client.secret !== secret)) {
    throw oauthError(401, 'unauthorized_client', unknown);
  }
  visit.allow = client;
  return client;
}

function presented(visit: Visit): { clientId: string; secret: string | null } {
  const { form, headers, world, realm } = visit;
  const authorization = headers.get('authorization');
  const basic = /^Basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (basic !== undefined) {
    const [id = '', ...rest] = Buffer.from(basic, 'base64').toString('utf8').split(':');
    return { clientId: decodeForm(id), secret: decodeForm(rest.join(':')) };
  }
  const clientId = form.get('client_id');
  if (clientId) return { clientId, secret: form.get('client_secret') };
  if (authorization !== null && world.traits().olderClientErrors) {
    throw oauthError(401, 'invalid_client', unknown, { 'www-authenticate': `Basic realm="${realm.name}"` });
  }
  throw oauthError(world.traits().olderClientErrors ? 400 : 401, 'invalid_client', unknown);
}

const decodeForm = (text: string): string => new URLSearchParams(`v=${text}`).get('v') ?? '';

function unknownClient(visit: Visit): Refusal {
  return visit.world.traits().olderClientErrors
    ? oauthError(400, 'unauthorized_client', 'Invalid client credentials')
    : oauthError(401, 'invalid_client', unknown);
}
