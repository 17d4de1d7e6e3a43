import type { Reply } from '../../http/call.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import { lost, samplesOf, type ErrorSample, type SampleRow } from '../error-sample.ts';

/** RFC 6749 section 5.2. No text of the vendor shows an error, so each is taken in three shapes. */
const oauth = (status: number, error: string, error_description = 'Some words'): Reply =>
  sampleReply(status, { error, error_description });
const text = (status: number, words: string): Reply =>
  sampleReply(status, words, { headers: { 'content-type': 'text/plain' } });
const page = (status: number): Reply => sampleReply(status, '<html><body>Some words</body></html>');

const inEveryShape = (status: number, error: string): readonly Reply[] => [
  oauth(status, error),
  text(status, 'Some words'),
  page(status),
];

const each = (replies: readonly Reply[], code: string, fault: SampleRow[2]): readonly SampleRow[] =>
  replies.map((reply) => [reply, code, fault]);

const redirect = sampleReply(302, '', { cause: { code: 'redirected', detail: 'https://elsewhere.example/login' } });

const grantSamples: readonly ErrorSample[] = samplesOf(
  ['passwordGrant'],
  [
    ...each([page(404), text(404, 'Not found'), page(405), page(501)], 'grant-not-offered', 'configuration'),
    [oauth(401, 'access_denied'), 'password-wrong', 'credential'],
    [oauth(400, 'invalid_grant'), 'password-wrong', 'credential'],
    ...each([text(401, 'Some words'), page(401)], 'password-refused', 'credential'),
    ...each([...inEveryShape(400, 'invalid_request'), page(403)], 'grant-refused', 'configuration'),
    [redirect, 'sent-elsewhere', 'configuration'],
    [page(200), 'code-missing', 'provider', 'unknown'],
    [sampleReply(200, {}), 'code-missing', 'provider', 'unknown'],
    [page(500), 'grant-failed', 'provider', 'unknown'],
    [lost('timeout'), 'grant-lost', 'network', 'unknown'],
  ],
);

const exchangeSamples: readonly ErrorSample[] = samplesOf(
  ['exchangeCode'],
  [
    [oauth(400, 'invalid_grant'), 'code-refused', 'credential'],
    ...each(inEveryShape(401, 'invalid_client'), 'client-refused', 'configuration'),
    ...each(
      [...inEveryShape(400, 'invalid_request'), oauth(400, 'unsupported_grant_type'), page(403)],
      'exchange-refused',
      'configuration',
    ),
    [page(404), 'exchange-missing', 'configuration'],
    [page(500), 'exchange-failed', 'provider', 'unknown'],
    [oauth(503, 'temporarily_unavailable'), 'exchange-failed', 'provider', 'unknown'],
    [lost('cut'), 'exchange-lost', 'network', 'unknown'],
    [page(200), 'web-page', 'provider', 'unknown'],
    [sampleReply(200, {}), 'unreadable', 'provider', 'unknown'],
    [redirect, 'redirected', 'configuration'],
  ],
);

const ticketSamples: readonly ErrorSample[] = [
  ...samplesOf(
    ['p4token'],
    [
      ...each(inEveryShape(401, 'invalid_token'), 'token-dead', 'access'),
      ...each(inEveryShape(403, 'access_denied'), 'login-refused', 'permission'),
      ...each(inEveryShape(400, 'invalid_request'), 'host-unknown', 'configuration'),
      [page(404), 'path-unknown', 'configuration'],
      [page(200), 'web-page', 'provider', 'unknown'],
      [text(200, ''), 'unreadable', 'provider', 'unknown'],
      [page(500), 'server-error', 'provider', 'unknown'],
      [lost('timeout'), 'timeout', 'network', 'unknown'],
    ],
  ),
  ...samplesOf(['reachability'], [[page(404), 'path-unknown', 'configuration']]),
];

/** Every reply of the contract that is no success. */
export const errorSamples: readonly ErrorSample[] = [...grantSamples, ...exchangeSamples, ...ticketSamples];
