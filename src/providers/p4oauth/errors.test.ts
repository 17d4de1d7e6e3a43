import { describe, expect, it } from 'vitest';
import { sampleReply } from '../../http/sample-reply.ts';
import { explainReply, readError } from './errors.ts';

describe('errors of P4OAuth', () => {
  it('says of a 404 that the server does not offer the password grant', () => {
    expect(explainReply(sampleReply(404, '<html>'), 'passwordGrant').sentence).toMatch(/not offered by this server/);
  });

  it('never quotes what may be a ticket', () => {
    const ticket = sampleReply(200, 'CANARY0TICKET', { headers: { 'content-type': 'text/plain' } });
    expect(readError(ticket)).toEqual({});
    expect(JSON.stringify(explainReply(ticket, 'p4token'))).not.toContain('CANARY');
  });
});
