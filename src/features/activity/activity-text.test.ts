import { describe, expect, it } from 'vitest';
import type { CallRecord } from '../../http/call.ts';
import type { CauseCode } from '../../http/envelope.ts';
import { activityText } from './activity-text.ts';
import { causeWords, outcomeWords, phaseWords } from './cause-words.ts';
import { nameCall, type Names } from './named-call.ts';

const call = (differs: Partial<CallRecord> = {}): CallRecord => ({
  id: 1,
  atMs: Date.UTC(2026, 10, 21, 12, 4, 10, 123),
  connection: 'acme',
  operation: 'refresh',
  effect: 'spend',
  phase: 'answered',
  status: 200,
  durationMs: 41.4,
  cause: null,
  ...differs,
});

const names: Names = {
  connections: [
    {
      id: 'acme',
      provider: 'toy',
      name: 'Acme',
      baseUrl: 'https://toy.example',
      settings: {},
      insecure: false,
      secretsSet: [],
      forwardsClientAddress: false,
    },
  ],
  providers: { toy: 'Toy' },
  operations: {
    toy: { refresh: { method: 'POST', path: '/', effect: 'spend', label: 'refresh the pair', params: {} } },
  },
};

const named = (differs: Partial<CallRecord> = {}) => nameCall(call(differs), names);

describe('activity as text', () => {
  it('gives one line a call, oldest first, under a head', () => {
    const text = activityText([named({ id: 2, operation: 'other', status: 401 }), named()]);
    expect(text).toBe(
      [
        'time (UTC)\tprovider\tconnection\toperation\tphase\tstatus\tms\twhat became of it',
        '2026-11-21T12:04:10.123Z\tToy\tAcme\trefresh the pair\tanswered\t200\t41\tDone.',
        '2026-11-21T12:04:10.123Z\tToy\tAcme\tother\tanswered\t401\t41\tThe server did not accept the credential.',
        '',
      ].join('\n'),
    );
  });

  it('keeps a call whose connection is gone from the file', () => {
    expect(activityText([named({ connection: 'gone' })])).toContain('\tunknown\tgone\trefresh\t');
  });

  it('lets no name break a line or become a formula of a spreadsheet', () => {
    const text = activityText([named({ connection: '=HYPERLINK("x")\n\tmore' })]);
    expect(text.split('\n')).toHaveLength(3);
    expect(text).toContain(`\t'=HYPERLINK("x") more\t`);
  });
});

describe('what became of a call', () => {
  const codes: readonly CauseCode[] = [
    'unknown-host',
    'connection-refused',
    'unreachable',
    'connect-timeout',
    'certificate-untrusted',
    'certificate-expired',
    'certificate-name',
    'tls-failed',
    'timeout',
    'cut',
    'too-large',
    'undecodable',
    'redirected',
    'base-url-changed',
    'other-boot',
    'fenced',
    'busy',
    'bad-parameter',
    'gateway-refused',
    'gateway-unreachable',
    'offline',
    'aborted',
  ];

  it('is a different sentence for every cause', () => {
    expect(new Set(codes.map((code) => causeWords({ code }))).size).toBe(codes.length);
    for (const code of codes) expect(causeWords({ code })).toMatch(/^[A-Z].*\.$/);
  });

  it('carries the fact that comes with the cause', () => {
    expect(causeWords({ code: 'unknown-host', detail: 'iam.example' })).toBe(
      'No server is known under this host name: iam.example',
    );
  });

  it.each([
    [204, 'Done.'],
    [403, 'The server did not allow it.'],
    [404, 'The server knows nothing at that address.'],
    [418, 'The server refused the request.'],
    [429, 'The server asks for fewer calls.'],
    [502, 'The server failed.'],
  ])('status %i: %s', (status, words) => {
    expect(outcomeWords(call({ status }))).toBe(words);
  });

  it('says of no redirect that it pointed elsewhere but of one that did', () => {
    expect(outcomeWords(call({ status: 302 }))).toBe('The server answered with a redirect.');
    expect(outcomeWords(call({ status: 302, cause: { code: 'redirected' } }))).toBe(
      'The server pointed elsewhere, and that is never followed.',
    );
  });

  it('says of a call without an answer that nobody knows', () => {
    expect(phaseWords('sent')).toBe('sent, outcome unknown');
    expect(outcomeWords(call({ phase: 'sent', status: null }))).toBe('No answer, and no reason was given.');
  });
});
