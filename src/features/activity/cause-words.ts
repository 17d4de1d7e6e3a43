import type { CallRecord } from '../../http/call.ts';
import type { Cause, Phase } from '../../http/envelope.ts';

/** Why a call was not answered, or what was odd about its answer: a sentence for a person, with the fact where there is one. */
export function causeWords(cause: Cause): string {
  const sentence = sentenceOf(cause);
  return cause.detail === undefined || cause.detail === '' ? `${sentence}.` : `${sentence}: ${cause.detail}`;
}

function sentenceOf({ code }: Cause): string {
  switch (code) {
    case 'unknown-host':
      return 'No server is known under this host name';
    case 'connection-refused':
      return 'Nothing listens at that address and port';
    case 'unreachable':
      return 'There is no way through the network to that server';
    case 'connect-timeout':
      return 'The server did not take the connection in time';
    case 'certificate-untrusted':
      return 'The server’s certificate is not trusted here';
    case 'certificate-expired':
      return 'The server’s certificate is out of date';
    case 'certificate-name':
      return 'The server’s certificate is for another name';
    case 'tls-failed':
      return 'No secure connection came about';
    case 'timeout':
      return 'No answer came in time';
    case 'cut':
      return 'The answer broke off';
    case 'too-large':
      return 'The answer was too large to be read';
    case 'undecodable':
      return 'The answer could not be unpacked';
    case 'redirected':
      return 'The server pointed elsewhere, and that is never followed';
    case 'base-url-changed':
      return 'The connection now names another server than the one this secret belongs to';
    case 'other-boot':
      return 'The gateway was restarted in between';
    case 'fenced':
      return 'The call was called off before it left';
    case 'busy':
      return 'Too many calls to this server were under way';
    case 'bad-parameter':
      return 'A value could not be sent';
    case 'gateway-refused':
      return 'The gateway refused to carry the call';
    case 'gateway-unreachable':
      return 'The gateway of this console did not answer';
    case 'offline':
      return 'This machine has no network';
    case 'aborted':
      return 'The call was broken off here';
    default:
      return code satisfies never;
  }
}

/** How far a call got. */
export function phaseWords(phase: Phase): string {
  switch (phase) {
    case 'not-sent':
      return 'not sent';
    case 'sent':
      return 'sent, outcome unknown';
    case 'answered':
      return 'answered';
    default:
      return phase satisfies never;
  }
}

/** What became of a call, for the last column: its cause, or what its status means. */
export function outcomeWords({ cause, status, phase }: Pick<CallRecord, 'cause' | 'status' | 'phase'>): string {
  if (cause) return causeWords(cause);
  if (phase !== 'answered' || status === null) return 'No answer, and no reason was given.';
  if (status < 300) return 'Done.';
  // One that pointed elsewhere has a cause.
  if (status < 400) return 'The server answered with a redirect.';
  if (status === 401) return 'The server did not accept the credential.';
  if (status === 403) return 'The server did not allow it.';
  if (status === 404) return 'The server knows nothing at that address.';
  if (status === 429) return 'The server asks for fewer calls.';
  return status < 500 ? 'The server refused the request.' : 'The server failed.';
}
