import { describe, expect, it } from 'vitest';
import type { Failure } from './failure.ts';
import type { Operation } from './operation.ts';
import { withoutSentSecrets } from './without-sent-secrets.ts';

const operation: Operation = {
  method: 'POST',
  path: '/token',
  effect: 'slot',
  label: 'sign in',
  params: {
    username: { in: 'form', from: 'caller' },
    password: { in: 'form', from: 'caller', secret: true },
    pin: { in: 'form', from: 'caller', secret: true },
  },
};
const params = { username: 'alice', password: 'canary sesame', pin: '12' };
const said = (serverSaid: string): string | undefined => {
  const failure: Failure = {
    code: 'refused',
    happened: 'no',
    fault: 'credential',
    sentence: 'Refused.',
    next: 'Try again.',
    status: 400,
    serverSaid,
  };
  return withoutSentSecrets(failure, operation, params).serverSaid;
};

describe('withoutSentSecrets', () => {
  it('masks what the operation’s table calls a secret, however it was quoted', () => {
    expect(said('No alice with password canary sesame')).toBe('No alice with password •••');
    expect(said('canary sesame, canary%20sesame')).toBe('•••, •••');
  });

  it('masks what is left of one where the text was cut', () => {
    expect(said('No alice with password canary se…')).toBe('No alice with password •••…');
    expect(said('No such can…')).toBe('No such can…');
  });

  it('leaves alone what is no secret, or too short to be told from a word', () => {
    expect(said('alice failed 12 times')).toBe('alice failed 12 times');
  });

  it('adds nothing where the server said nothing', () => {
    const failure: Failure = { code: 'x', happened: 'no', fault: 'input', sentence: 'X.', next: 'Y.', status: null };
    expect(withoutSentSecrets(failure, operation, params)).toBe(failure);
  });
});
