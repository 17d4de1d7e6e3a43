import { plainText, redact } from '../../http/redact.ts';
import { isAccepted } from '../accepted.ts';
import type { Doctor } from '../contract.ts';
import { explainReply } from './errors.ts';
import { otherPathName, pathNameOf } from './path-name.ts';
import { readVersionsReply } from './replies.ts';

/** How the REST server says that it has no connection to the ALM Server behind it. */
const NOT_REACHED = '<unknown>';

/** Asks for the versions, which needs no credential. */
export const doctor: Doctor = {
  operation: 'reachability',
  params: {},
  read(reply, connection) {
    const pathName = pathNameOf({}, connection);
    const { phase, status } = reply.envelope;
    if (phase === 'answered' && status === 404) {
      return attention(
        `A server answered, and has no ALM API under the path name ${pathName}. Try ${otherPathName(pathName)} in the operator’s file; if that does not help, check host and port.`,
      );
    }
    if (!isAccepted(reply)) return { ...explainReply(reply, 'reachability'), standing: 'attention' };
    const versions = readVersionsReply(reply.json);
    if (!versions) return attention('Something answered that is not Perforce ALM’s REST API. Check host and port.');
    if (versions.HALMServer === NOT_REACHED) {
      return attention(
        'The REST server is up, and cannot reach the ALM Server behind it. Ask whoever runs it to start the ALM Server.',
      );
    }
    const said = versions.errors?.[0]?.message;
    if (said !== undefined) return attention(`Perforce ALM answered, and reports a fault of its own: ${redact(said)}`);
    return {
      standing: 'clear',
      sentence: `Perforce ALM ${plainText(versions.HALMServer)} answered under the path name ${pathName}.`,
    };
  },
};

const attention = (sentence: string) => ({ standing: 'attention', sentence }) as const;
