/**
 * The incident as Markdown to paste elsewhere: fingerprints, times, calls, statuses, verdicts. Whatever a server or a person
 * named is neutralised, because a ticket system draws Markdown and some draw HTML; no secret is in a view to begin with.
 */
import { redact, shownName } from '../http/redact.ts';
import type { KeyRow } from '../providers/key-row.ts';
import { endWords } from './end-words.ts';
import { keptWords, usedByWords } from './evidence-when.ts';
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
    ...(job.givenUpAtMs === undefined ? [] : [`- Given up: ${at(job.givenUpAtMs)}`]),
    ...(job.closedAtMs === null ? [] : [`- Closed: ${at(job.closedAtMs)}`]),
    `- Noted: ${at(nowMs)}`,
    `- Proven: ${provenWords(job)}`,
    '',
    ...job.items.flatMap((item, index) => itemLines(item, index + 1, names)),
    'Times are UTC. A status of 2xx is never taken as proof. This note holds no secret.',
  ];
  return `${lines.join('\n')}\n`;
}

function provenWords({ items }: JobView): string {
  const proven = items.flatMap(({ finding }) => (finding?.asWanted ? [finding] : []));
  const limited = proven.filter(({ qualifier }) => qualifier !== null).length;
  const all = `${String(proven.length)} of ${String(items.length)}`;
  return limited === 0 ? all : `${all}, ${String(limited)} of them with a limit`;
}

function itemLines(item: Item, number: number, names: NoteNames): readonly string[] {
  const { thing, ending, as } = item;
  const calls = callLines(item);
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
    ...(calls.length === 0
      ? ['No call was made.', '']
      : ['| Time | Step | Call | Answer |', '| --- | --- | --- | --- |', ...calls, '']),
  ];
}

function verdictLine({ finding, state, ending }: Item): string {
  if (!finding) return `none yet (${state.is})`;
  const how = finding.qualifier === null ? '' : `, ${inert(finding.qualifier)}`;
  const asWanted = `as wanted${how === '' ? '' : ' within this limit'}`;
  const wanted = finding.asWanted ? asWanted : `not proven: ${ending.goal} was wanted`;
  return `**${VERDICTS[finding.verdict]}**${how}, ${wanted}, at ${at(finding.atMs)}: ${said(finding.words)}`;
}

const survivorLines = (finding: Finding | null): readonly string[] =>
  (finding?.survives ?? []).map((survivor) => {
    const { words, untilMs } = survivor;
    const until = typeof untilMs === 'number' ? `until ${at(untilMs)}` : endWords(survivor);
    return `- Survives: ${inert(words)} (${until})`;
  });

function evidenceLines(item: Item): readonly string[] {
  const { evidence } = item;
  if (!evidence) return [];
  const facts = [...(evidence.row ? rowFacts(evidence.row, item) : []), ...evidence.facts];
  return [
    `Evidence, kept ${at(evidence.takenAtMs)} ${keptWords(item, at)}:`,
    '',
    ...facts.map(({ label, value }) => `- ${inert(label)}: ${said(value)}`),
    '',
  ];
}

const moment = (ms: number | string): string => (typeof ms === 'number' ? at(ms) : ms.replace('-', ' '));

const lineOfUse = (use: KeyRow['lastUse']): string =>
  typeof use === 'string' ? moment(use) : `${at(use.atMs)}${use.from === 'not-reported' ? '' : ` from ${use.from}`}`;

function rowFacts(
  { createdAtMs, expiresAtMs, lastUse, scopes }: KeyRow,
  item: Item,
): readonly { label: string; value: string }[] {
  const before = item.usedHere?.lastUseBefore;
  return [
    { label: 'Created', value: moment(createdAtMs) },
    { label: 'Expires', value: moment(expiresAtMs) },
    { label: 'Last used', value: `${lineOfUse(lastUse)}${usedByWords(item)}` },
    ...(before === undefined ? [] : [{ label: 'Last used before this console used it', value: lineOfUse(before) }]),
    { label: 'Scopes', value: typeof scopes === 'string' ? 'not reported' : scopes.join(', ') || 'none' },
  ];
}

/** What came from a server may quote back what it was sent. */
const said = (text: string): string => inert(redact(text));

function callLines({ steps, marks, state }: Item): readonly string[] {
  const sentFor = (id: string): string => steps.find((step) => step.id === id)?.says ?? '';
  const lines = marks.map((mark) => markLine(mark, sentFor(mark.step)));
  if (state.is !== 'calling') return lines;
  const { step: id, intent } = state;
  const stage = steps.find((step) => step.id === id)?.stage ?? '';
  return [...lines, `| ${at(intent.sentAtMs)} | ${stage} | ${cell(sentFor(id))} | sent, not answered yet |`];
}

const markLine = ({ atMs, stage, says, words }: Mark, sent: string): string =>
  `| ${at(atMs)} | ${inert(stage)} | ${cell(sent)} | ${inert(says)}: ${said(words)} |`;

const cell = (sent: string): string => code(sent).replaceAll('|', '¦');
