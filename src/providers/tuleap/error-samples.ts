import type { Reply } from '../../http/call.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import { lost, refusedHere, samplesOf, type ErrorSample, type SampleRow } from '../error-sample.ts';
import { keyOperations } from './key-errors.ts';

/** The REST framework's own. */
export const api = (status: number, message: string, i18n?: string): Reply =>
  sampleReply(status, {
    error: { code: status, message, ...(i18n !== undefined && { i18n_error_message: i18n }) },
  });

const plain = (status: number, text: string): Reply =>
  sampleReply(status, text, { headers: { 'content-type': 'text/plain' } });

const oauth = (status: number, error: string): Reply => sampleReply(status, { error });

/** Userinfo’s: a header over an empty body. */
export const bearerReply = (status: number, reason: string): Reply =>
  sampleReply(status, '', {
    headers: { 'x-vendor-authenticate': `Bearer realm="Tuleap OAuth2 Protected Resource" ${reason}` },
  });

const REALMS = 'Basic realm="Restricted Tuleap API Token realm="Restricted Tuleap API';

const gate: readonly SampleRow[] = [
  [sampleReply(403, { error: "Referer doesn't match host. CSRF tentative ?" }), 'taken-for-a-page', 'configuration'],
  [plain(403, 'Request has been rejected based on its Fetch Metadata headers'), 'taken-for-a-page', 'configuration'],
  [api(403, 'Forbidden: Content type `text/plain` is not supported.'), 'content-type-refused', 'configuration'],
  [sampleReply(200, '<html>Log in</html>'), 'web-page', 'provider', 'unknown'],
  [sampleReply(200, {}), 'unreadable', 'provider', 'unknown'],
  [api(429, 'Too Many Requests'), 'asked-to-wait', 'throttle'],
];

const missing: readonly SampleRow[] = [
  [sampleReply(404, '<html>Not found</html>'), 'api-missing', 'configuration'],
  [api(404, 'Not Found'), 'api-missing', 'configuration'],
  [api(405, 'Method Not Allowed'), 'api-missing', 'configuration'],
];

const notSeen: SampleRow = [
  sampleReply(401, { error: { code: 401, message: 'Unauthorized' } }, { headers: { 'x-vendor-authenticate': REALMS } }),
  'no-credential-seen',
  'configuration',
];

const barred: readonly SampleRow[] = [
  [api(403, 'Forbidden: Your account has been suspended'), 'account-barred', 'permission'],
  [api(403, 'Forbidden', 'Votre mot de passe a expiré'), 'account-barred', 'permission'],
];

const failing: readonly SampleRow[] = [500, 502, 503].map((status): SampleRow => [
  sampleReply(status, '<html>Error</html>'),
  'credential-or-server',
  'provider',
]);

const keySamples: readonly ErrorSample[] = samplesOf(
  ['ownKey'],
  [
    ...gate,
    notSeen,
    ...barred,
    ...failing,
    [api(500, 'Internal Server Error'), 'credential-or-server', 'provider'],
    [api(401, 'Unauthorized: Invalid access key'), 'key-refused', 'credential'],
    [api(401, 'Unauthorized: Invalid OAuth2 access token'), 'key-refused', 'credential'],
    [api(401, 'Unauthorized: Key or token incorrectly formatted'), 'key-malformed', 'credential'],
    [api(404, 'Not Found'), 'own-key-not-told', 'configuration'],
    [api(405, 'Method Not Allowed'), 'own-key-not-told', 'configuration'],
    [sampleReply(401, '<html>Authorization required</html>'), 'unauthorised', 'access'],
    [lost('timeout'), 'timeout', 'network', 'unknown'],
  ],
);

const restSamples: readonly ErrorSample[] = [
  ...samplesOf(
    ['self'],
    [
      ...gate,
      notSeen,
      ...barred,
      ...failing,
      ...missing,
      [api(401, 'Unauthorized: Invalid Token'), 'credential-over', 'access'],
      [api(401, 'Unauthorized: Invalid access key'), 'credential-over', 'access'],
      [api(401, 'Unauthorized: Key or token incorrectly formatted'), 'credential-over', 'access'],
    ],
  ),
  ...samplesOf(
    ['checkPassword'],
    [
      ...gate,
      notSeen,
      ...barred,
      ...failing,
      ...missing,
      [api(401, 'Unauthorized: Basic Authentication Required'), 'basic-refused', 'credential'],
    ],
  ),
  ...samplesOf(
    ['createToken'],
    [
      ...gate,
      ...missing,
      [api(401, 'Unauthorized: Invalid Password Or User Name'), 'sign-in-refused', 'credential'],
      [api(401, 'Unauthorized: Mot de passe ou nom d’utilisateur invalide'), 'sign-in-refused', 'credential'],
      [
        api(401, 'Unauthorized: Password authentication is disabled, please use your passkey instead'),
        'password-switched-off',
        'permission',
      ],
      [api(400, 'Bad Request: `password` is required.'), 'field-refused', 'input'],
      [api(500, 'Internal Server Error: something'), 'password-or-server', 'provider', 'unknown'],
      [lost('cut'), 'token-lost', 'network', 'unknown'],
    ],
  ),
  ...samplesOf(
    ['deleteToken'],
    [
      notSeen,
      ...barred,
      [api(400, 'Bad Request: Invalid Token'), 'token-not-known', 'provider'],
      [api(401, 'Unauthorized: Invalid Token'), 'credential-over', 'access'],
      [sampleReply(500, ''), 'server-error', 'provider', 'unknown'],
    ],
  ),
  ...samplesOf(['version'], [...missing, [sampleReply(502, '<html>'), 'server-error', 'provider', 'unknown']]),
];

const keyRouteSamples: readonly ErrorSample[] = [
  ...samplesOf(keyOperations, [
    ...gate,
    notSeen,
    [api(401, 'Unauthorized: Invalid access key'), 'credential-over', 'access'],
    [api(401, 'Unauthorized: Invalid Token'), 'credential-over', 'access'],
    ...barred,
  ]),
  ...samplesOf(
    ['listKeys'],
    [[api(403, 'Forbidden: You can only access to your own access keys'), 'keys-of-another', 'permission']],
  ),
  ...samplesOf(
    ['readKey'],
    [
      [api(404, 'Not Found'), 'key-not-among-yours', 'permission'],
      [sampleReply(404, '<html>Not found</html>'), 'api-missing', 'configuration'],
    ],
  ),
  ...samplesOf(['readUser'], [[api(404, 'Not Found: User Id not found'), 'account-not-known', 'input']]),
  ...samplesOf(
    ['changeStatus'],
    [
      [api(403, "Forbidden: Cannot update other's details"), 'account-not-yours-to-change', 'permission'],
      [api(404, 'Not Found: User Id not found'), 'account-not-known', 'input'],
      [api(400, 'Bad Request: invalid value specified for `status`'), 'account-not-changed', 'input'],
    ],
  ),
  ...samplesOf(
    ['createKey'],
    [
      [api(400, 'Bad Request: You cannot create an already expired access key'), 'key-not-made', 'input'],
      [api(500, 'Internal Server Error'), 'key-maybe-made', 'provider', 'unknown'],
      [lost('cut'), 'key-answer-lost', 'network', 'unknown'],
    ],
  ),
  ...samplesOf(['deleteKey', 'deleteAllTokens'], [[sampleReply(500, ''), 'server-error', 'provider', 'unknown']]),
];

const asClient: readonly SampleRow[] = [
  [plain(400, 'HTTPS is mandatory'), 'https-mandatory', 'configuration'],
  [plain(403, 'Request has been rejected based on its Fetch Metadata headers'), 'taken-for-a-page', 'configuration'],
  [oauth(401, 'invalid_client'), 'client-refused', 'configuration'],
  [oauth(400, 'invalid_request'), 'request-refused', 'configuration'],
  [oauth(400, 'invalid_scope'), 'scope-refused', 'configuration'],
  [sampleReply(404, '<html>Not found</html>'), 'oauth2-missing', 'configuration'],
  [refusedHere('“clientSecret” is missing.'), 'client-missing-here', 'configuration'],
];

const oauthSamples: readonly ErrorSample[] = [
  ...samplesOf(
    ['exchangeCode'],
    [
      ...asClient,
      [oauth(400, 'invalid_grant'), 'code-refused', 'credential'],
      [sampleReply(500, ''), 'exchange-failed', 'provider', 'unknown'],
      [lost('timeout'), 'exchange-lost', 'network', 'unknown'],
      [sampleReply(200, { token_type: 'Bearer' }), 'unreadable', 'provider', 'unknown'],
    ],
  ),
  ...samplesOf(
    ['refresh'],
    [
      ...asClient,
      [oauth(400, 'invalid_grant'), 'refresh-token-dead', 'credential'],
      [sampleReply(502, ''), 'refresh-failed', 'provider', 'unknown'],
      [sampleReply(503, ''), 'server-error', 'provider', 'unknown'],
      [sampleReply(503, '', { headers: { 'retry-after': '5' } }), 'unavailable', 'throttle'],
      [lost('gateway-unreachable'), 'refresh-lost', 'network', 'unknown'],
      [sampleReply(400, '{}'), 'refused', 'provider', 'unknown'],
    ],
  ),
  ...samplesOf(['revoke'], [...asClient, [sampleReply(500, ''), 'server-error', 'provider', 'unknown']]),
  ...samplesOf(
    ['userinfo'],
    [
      [
        bearerReply(401, 'error="invalid_token" error_description="Access token has expired"'),
        'bearer-refused',
        'access',
      ],
      [bearerReply(401, 'error="invalid_token"'), 'bearer-refused', 'access'],
      [bearerReply(403, 'error="insufficient_scope" scope="openid"'), 'scope-missing', 'permission'],
      [bearerReply(401, ''), 'unauthorised', 'access'],
      [sampleReply(404, '<html>Not found</html>'), 'oauth2-missing', 'configuration'],
      [plain(400, 'HTTPS is mandatory'), 'https-mandatory', 'configuration'],
    ],
  ),
];

/** Every reply of the contract that is no success. */
export const errorSamples: readonly ErrorSample[] = [
  ...keySamples,
  ...restSamples,
  ...keyRouteSamples,
  ...oauthSamples,
];
