import type { Reply } from '../../http/call.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import { lost, samplesOf, type ErrorSample, type SampleRow } from '../error-sample.ts';

const PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export const errorObject = (status: number, message: string) => ({
  message,
  statusCode: status,
  code: PHRASES[status],
});

/** The three bodies in which an error may come. */
export const shapes: readonly ((error: object) => object)[] = [
  (error) => error,
  (error) => ({ error }),
  (error) => ({ errors: [error] }),
];

const said = (status: number, message: string): Reply => sampleReply(status, errorObject(status, message));

export const DEAD_KEY = 'The Perforce ALM License Server prevented this action. The API key is not valid.';
const WRONG_PASSWORD = 'The username or password you entered is not recognized. Enter a valid username and password.';
const HTML_404 = '<html><body><pre>Cannot GET /perforce-alm/api/v0/projects</pre></body></html>';

const shared: readonly SampleRow[] = [
  [said(403, 'You do not have a valid license for the Perforce ALM REST API.'), 'not-admitted', 'permission'],
  [said(403, 'You do not have access to this project.'), 'not-admitted', 'permission'],
  [said(403, 'Your security group does not have "Allow Login Via SOAP".'), 'not-admitted', 'permission'],
  [said(409, 'The project is locked by an administrator.'), 'locked', 'throttle'],
  [said(429, 'You have exceeded the rate limit.'), 'rate-limited', 'throttle'],
  [said(503, 'The server is busy.'), 'server-busy', 'throttle'],
  [sampleReply(503, '<html>Unavailable</html>'), 'server-busy', 'throttle'],
  [said(400, 'The request is missing a parameter.'), 'request-invalid', 'input'],
  [sampleReply(200, '<html>Log in</html>'), 'web-page', 'provider', 'unknown'],
];

const listSamples: readonly ErrorSample[] = samplesOf(
  ['projectsByKey', 'projectsByPassword'],
  [
    [sampleReply(502, '<html>Bad gateway</html>'), 'server-error', 'provider', 'unknown'],
    [sampleReply(500, '<html>Proxy error</html>'), 'server-error', 'provider', 'unknown'],
    [sampleReply(200, {}), 'unreadable', 'provider', 'unknown'],
  ],
);

const DOWN = said(500, 'The Perforce ALM Server is not available.');

const mintSamples: readonly ErrorSample[] = [
  ...samplesOf(['tokenByKey'], [[DOWN, 'mint-or-key', 'provider', 'unknown']]),
  ...samplesOf(['tokenByPassword'], [[DOWN, 'mint-failed', 'provider', 'unknown']]),
  ...samplesOf(
    ['tokenByKey', 'tokenByPassword'],
    [
      [sampleReply(502, '<html>Bad gateway</html>'), 'mint-broken', 'provider', 'unknown'],
      [sampleReply(500, '<html>Proxy error</html>'), 'mint-broken', 'provider', 'unknown'],
      [sampleReply(200, {}), 'mint-without-token', 'provider', 'unknown'],
      [sampleReply(200, { accessToken: '', expiresOn: null }), 'mint-without-token', 'provider', 'unknown'],
    ],
  ),
];

const keySamples: readonly ErrorSample[] = samplesOf(
  ['projectsByKey', 'tokenByKey'],
  [
    ...[401, 403, 500].map((status): SampleRow => [said(status, DEAD_KEY), 'key-dead', 'credential']),
    [said(401, 'The API key is not recognized.'), 'key-dead', 'credential'],
    [said(401, 'The request has no credentials.'), 'key-refused', 'credential'],
    [sampleReply(401, '<html>Authorization required</html>'), 'key-refused', 'credential'],
    ...shared,
  ],
);

const passwordSamples: readonly ErrorSample[] = samplesOf(
  ['projectsByPassword', 'tokenByPassword'],
  [
    ...[401, 403, 500].map((status): SampleRow => [said(status, WRONG_PASSWORD), 'password-wrong', 'credential']),
    [said(401, 'Unauthorized'), 'password-refused', 'credential'],
    [sampleReply(401, '<html>Authorization required</html>'), 'password-refused', 'credential'],
    ...shared,
  ],
);

const otherSamples: readonly ErrorSample[] = [
  ...listSamples,
  ...mintSamples,
  ...samplesOf(['projectsByKey'], [[DOWN, 'key-or-server', 'provider']]),
  ...samplesOf(['projectsByPassword'], [[DOWN, 'server-failed', 'provider']]),
  ...samplesOf(
    ['projectsByKey', 'projectsByPassword', 'versions', 'reachability'],
    [
      [sampleReply(404, HTML_404), 'path-unknown', 'configuration'],
      [said(404, 'The resource was not found.'), 'path-unknown', 'configuration'],
    ],
  ),
  ...samplesOf(
    ['tokenByKey', 'tokenByPassword', 'issues'],
    [[said(404, 'The project was not found.'), 'project-missing', 'provider']],
  ),
  ...samplesOf(
    ['tokenByKey', 'tokenByPassword'],
    [
      [lost('timeout'), 'mint-lost', 'network', 'unknown'],
      [lost('gateway-unreachable'), 'mint-lost', 'network', 'unknown'],
    ],
  ),
  ...samplesOf(['projectsByKey'], [[lost('timeout'), 'timeout', 'network', 'unknown']]),
  ...samplesOf(
    ['issues'],
    [
      [said(401, 'The access token is not valid or has expired.'), 'token-dead', 'access'],
      [sampleReply(401, '<html>Authorization required</html>'), 'token-dead', 'access'],
      [said(403, 'Your security group does not have the command.'), 'command-missing', 'permission'],
      [said(409, 'The record is locked by another user.'), 'locked', 'throttle'],
      [said(429, 'You have exceeded the rate limit.'), 'rate-limited', 'throttle'],
      [said(503, 'The server is busy.'), 'server-busy', 'throttle'],
      [said(500, 'The Perforce ALM Server is not available.'), 'server-failed', 'provider'],
    ],
  ),
];

/** Every reply of the contract that is no success. */
export const errorSamples: readonly ErrorSample[] = [...keySamples, ...passwordSamples, ...otherSamples];
