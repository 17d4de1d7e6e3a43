import { describe, expect, it } from 'vitest';
import { sampleReply } from '../../http/sample-reply.ts';
import { api, bearerReply } from './error-samples.ts';
import { explainReply, readError } from './errors.ts';

describe('errors of Tuleap', () => {
  it('names every cause that the one answer to a dead key may have, the scope too', () => {
    const { sentence, next } = explainReply(api(401, 'Unauthorized: Invalid access key'), 'ownKey');
    expect(sentence).toMatch(/deleted.*expired.*write:rest.*owner/s);
    expect(next).toMatch(/keys-tokens.*Git, SVN or WebDAV.*scope REST/s);
  });

  it.each(['ownKey', 'self', 'checkPassword', 'createToken'])(
    'says of a server error at %s that it may be the credential, and is not repeated',
    (operation) => {
      const { sentence, next, fault } = explainReply(api(500, 'Internal Server Error'), operation);
      expect(sentence).toMatch(/may be the credential or the server/);
      expect(next).toMatch(/not tried again by itself/);
      expect(fault).toBe('provider');
    },
  );

  it('says what keeps an account out, in the person’s language where the server has it', () => {
    const reply = api(403, 'Forbidden: Your password has expired', 'Votre mot de passe a expiré');
    expect(explainReply(reply, 'self')).toMatchObject({ serverSaid: 'Votre mot de passe a expiré' });
  });
});

describe('readError', () => {
  it.each([
    ['the framework’s object', api(404, 'Not Found'), { error: 'api', text: 'Not Found' }],
    ['an object without words', sampleReply(400, { error: {} }), { error: 'api' }],
    ['a sentence of the gate', sampleReply(403, { error: 'A sentence ?' }), { error: 'gate', text: 'A sentence ?' }],
    [
      'a code of OAuth2',
      sampleReply(400, { error: 'invalid_grant' }),
      { error: 'invalid_grant', text: 'invalid_grant' },
    ],
    [
      'a code with a description, should there be one',
      sampleReply(400, { error: 'invalid_grant', error_description: 'Late' }),
      { error: 'invalid_grant', text: 'Late' },
    ],
    ['plain text', sampleReply(400, 'HTTPS is mandatory'), { text: 'HTTPS is mandatory' }],
    [
      'a header over an empty body',
      bearerReply(401, 'error="invalid_token" error_description="Access token is malformed"'),
      { error: 'invalid_token', text: 'Access token is malformed' },
    ],
    ['an empty body', sampleReply(200, ''), {}],
    ['another object', sampleReply(200, { id: 7, errors: [] }), {}],
    ['a list', sampleReply(200, [1]), {}],
  ] as const)('reads %s', (_, reply, facts) => {
    expect(readError(reply)).toEqual(facts);
  });

  it('does not read the header of the REST routes, whose quoting is broken', () => {
    const headers = { 'x-vendor-authenticate': 'Basic realm="a Token realm="b error="invalid_token"' };
    const reply = sampleReply(401, { error: { code: 401, message: 'Unauthorized' } }, { headers });
    expect(readError(reply)).toEqual({ error: 'api', text: 'Unauthorized' });
  });
});
