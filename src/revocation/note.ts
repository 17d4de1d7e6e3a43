/**
 * The incident as Markdown to paste elsewhere: fingerprints, times, calls, statuses, verdicts. Whatever a server or a person
 * named is neutralised, because a ticket system draws Markdown and some draw HTML; no secret is in a view to begin with.
 */
import { redact, shownName } from '../http/redact.ts';
import type { KeyRow } from '../providers/key-row.ts';
import type { Finding, Item, JobView, Mark } from './job.ts';

export interface NoteNames {
  /** Name of a vendor; of a connection. */
  vendor(id: string): string;
  connection(id: string): string;
}

const TEXT_MAX = 300;
const VERDICTS = { live: 'LIVE', dead: 'DEAD', unknown: 'UNKNOWN' } as const;

/** Nothing of it is markup, a link, a mention or an issue of whoever draws it, and it cannot begin a line of its own. */
export const inert = (text: string): string =>
  shownName(text, TEXT_MAX)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;')
    .replaceAll('://', '&#58;//')
    .replace(/\bwww\./gi, 'www&#46;')
    .replace(/[\\`*_[\]|~]|(?<!&)#/g, '\\$&')
    // A list, a rule, or a formula where the note is pasted into a table.
    .replace(/^[-+=]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');

/** In backticks, which it cannot leave. */
const code = (text: string): string => `\`${shownName(text, TEXT_MAX).replaceAll('`', '´')}\``;

const at = (ms: number): string =>
  Number.isFinite(ms) && Math.abs(ms) < 8.64e15 ? new Date(ms).toISOString() : 'unknown';

export function noteOf(job: JobView, nowMs: number, names: NoteNames): string {
  const lines = [
    `# Incident: ${inert(job.title)}`,
    '',
    `- Opened: ${at(job.startedAtMs ?? job.createdAtMs)}`,
    ...(job.closedAtMs === null ? [] : [`- Closed: ${at(job.closedAtMs)}`]),
    `- Noted: ${at(nowMs)}`,
    `- Proven: ${String(job.items.filter(({ finding }) => finding?.asWanted).length)} of ${String(job.items.length)}`,
    '',
    ...job.items.flatMap((item, index) => itemLines(item, index + 1, names)),
    'Times are UTC. A status of 2xx is never taken as proof. This note holds no secret.',
  ];
  return `${lines.join('\n')}\n`;
}

function itemLines(item: Item, number: number, names: NoteNames): readonly string[] {
  const { thing, ending, steps, marks, as } = item;
  return [
    `## ${String(number)}. ${inert(names.vendor(item.provider))}: ${inert(thing.name)}`,
    '',
    `- Kind: ${inert(thing.kind)}${thing.id === null ? '' : `, id ${inert(thing.id)}`}`,
    `- Fingerprint (SHA-256, first 16 digits): ${thing.fingerprint === null ? 'the secret was not at hand' : code(thing.fingerprint)}`,
    `- Server: ${inert(names.connection(item.connection))}, ${code(item.baseUrl)}`,
    `- How: ${inert(ending.label)}${as === null ? '' : `, as ${inert(as.identity.name)}`}`,
    `- Verdict: ${verdictLine(item)}`,
    ...survivorLines(item.finding),
    '',
    ...evidenceLines(item),
    ...(marks.length === 0
      ? ['No call was made.', '']
      : ['| Time | Step | Call | Answer |', '| --- | --- | --- | --- |']),
    ...marks.map((mark) => markLine(mark, steps.find(({ id }) => id === mark.step)?.says ?? '')),
    ...(marks.length === 0 ? [] : ['']),
  ];
}

function verdictLine({ finding, state, ending }: Item): string {
  if (!finding) return `none yet (${state.is})`;
  const wanted = finding.asWanted ? 'as wanted' : `not proven: ${ending.goal} was wanted`;
  const how = finding.qualifier === null ? '' : `, ${inert(finding.qualifier)}`;
  return `**${VERDICTS[finding.verdict]}**${how}, ${wanted}, at ${at(finding.atMs)}: ${said(finding.words)}`;
}

const survivorLines = (finding: Finding | null): readonly string[] =>
  (finding?.survives ?? []).map(({ words, untilMs }) => {
    const until =
      typeof untilMs === 'number'
        ? `until ${at(untilMs)}`
        : untilMs === 'never'
          ? 'without an end'
          : 'end not reported';
    return `- Survives: ${inert(words)} (${until})`;
  });

function evidenceLines({ evidence }: Item): readonly string[] {
  if (!evidence) return [];
  const facts = [...(evidence.row ? rowFacts(evidence.row) : []), ...evidence.facts];
  return [
    `Evidence, kept ${at(evidence.takenAtMs)} before anything was touched:`,
    '',
    ...facts.map(({ label, value }) => `- ${inert(label)}: ${said(value)}`),
    '',
  ];
}

function rowFacts({ createdAtMs, expiresAtMs, lastUse, scopes }: KeyRow): readonly { label: string; value: string }[] {
  const moment = (ms: number | string): string => (typeof ms === 'number' ? at(ms) : ms.replace('-', ' '));
  const use =
    typeof lastUse === 'string'
      ? moment(lastUse)
      : `${at(lastUse.atMs)}${lastUse.from === 'not-reported' ? '' : ` from ${lastUse.from}`}`;
  return [
    { label: 'Created', value: moment(createdAtMs) },
    { label: 'Expires', value: moment(expiresAtMs) },
    { label: 'Last used', value: use },
    { label: 'Scopes', value: typeof scopes === 'string' ? 'not reported' : scopes.join(', ') || 'none' },
  ];
}

/** What came from a server may quote back what it was sent. */
const said = (text: string): string => inert(redact(text));

const markLine = ({ atMs, stage, says, words }: Mark, sent: string): string =>
  `| ${at(atMs)} | ${inert(stage)} | ${cell(sent)} | ${inert(says)}: ${said(words)} |`;

const cell = (sent: string): string => code(sent).replaceAll('|', '¦');
