import type { Reply } from '../../http/call.ts';
import type { CauseCode } from '../../http/envelope.ts';
import type { Fault, Happened } from '../../http/failure.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import type { operations } from './operations.ts';

/** A reply as the server sends it, and the line of the table that must hold for it. */
export interface ErrorSample {
  readonly operation: keyof typeof operations;
  readonly reply: Reply;
  readonly code: string;
  readonly fault: Fault;
  readonly happened: Happened;
}

type Row = readonly [reply: Reply, code: string, fault: Fault, happened?: Happened];

const of = (operation: ErrorSample['operation'], rows: readonly Row[]): readonly ErrorSample[] =>
  rows.map(([reply, code, fault, happened = 'no']) => ({ operation, reply, code, fault, happened }));

const bodyOf = (status: number, code: string) => ({
  status,
  code,
  message: 'A message',
  description: `What ${code} means`,
  constraintViolations: null,
});
const coded = (status: number, code: string): Reply => sampleReply(status, bodyOf(status, code));
const lost = (code: CauseCode): Reply => sampleReply(null, '', { phase: 'sent', cause: { code } });

/** The codes of the vendor's list, each with the status that the list gives it, at a call with a token. */
export const listedSamples = of('self', [
  [coded(401, 'PE01-1001'), 'unauthorised-here', 'permission'],
  [coded(400, 'PE01-1002'), 'token-missing', 'local'],
  [coded(400, 'PE01-1003'), 'tenant-missing', 'configuration'],
  [coded(409, 'PE01-1004'), 'tenant-conflict', 'configuration'],
  [coded(401, 'PE01-1005'), 'tenant-unknown', 'configuration'],
  [coded(401, 'PE01-1007'), 'user-not-confirmed', 'permission'],
  [coded(403, 'PE01-1008'), 'access-denied', 'permission'],
  [coded(403, 'PE01-1009'), 'user-limit', 'permission'],
  [coded(401, 'PE01-1010'), 'token-over', 'access'],
  [coded(401, 'PE01-1011'), 'refresh-token-refused', 'credential'],
  [coded(301, 'PE01-1012'), 'other-region', 'configuration'],
  [coded(403, 'PE01-1013'), 'object-unavailable', 'permission'],
  [coded(404, 'PE01-1101'), 'object-missing', 'provider'],
  [coded(409, 'PE01-1102'), 'object-exists', 'input'],
  [coded(400, 'PE01-1103'), 'not-allowed', 'permission'],
  [coded(412, 'PE01-1104'), 'validation-failed', 'input'],
  [coded(400, 'PE01-1105'), 'parameters-wrong', 'input'],
  [coded(412, 'PE01-1106'), 'state-illegal', 'provider'],
  [coded(409, 'PE01-1107'), 'version-stale', 'provider'],
  [coded(500, 'PE01-9000'), 'server-fault', 'provider', 'unknown'],
  [coded(500, 'PE01-9001'), 'server-fault', 'provider', 'unknown'],
  [coded(412, 'PE01-9002'), 'limit-exceeded', 'throttle'],
  [coded(503, 'PE01-9002'), 'limit-exceeded', 'throttle'],
  [coded(404, 'PE01-9003'), 'resource-unknown', 'configuration'],
  [coded(400, 'PE01-9004'), 'request-invalid', 'provider'],
  [coded(406, 'PE01-9005'), 'content-type-refused', 'provider'],
]);

const redirected = sampleReply(301, '', {
  cause: { code: 'redirected', detail: 'https://acme.api.eu.primatime.com/v1/' },
});
const XML = `<?xml version="1.0"?><error><status>401</status><code>PE01-1010</code><message>Unauthorized</message>
<description>Token is invalid or expired</description></error>`;

/** The same in the forms that the vendor's pages mention: inside a 200, as XML, in a script call, without a code. */
export const oddSamples = of('self', [
  [redirected, 'other-region-by-redirect', 'configuration'],
  [sampleReply(200, bodyOf(401, 'PE01-1010')), 'token-over', 'access'],
  [sampleReply(200, { Status: 401, Code: 'PE01-1010' }), 'token-over', 'access'],
  [sampleReply(401, XML), 'token-over', 'access'],
  [sampleReply(200, `callback(${JSON.stringify(bodyOf(401, 'PE01-1010'))})`), 'token-over', 'access'],
  [sampleReply(200, { status: 401, message: 'No' }), 'error-inside-yes', 'provider', 'unknown'],
  [sampleReply(200, { status: 500, message: 'No' }), 'error-inside-yes', 'provider', 'unknown'],
  [sampleReply(503, '<html>Unavailable</html>'), 'rate-limited', 'throttle'],
  // From the common table.
  [sampleReply(401, '<html>Log in</html>'), 'unauthorised', 'access'],
  [sampleReply(404, '<html>Not found</html>'), 'not-found', 'configuration'],
  [sampleReply(200, '<html>Log in</html>'), 'web-page', 'provider', 'unknown'],
  [sampleReply(200, ''), 'web-page', 'provider', 'unknown'],
  [sampleReply(200, []), 'unreadable', 'provider', 'unknown'],
  [lost('timeout'), 'timeout', 'network', 'unknown'],
]);

export const signInSamples = of('signIn', [
  [coded(401, 'PE01-1001'), 'sign-in-refused', 'credential'],
  [sampleReply(401, { status: 401, message: 'Unauthorized' }), 'sign-in-refused', 'credential'],
  [sampleReply(401, '<html>Unauthorized</html>'), 'sign-in-refused-without-code', 'credential'],
  [coded(400, 'PE01-1105'), 'sign-in-unexplained', 'configuration'],
  [sampleReply(400, { status: 400, message: 'Bad request' }), 'sign-in-unexplained', 'configuration'],
  [coded(301, 'PE01-1012'), 'other-region', 'configuration'],
  [redirected, 'other-region-by-redirect', 'configuration'],
  [coded(401, 'PE01-1005'), 'tenant-unknown', 'configuration'],
  [coded(401, 'PE01-1007'), 'user-not-confirmed', 'permission'],
  [sampleReply(503, ''), 'sign-in-unavailable', 'provider', 'unknown'],
  [lost('cut'), 'sign-in-lost', 'network', 'unknown'],
]);

const refreshSamples = of('refresh', [
  [coded(401, 'PE01-1011'), 'refresh-token-dead', 'credential'],
  [sampleReply(200, bodyOf(401, 'PE01-1011')), 'refresh-token-dead', 'credential'],
  [coded(401, 'PE01-1010'), 'refresh-token-dead', 'credential'],
  // Not proven dead: a wrong application key has no code of its own.
  [coded(401, 'PE01-1001'), 'refresh-refused', 'configuration'],
  [sampleReply(401, ''), 'refresh-refused-without-code', 'configuration'],
  [coded(301, 'PE01-1012'), 'other-region', 'configuration'],
  // May have happened after all.
  [sampleReply(500, ''), 'refresh-failed', 'provider', 'unknown'],
  [coded(500, 'PE01-9001'), 'server-fault', 'provider', 'unknown'],
  [sampleReply(503, ''), 'refresh-unavailable', 'provider', 'unknown'],
  [sampleReply(400, ''), 'refused', 'provider', 'unknown'],
  [sampleReply(200, { status: 500, message: 'No' }), 'error-inside-yes', 'provider', 'unknown'],
  [lost('gateway-unreachable'), 'refresh-lost', 'network', 'unknown'],
]);

const keySamples = [
  ...of('keys', [
    [coded(401, 'PE01-1010'), 'token-over', 'access'],
    [sampleReply(503, ''), 'rate-limited', 'throttle'],
    [sampleReply(200, [{ name: 'no id' }]), 'unreadable', 'provider', 'unknown'],
  ]),
  ...of('createKey', [
    [coded(412, 'PE01-1104'), 'validation-failed', 'input'],
    [sampleReply(200, { id: 'a', name: 'no secret' }), 'key-without-secret', 'provider', 'yes'],
    [sampleReply(201, '', { headers: {} }), 'key-without-secret', 'provider', 'yes'],
    [sampleReply(200, '<html>Log in</html>'), 'web-page', 'provider', 'unknown'],
    [sampleReply(503, ''), 'key-change-unclear', 'provider', 'unknown'],
    [sampleReply(502, '<html>Bad gateway</html>'), 'key-change-unclear', 'provider', 'unknown'],
    [coded(500, 'PE01-9001'), 'server-fault', 'provider', 'unknown'],
    [lost('cut'), 'key-creation-lost', 'network', 'unknown'],
  ]),
  ...of('renameKey', [
    [coded(409, 'PE01-1107'), 'version-stale', 'provider'],
    [coded(404, 'PE01-1101'), 'key-missing', 'input'],
    [sampleReply(503, ''), 'key-change-unclear', 'provider', 'unknown'],
  ]),
  ...of('deleteKey', [
    [coded(404, 'PE01-1101'), 'key-missing', 'input'],
    [coded(403, 'PE01-1008'), 'access-denied', 'permission'],
    [sampleReply(503, ''), 'key-change-unclear', 'provider', 'unknown'],
    [lost('timeout'), 'timeout', 'network', 'unknown'],
  ]),
  ...of('restoreKey', [[coded(404, 'PE01-1101'), 'key-missing', 'input']]),
];

/** Every reply of the contract that is no success. */
export const errorSamples: readonly ErrorSample[] = [
  ...listedSamples,
  ...oddSamples,
  ...signInSamples,
  ...refreshSamples,
  ...keySamples,
];
