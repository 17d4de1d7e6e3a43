import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from './classify.ts';
import { commonErrors, unclassified } from './common-errors.ts';
import type { CauseCode, Envelope } from './envelope.ts';
import type { ErrorRow, Failure } from './failure.ts';
import { sampleReply } from './sample-reply.ts';

const common = (status: number | null, body: unknown = '', envelope: Partial<Envelope> = {}): Failure =>
  classify([], {}, sampleReply(status, body, envelope), 'anything');

const stopped = (phase: 'not-sent' | 'sent', code: CauseCode, detail?: string): Failure =>
  common(null, '', { phase, cause: { code, ...(detail !== undefined && { detail }) } });

const answered = (status: number, envelope: Partial<Envelope> = {}): Failure => common(status, {}, envelope);

/** One reply for each line of the common table, and what it must say of it. */
const samples: readonly (readonly [name: string, failure: Failure, happened: string, fault: string])[] = [
  ['offline', stopped('not-sent', 'offline'), 'no', 'network'],
  ['called-off', stopped('not-sent', 'aborted'), 'no', 'local'],
  ['bad-parameter', stopped('not-sent', 'bad-parameter'), 'no', 'input'],
  ['base-url-changed', stopped('not-sent', 'base-url-changed'), 'no', 'configuration'],
  ['gateway-restarted', stopped('not-sent', 'other-boot'), 'no', 'network'],
  ['gateway-restarted', stopped('not-sent', 'fenced'), 'no', 'network'],
  ['gateway-busy', stopped('not-sent', 'busy'), 'no', 'throttle'],
  ['gateway-refused', stopped('not-sent', 'gateway-refused'), 'no', 'configuration'],
  ['unknown-host', stopped('not-sent', 'unknown-host'), 'no', 'network'],
  ['connection-refused', stopped('not-sent', 'connection-refused'), 'no', 'network'],
  ['unreachable', stopped('not-sent', 'unreachable'), 'no', 'network'],
  ['unreachable', stopped('not-sent', 'connect-timeout'), 'no', 'network'],
  ['certificate-untrusted', stopped('not-sent', 'certificate-untrusted'), 'no', 'configuration'],
  ['certificate-expired', stopped('not-sent', 'certificate-expired'), 'no', 'configuration'],
  ['certificate-name', stopped('not-sent', 'certificate-name'), 'no', 'configuration'],
  ['tls-failed', stopped('not-sent', 'tls-failed'), 'no', 'network'],
  ['not-sent', common(null, '', { phase: 'not-sent' }), 'no', 'network'],
  ['timeout', stopped('sent', 'timeout'), 'unknown', 'network'],
  ['answer-cut', stopped('sent', 'cut'), 'unknown', 'network'],
  ['gateway-lost', stopped('sent', 'gateway-unreachable'), 'unknown', 'network'],
  ['gateway-lost', stopped('sent', 'other-boot'), 'unknown', 'network'],
  ['called-off-late', stopped('sent', 'aborted'), 'unknown', 'local'],
  ['answer-lost', common(null, '', { phase: 'sent' }), 'unknown', 'network'],
  ['too-large', answered(200, { cause: { code: 'too-large' } }), 'unknown', 'provider'],
  ['undecodable', answered(200, { cause: { code: 'undecodable' } }), 'unknown', 'provider'],
  [
    'redirected',
    answered(302, { cause: { code: 'redirected', detail: 'https://other.example' } }),
    'no',
    'configuration',
  ],
  ['asked-to-wait', answered(408), 'no', 'throttle'],
  ['asked-to-wait', answered(425), 'no', 'throttle'],
  ['asked-to-wait', answered(429), 'no', 'throttle'],
  ['unavailable', answered(503, { headers: { 'retry-after': '120' } }), 'no', 'throttle'],
  ['server-error', answered(503), 'unknown', 'provider'],
  ['server-error', answered(503, { headers: { 'retry-after': 'soon' } }), 'unknown', 'provider'],
  ['server-error', answered(500), 'unknown', 'provider'],
  ['server-error', answered(502), 'unknown', 'provider'],
  ['server-error', answered(504), 'unknown', 'provider'],
  ['server-error', answered(599), 'unknown', 'provider'],
  ['unauthorised', answered(401), 'no', 'access'],
  ['forbidden', answered(403), 'no', 'permission'],
  ['not-found', answered(404), 'no', 'configuration'],
  ['not-found', answered(410), 'no', 'configuration'],
  ['not-understood', answered(405), 'no', 'configuration'],
  ['not-understood', answered(406), 'no', 'configuration'],
  ['not-understood', answered(415), 'no', 'configuration'],
  ['refused', answered(400), 'unknown', 'provider'],
  ['refused', answered(418), 'unknown', 'provider'],
  ['web-page', common(200, '<html>'), 'unknown', 'provider'],
  ['unreadable', common(200, []), 'unknown', 'provider'],
  ['unreadable', common(204, '', { headers: {} }), 'unknown', 'provider'],
  ['unclassified', answered(101), 'unknown', 'provider'],
  ['unclassified', answered(999), 'unknown', 'provider'],
  ['unclassified', answered(0), 'unknown', 'provider'],
];

describe('the common table', () => {
  it.each(samples)('has %s', (name, failure, happened, fault) => {
    expect(failure).toMatchObject({ code: name, happened, fault });
  });

  it('has no line that no reply reaches', () => {
    const reached = new Set(samples.map(([name]) => name));
    const lines = [...commonErrors, unclassified].map(({ name }) => name);
    expect(lines.filter((name) => !reached.has(name))).toEqual([]);
    expect(new Set(lines).size).toBe(lines.length);
  });

  it('says of everything that was not sent that nothing was sent', () => {
    for (const row of commonErrors.filter(({ phase }) => phase?.includes('not-sent'))) {
      expect(row).toMatchObject({ happened: 'no', next: expect.stringMatching(/^Nothing was sent\./) as unknown });
    }
  });

  it('never shows the words of a programmer', () => {
    for (const { sentence, next } of [...commonErrors, unclassified]) {
      expect(`${sentence} ${next}`).not.toMatch(/fetch|undefined|null|TypeError|JSON|envelope|gateway/i);
      expect(sentence).toMatch(/[.]$/);
      expect(next).toMatch(/[.]$/);
    }
  });
});

describe('classify', () => {
  const row = (name: string, conditions: Partial<ErrorRow>): ErrorRow => ({
    name,
    happened: 'yes',
    fault: 'local',
    sentence: 'It is so.',
    next: 'Go on.',
    ...conditions,
  });

  it('reads the vendor’s table before the common one, and the first line that holds decides', () => {
    const rows = [
      row('a', { status: [401], operations: ['x'] }),
      row('b', { status: [401] }),
      row('c', { status: [401] }),
    ];
    const reply = sampleReply(401, {});
    expect(classify(rows, {}, reply, 'x').code).toBe('a');
    expect(classify(rows, {}, reply, 'y').code).toBe('b');
    expect(classify(rows, {}, sampleReply(403, {}), 'y').code).toBe('forbidden');
  });

  it.each<[string, Partial<ErrorRow>, Partial<ErrorRow>]>([
    ['operations', { operations: ['x'] }, { operations: ['y'] }],
    ['status', { status: [400] }, { status: [401] }],
    ['error', { error: ['bad'] }, { error: ['worse'] }],
    ['text', { text: /^It went/ }, { text: /^went/ }],
    ['contentType', { contentType: /^application\/json/ }, { contentType: /^text/ }],
    ['cause', { cause: ['too-large'] }, { cause: ['cut'] }],
    ['phase', { phase: ['answered'] }, { phase: ['sent'] }],
    ['asksToWait', { asksToWait: true }, { asksToWait: true, status: [1] }],
  ])('asks for every condition of a line: %s', (_, holding, failing) => {
    const reply = sampleReply(
      400,
      {},
      { cause: { code: 'too-large' }, headers: { 'content-type': 'application/json', 'retry-after': '1' } },
    );
    const facts = { error: 'bad', text: 'It went wrong' };
    expect(classify([row('own', holding)], facts, reply, 'x').code).toBe('own');
    expect(classify([row('own', failing)], facts, reply, 'x').code).toBe('too-large');
  });

  it('lets a line without a phase speak of answered calls alone', () => {
    const reply = sampleReply(null, '', { phase: 'sent' });
    expect(classify([row('own', {})], {}, reply, 'x').code).toBe('answer-lost');
    expect(classify([row('own', { phase: ['sent'] })], {}, reply, 'x').code).toBe('own');
  });

  it('never says that something happened which was not sent', () => {
    const reply = sampleReply(null, '', { phase: 'not-sent' });
    expect(classify([row('own', { phase: ['not-sent'] })], {}, reply, 'x').happened).toBe('no');
  });

  it('fills in the cause’s detail and the status, as plain text', () => {
    expect(stopped('not-sent', 'unknown-host', 'iam.example').sentence).toBe(
      'The server’s name could not be found: iam.example.',
    );
    expect(stopped('not-sent', 'unknown-host').sentence).toBe('The server’s name could not be found.');
    expect(stopped('not-sent', 'unknown-host', '<b>$&\u202E').sentence).toBe(
      'The server’s name could not be found: $&.',
    );
    expect(stopped('not-sent', 'bad-parameter', '“otp” is too long.').sentence).toMatch(/: “otp” is too long\.$/);
    expect(answered(502).sentence).toContain('(status 502)');
  });

  it('redacts where a redirect points, which the server says', () => {
    const detail = 'https://login.example/c0e0c951-40d5-4e4a-9789-6524c1d2f80d';
    expect(answered(302, { cause: { code: 'redirected', detail } }).sentence).toBe(
      'The server pointed to another address: https://login.example/•••.',
    );
  });

  it('quotes the server only where the line asks for it, redacted', () => {
    const facts = { error: 'no', text: 'No: token=canary-of-the-test\u0000' };
    expect(classify([], facts, sampleReply(403, {}), 'x').serverSaid).toBe('No: token: •••');
    expect(classify([], facts, sampleReply(500, {}), 'x')).not.toHaveProperty('serverSaid');
    expect(classify([], {}, sampleReply(403, {}), 'x')).not.toHaveProperty('serverSaid');
  });

  it('hands on the certificate, the cause and the wait', () => {
    const certificate = { subject: 'CN=a', issuer: 'CN=b', sha256: 'AA:BB' };
    const failure = common(null, '', { phase: 'not-sent', cause: { code: 'certificate-untrusted', certificate } });
    expect(failure).toMatchObject({ certificate, cause: 'certificate-untrusted', status: null });
    expect(answered(429, { headers: { 'retry-after': '7' } }).retryAfterMs).toBe(7_000);
    expect(answered(429)).not.toHaveProperty('retryAfterMs');
  });

  it('gives exactly one class for every reply there can be, without throwing', () => {
    const names = new Set([...commonErrors, unclassified].map(({ name }) => name));
    const anyText = fc.string({ unit: 'binary', maxLength: 100 });
    const reply = fc.record({
      status: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.integer(), fc.constant(null), fc.double()),
      body: anyText,
      phase: fc.constantFrom('not-sent' as const, 'sent' as const, 'answered' as const),
      headers: fc.dictionary(
        fc.constantFrom('content-type', 'retry-after', 'retryafter', 'date', '__proto__', 'constructor'),
        anyText,
      ),
      code: fc.option(fc.constantFrom<CauseCode>('cut', 'timeout', 'redirected', 'offline', 'too-large')),
      detail: anyText,
    });
    fc.assert(
      fc.property(
        reply,
        fc.option(anyText, { nil: undefined }),
        anyText,
        ({ status, body, code, detail, ...envelope }, error, text) => {
          const failure = classify(
            [],
            { ...(error !== undefined && { error }), text },
            sampleReply(status, body, { ...envelope, cause: code && { code, detail } }),
            'x',
          );
          expect(names.has(failure.code)).toBe(true);
          expect(failure.retryAfterMs ?? 0).toBeGreaterThanOrEqual(0);
          expect(failure.retryAfterMs ?? 0).toBeLessThanOrEqual(3_600_000);
          if (envelope.phase === 'not-sent') expect(failure.happened).toBe('no');
          if (envelope.phase === 'sent') expect(failure.happened).toBe('unknown');
        },
      ),
      { numRuns: 400 },
    );
  });
});
