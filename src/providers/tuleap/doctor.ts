import { plainText } from '../../http/redact.ts';
import { isAccepted } from '../accepted.ts';
import type { Doctor } from '../contract.ts';
import { explainReply } from './errors.ts';
import { readVersionReply } from './replies.ts';

/** Asks for the version, a route that looks at no credential. */
export const doctor: Doctor = {
  operation: 'version',
  params: {},
  read(reply) {
    if (!isAccepted(reply)) return { ...explainReply(reply, 'version'), standing: 'attention' };
    const version = readVersionReply(reply.json);
    return version
      ? {
          standing: 'clear',
          sentence: `${plainText(version.flavor_name ?? 'Tuleap')} ${plainText(version.version_number)} answered.`,
        }
      : attention('Something answered that is not Tuleap. The base URL is the server alone, without /api.');
  },
};

const attention = (sentence: string) => ({ standing: 'attention', sentence }) as const;
