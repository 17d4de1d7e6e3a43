import type { Reply } from '../../http/call.ts';
import { isAccepted } from '../accepted.ts';
import type { Probe } from '../session-face.ts';
import { explainReply, readError } from './errors.ts';
import { readAccessKeyReply } from './replies.ts';
import { pairOf } from './sign-in-password.ts';
import { readOwner, readWho } from './who.ts';

type Finding = ReturnType<Probe['read']>;

const live = (evidence: string): Finding => ({ verdict: 'live', evidence });
const dead = (evidence: string): Finding => ({ verdict: 'dead', evidence });

/** An answer that proves neither, in the words that it has in the table of errors. */
function neither(reply: Reply, operation: string): Finding {
  const { phase, status } = reply.envelope;
  if (phase !== 'answered') return { verdict: 'unknown', evidence: 'No answer came from the server.' };
  const { code, sentence } = explainReply(reply, operation);
  if (code === 'account-barred' || code === 'no-credential-seen') return { verdict: 'unknown', evidence: sentence };
  return { verdict: 'unknown', evidence: `The server answered ${String(status)}, which proves neither.` };
}

/** Asking counts as a use of the key. */
export const keyProbe: Probe = {
  operation: 'ownKey',
  params: ({ accessToken }) => ({ accessKey: accessToken }),
  read(reply) {
    if (isAccepted(reply) && readAccessKeyReply(reply.json)) {
      return live('Tuleap answered with what it knows of the key.');
    }
    const { code } = explainReply(reply, 'ownKey');
    if (code === 'key-refused' || code === 'key-malformed') return dead('Tuleap answered 401 to the key.');
    return neither(reply, 'ownKey');
  },
};

export const pairProbe: Probe = {
  operation: 'self',
  params: pairOf,
  read(reply) {
    const who = readWho(reply, 'self');
    if (who.ok) return live('Tuleap answered with the token’s own user.');
    if (who.failure.code === 'anonymous') return { verdict: 'unknown', evidence: who.failure.sentence };
    if (who.failure.code === 'credential-over') return dead('Tuleap answered 401 to the token.');
    return neither(reply, 'self');
  },
};

/** The one route that looks at the token alone and says of a living one that it only lacks the scope. */
export const bearerProbe: Probe = {
  operation: 'userinfo',
  params: ({ accessToken }) => ({ bearer: accessToken }),
  read(reply) {
    if (readOwner(reply).ok) return live('Tuleap answered with the token’s owner.');
    const { error, text } = readError(reply);
    const { status, phase } = reply.envelope;
    if (phase === 'answered' && status === 403 && error === 'insufficient_scope') {
      return live('Tuleap knows the token and says that it lacks the scope openid.');
    }
    if (phase === 'answered' && status === 401 && error === 'invalid_token') {
      return dead(`Tuleap answered 401 to the token${text === undefined ? '' : `: ${text}`}.`);
    }
    return neither(reply, 'userinfo');
  },
};
