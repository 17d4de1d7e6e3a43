import type { ErrorRow } from '../../http/failure.ts';

const restOperations = [
  ...['version', 'ownKey', 'self', 'checkPassword', 'createToken', 'deleteToken', 'deleteAllTokens'],
  ...['listKeys', 'readKey', 'createKey', 'deleteKey', 'readUser', 'findUsers', 'changeStatus'],
];
const oauthOperations = ['exchangeCode', 'refresh', 'revoke', 'userinfo'];

/** What stands before every route. */
export const gateErrors: readonly ErrorRow[] = [
  {
    name: 'taken-for-a-page',
    status: [403],
    text: /Referer doesn.t match host|Fetch Metadata/i,
    happened: 'no',
    fault: 'configuration',
    sentence: 'Tuleap took the call for one of a foreign web page.',
    next: 'Nothing took effect. A proxy on the way adds what only a browser sends: have it leave Cookie, Referer and Sec-Fetch headers out.',
  },
  {
    name: 'https-mandatory',
    status: [400],
    text: /HTTPS is mandatory/i,
    happened: 'no',
    fault: 'configuration',
    sentence: 'Tuleap takes OAuth2 over https only.',
    next: 'Nothing took effect. Use https in the base URL of the connection.',
  },
  {
    name: 'content-type-refused',
    status: [403],
    text: /Content type .{1,80} is not supported/i,
    happened: 'no',
    fault: 'configuration',
    sentence: 'The call arrived in a form that Tuleap does not read.',
    next: 'Nothing took effect. A proxy on the way changes the content type of calls.',
    quotesServer: true,
  },
];

/** What is left once the lines of the routes did not hold. */
export const otherErrors: readonly ErrorRow[] = [
  {
    name: 'api-missing',
    operations: restOperations,
    status: [404, 405],
    happened: 'no',
    fault: 'configuration',
    sentence: 'A server is there, and has no REST API of Tuleap at this address.',
    next: 'Nothing took effect. The base URL is the server alone, without /api; check host and port too.',
  },
  {
    name: 'oauth2-missing',
    operations: oauthOperations,
    status: [404, 405],
    happened: 'no',
    fault: 'configuration',
    sentence: 'This Tuleap has no OAuth2 server: it is part of Tuleap Enterprise, and not of every installation.',
    next: 'Nothing took effect. Sign in with a personal access key instead.',
  },
];
