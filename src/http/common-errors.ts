import type { Reply } from './call.ts';
import type { ErrorRow } from './failure.ts';

const between = (from: number, to: number): readonly number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

const NOTHING_SENT = 'Nothing was sent.';

/** The `content-type` of what is drawn in a browser. */
export const WEB_PAGE = /^(?:text\/html|application\/xhtml\+xml)/i;

/** Whatever its content type says: something before the server spoke, and so nothing of a token. */
export const isWebPage = ({ envelope: { body } }: Reply): boolean => body.trimStart().startsWith('<');

/** What says of itself that it is one, as well. */
export const isCalledWebPage = (reply: Reply): boolean =>
  WEB_PAGE.test(reply.envelope.headers['content-type'] ?? '') || isWebPage(reply);

/**
 * A refusal as it comes from a proxy that wants a log-in of its own, or keeps people out. Some server may refuse in the same
 * way, so it proves nothing: neither a token nor a key is dropped for it.
 */
export const isRefusingPage = ({ envelope: { status, body } }: Reply): boolean =>
  (status === 401 || status === 403) && /^\s*<(?:!doctype|html)/i.test(body);

/** Of something before the server: a web page, or a question for what no token answers (RFC 6750 section 3 wants `Bearer`). */
export function isOfProxy(reply: Reply): boolean {
  const asked = reply.envelope.headers['x-vendor-authenticate'] ?? 'Bearer';
  return !/(^|,) *Bearer\b/i.test(asked) || isCalledWebPage(reply);
}

/** Of a call that something else answered before it came to the server. */
export const ofProxy: readonly ErrorRow[] = [
  {
    name: 'of-proxy',
    happened: 'no',
    fault: 'provider',
    sentence: 'Something answered instead of the API: a login page, a proxy, or another program.',
    next: 'The token may live. Check the base URL, and open it in the browser to see what is there.',
  },
];

/** What every vendor has in common, read after the vendor's own table. Ordered: the first line that holds decides. */
export const commonErrors: readonly ErrorRow[] = [
  // Certainly not sent.
  {
    name: 'offline',
    phase: ['not-sent'],
    cause: ['offline'],
    happened: 'no',
    fault: 'network',
    sentence: 'This computer is offline.',
    next: `${NOTHING_SENT} Try again when the network is back.`,
  },
  {
    name: 'called-off',
    phase: ['not-sent'],
    cause: ['aborted'],
    happened: 'no',
    fault: 'local',
    sentence: 'The call was called off before it was sent.',
    next: `${NOTHING_SENT} Start it again if it is still wanted.`,
  },
  {
    name: 'bad-parameter',
    phase: ['not-sent'],
    cause: ['bad-parameter'],
    happened: 'no',
    fault: 'input',
    sentence: 'A value cannot be sent as it is{detail}.',
    next: `${NOTHING_SENT} Check what was typed for line breaks, odd characters or a length that cannot be right.`,
  },
  {
    name: 'base-url-changed',
    phase: ['not-sent'],
    cause: ['base-url-changed'],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The connection now names another server than the one that these secrets belong to.',
    next: `${NOTHING_SENT} Put the old address back into the operator’s file, or sign in anew.`,
  },
  {
    name: 'gateway-restarted',
    phase: ['not-sent'],
    cause: ['other-boot', 'fenced'],
    happened: 'no',
    fault: 'network',
    sentence: 'The console’s own server was restarted, or gave this call up, before it was carried out.',
    next: `${NOTHING_SENT} Try again.`,
  },
  {
    name: 'gateway-busy',
    phase: ['not-sent'],
    cause: ['busy'],
    happened: 'no',
    fault: 'throttle',
    sentence: 'Too many calls to this server are under way at once.',
    next: `${NOTHING_SENT} Try again in a moment.`,
  },
  {
    name: 'gateway-refused',
    phase: ['not-sent'],
    cause: ['gateway-refused'],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The console’s own server refused to carry this call{detail}.',
    next: `${NOTHING_SENT} Reload the page, and check that the operator’s file still names this connection.`,
  },
  {
    name: 'unknown-host',
    phase: ['not-sent'],
    cause: ['unknown-host'],
    happened: 'no',
    fault: 'network',
    sentence: 'The server’s name could not be found{detail}.',
    next: `${NOTHING_SENT} Check the host name in the base URL, and that the VPN or the network that knows it is up.`,
  },
  {
    name: 'connection-refused',
    phase: ['not-sent'],
    cause: ['connection-refused'],
    happened: 'no',
    fault: 'network',
    sentence: 'The machine is there, but nothing listens at this port{detail}.',
    next: `${NOTHING_SENT} Check the port in the base URL, or ask whether the server is down.`,
  },
  {
    name: 'unreachable',
    phase: ['not-sent'],
    cause: ['unreachable', 'connect-timeout'],
    happened: 'no',
    fault: 'network',
    sentence: 'The server could not be reached{detail}.',
    next: `${NOTHING_SENT} Check the network, the VPN and the base URL, then try again.`,
  },
  {
    name: 'certificate-untrusted',
    phase: ['not-sent'],
    cause: ['certificate-untrusted'],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server’s certificate is not signed by anybody this connection trusts{detail}.',
    next: `${NOTHING_SENT} Compare the fingerprint with the server’s operator, then name the signing certificate as “ca” in the operator’s file.`,
  },
  {
    name: 'certificate-expired',
    phase: ['not-sent'],
    cause: ['certificate-expired'],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server’s certificate is out of date, or not valid yet{detail}.',
    next: `${NOTHING_SENT} Ask the server’s operator to renew it, and check this computer’s date.`,
  },
  {
    name: 'certificate-name',
    phase: ['not-sent'],
    cause: ['certificate-name'],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server’s certificate is for another name{detail}.',
    next: `${NOTHING_SENT} Use the name in the certificate as base URL, or have the certificate reissued.`,
  },
  {
    name: 'tls-failed',
    phase: ['not-sent'],
    cause: ['tls-failed'],
    happened: 'no',
    fault: 'network',
    sentence: 'No encrypted connection could be made{detail}.',
    next: `${NOTHING_SENT} Check that the base URL’s port speaks https, with TLS 1.2 or newer.`,
  },
  {
    name: 'not-sent',
    phase: ['not-sent'],
    happened: 'no',
    fault: 'network',
    sentence: 'The call could not be sent{detail}.',
    next: `${NOTHING_SENT} Try again.`,
  },

  // Sent, and nobody knows what happened.
  {
    name: 'timeout',
    phase: ['sent'],
    cause: ['timeout'],
    happened: 'unknown',
    fault: 'network',
    sentence: 'The server did not answer in time.',
    next: 'Whether it took effect is not known. Look before you try again.',
  },
  {
    name: 'answer-cut',
    phase: ['sent'],
    cause: ['cut'],
    happened: 'unknown',
    fault: 'network',
    sentence: 'The connection broke before the server’s answer was complete.',
    next: 'Whether it took effect is not known. Look before you try again.',
  },
  {
    name: 'gateway-lost',
    phase: ['sent'],
    cause: ['gateway-unreachable', 'other-boot'],
    happened: 'unknown',
    fault: 'network',
    sentence: 'The console’s own server stopped answering while the call was under way.',
    next: 'Whether it took effect is not known. Check that the program is running, and look before you try again.',
  },
  {
    name: 'called-off-late',
    phase: ['sent'],
    cause: ['aborted'],
    happened: 'unknown',
    fault: 'local',
    sentence: 'The call was called off after it had been sent.',
    next: 'Whether it took effect is not known. Look before you start it again.',
  },
  {
    name: 'answer-lost',
    phase: ['sent'],
    happened: 'unknown',
    fault: 'network',
    sentence: 'The call was sent, and its answer was lost{detail}.',
    next: 'Whether it took effect is not known. Look before you try again.',
  },

  // Answered, in a way that could not be read to its end.
  {
    name: 'too-large',
    cause: ['too-large'],
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server’s answer was larger than anything it should send.',
    next: 'Whether it took effect is not known. Check that the base URL names the right server.',
  },
  {
    name: 'undecodable',
    cause: ['undecodable'],
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server’s answer was packed in a way that could not be unpacked.',
    next: 'Whether it took effect is not known. Check that the base URL names the right server.',
  },
  {
    name: 'redirected',
    status: [300, 301, 302, 303, 307, 308],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server pointed to another address{detail}.',
    next: 'Nothing was sent there, because a redirect must not carry a credential along. If that address is right, make it the base URL.',
  },

  // Answered with a status.
  {
    name: 'asked-to-wait',
    status: [408, 425, 429],
    happened: 'no',
    fault: 'throttle',
    sentence: 'The server asks to be left alone for a while.',
    next: 'Nothing took effect. Try again later.',
  },
  {
    name: 'unavailable',
    status: [503],
    asksToWait: true,
    happened: 'no',
    fault: 'throttle',
    sentence: 'The server is not available at the moment and says when to come back.',
    next: 'Nothing took effect. Try again then.',
  },
  {
    name: 'server-error',
    status: between(500, 599),
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server failed while it handled the call (status {status}).',
    next: 'Whether it took effect is not known. If it stays like this, tell the server’s operator.',
  },
  {
    name: 'unauthorised',
    status: [401],
    happened: 'no',
    fault: 'access',
    sentence: 'The server did not accept the token.',
    next: 'Nothing took effect. Refresh the session or sign in again.',
    quotesServer: true,
  },
  {
    name: 'forbidden',
    status: [403],
    happened: 'no',
    fault: 'permission',
    sentence: 'The server knows who asks, and does not allow it.',
    next: 'Nothing took effect. Ask the server’s operator for the right; a new token will not help.',
    quotesServer: true,
  },
  {
    name: 'not-found',
    status: [404, 410],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server has nothing at this address.',
    next: 'Nothing took effect. Check the base URL of the connection.',
    quotesServer: true,
  },
  {
    name: 'not-understood',
    status: [405, 406, 415],
    happened: 'no',
    fault: 'configuration',
    sentence: 'The server does not take this kind of call at this address.',
    next: 'Nothing took effect. Check the base URL of the connection.',
    quotesServer: true,
  },
  {
    name: 'refused',
    status: between(400, 499),
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server refused the call in words that this console does not know (status {status}).',
    next: 'It most likely took no effect. Look before you try again.',
    quotesServer: true,
  },
  {
    name: 'web-page',
    contentType: WEB_PAGE,
    happened: 'unknown',
    fault: 'provider',
    sentence: 'Something answered with a web page instead of the API: a login page, a proxy, or another program.',
    next: 'Whether it took effect is not known. Check the base URL, and open it in the browser to see what is there.',
  },
  {
    name: 'unreadable',
    status: between(200, 299),
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server said yes, but its answer lacks what it should contain.',
    next: 'Whether it took effect is not known. Look before you try again.',
  },
];

/** What no line covers: an answer without a status that means anything. */
export const unclassified: ErrorRow = {
  name: 'unclassified',
  happened: 'unknown',
  fault: 'provider',
  sentence: 'The server answered in a way that has no meaning here.',
  next: 'Whether it took effect is not known. Check that the base URL names the right server.',
};
