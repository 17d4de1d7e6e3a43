import type { Reply } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Doctor } from '../contract.ts';
import { realmOf } from './connection.ts';
import { explainReply, readError } from './errors.ts';
import { readDiscoveryReply } from './replies.ts';

/** Asks for the realm's public description (OpenID Connect Discovery 1.0), which needs no credential. */
export const doctor: Doctor = {
  operation: 'discovery',
  params: {},
  read(reply, connection) {
    const { phase, status } = reply.envelope;
    const realm = realmOf(connection);
    if (phase === 'answered' && status === 200) {
      return readDiscoveryReply(reply.json)
        ? { standing: 'clear', sentence: `The IAM answered, and has the realm “${realm}”.` }
        : attention('Something answered that is not OCP’s IAM. Check the host and the path of the base URL.');
    }
    if (phase === 'answered' && status === 404) return attention(missing(reply, connection, realm));
    return { ...explainReply(reply, 'discovery'), standing: 'attention' };
  },
};

const attention = (sentence: string) => ({ standing: 'attention', sentence }) as const;

/** The same 404 for a wrong realm and a wrong path; only the words in it differ. */
function missing(reply: Reply, { baseUrl }: Connection, realm: string): string {
  if (/^realm does not exist/i.test(readError(reply).text ?? '')) {
    return `The IAM answered, and has no realm “${realm}”. Correct the realm in the connection.`;
  }
  return baseUrl.endsWith('/auth')
    ? 'A server answered, but its IAM is not under /auth. Remove /auth from the base URL; if that does not help, check the host.'
    : 'A server answered, but its IAM is not at this path. Add /auth to the base URL; if that does not help, check the host.';
}
