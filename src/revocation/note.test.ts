import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from './job.ts';
import { inert, noteOf } from './note.ts';
import { sampleItem, sampleJob } from './sample-job.ts';

const names = { vendor: () => 'Vendor', connection: () => 'Connection' };

it('tells fingerprint, calls, times, verdict and what survives, in UTC', () => {
  const item = sampleItem({
    thing: { ...sampleItem().thing, fingerprint: '0123456789abcdef' },
    marks: [{ step: 'end', stage: 'end', atMs: 1_000, says: 'accepted', words: '200, which proves nothing' }],
    evidence: { takenAtMs: 500, row: null, facts: [{ label: 'Sessions', value: '2' }] },
    finding: {
      ...{ verdict: 'dead', asWanted: true, qualifier: 'over REST', words: '401, refused', atMs: 2_000 },
      ...{ notYours: false, survives: [{ words: 'A copied token', untilMs: 60_000 }] },
    },
  });
  const note = noteOf(sampleJob([item], { startedAtMs: 0 }), 3_000, names);
  expect(note).toContain('`0123456789abcdef`');
  expect(note).toContain('**DEAD**, over REST, as wanted within this limit, at 1970-01-01T00:00:02.000Z: 401, refused');
  expect(note).toContain('| 1970-01-01T00:00:01.000Z | end | `GET …/end` | accepted: 200, which proves nothing |');
  expect(note).toContain('Survives: A copied token (until 1970-01-01T00:01:00.000Z)');
  expect(note).toContain('Evidence, kept 1970-01-01T00:00:00.500Z before anything was touched:');
});

it('says what is not proven, whatever the server answered', () => {
  const finding: Finding = {
    ...{ verdict: 'unknown', asWanted: false, qualifier: null, words: 'No answer', atMs: 1 },
    ...{ notYours: false, survives: [] },
  };
  expect(noteOf(sampleJob([sampleItem({ finding })]), 2, names)).toContain('**UNKNOWN**, not proven: dead was wanted');
});

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.constantFrom('<img src=x onerror=alert(1)>', '[a](javascript:x)', '`b`', '| c |', '\n# d', '=1+1', '@all', '- e'),
);

it('is inert, whatever somebody or a server named', () => {
  fc.assert(
    fc.property(
      fc.array(hostile, { maxLength: 4 }).map((parts) => parts.join('')),
      (text) => {
        const told = inert(text);
        expect(told).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069\n]/u);
        expect(told).not.toMatch(/<|>|@|:\/\//);
        expect(told).not.toMatch(/(?<!\\)(?:\\\\)*[`*_[\]|~]/);
        expect(told).not.toMatch(/^[-+=#]/);
        const item = sampleItem({ thing: { ...sampleItem().thing, name: text } });
        const lines = noteOf(sampleJob([item], { title: text }), 1, names).split('\n');
        expect(lines.filter((line) => line.startsWith('# '))).toHaveLength(1);
        expect(lines.filter((line) => line.startsWith('## '))).toHaveLength(1);
      },
    ),
    { numRuns: 300 },
  );
});

it('masks what looks like a secret in what a server said', () => {
  const words = 'The key tlp-k1-1.0badc0de0badc0de0badc0de0badc0de is unknown';
  const item = sampleItem({ marks: [{ step: 'end', stage: 'end', atMs: 1, says: 'refused', words }] });
  expect(noteOf(sampleJob([item]), 1, names)).not.toContain('0badc0de0badc0de');
});
