/**
 * Which key a lost answer made, if any. The list comes in pages that no order holds together, so a key is known by what it
 * is and never by where it stands: not listed before, named as asked for, and made since. Where that does not tell, nothing
 * is named.
 */
import type { Reply } from '../../http/call.ts';
import { shownName } from '../../http/redact.ts';
import type { CallStep, Reading, StepContext } from '../ending.ts';
import type { KeyRow } from '../key-row.ts';
import type { KeyPage } from '../keys-face.ts';
import { cleanName } from '../pasted.ts';
import type { FormValues } from '../sign-in-way.ts';
import { list, readList } from './key-rows.ts';
import { statusOf, stepOf } from './reading.ts';

const PAGES_MAX = 40;
/** The server's clock is known to the second, and estimated over the network. */
const CLOCK_ODD_MS = 60_000;

/** Facts of the thing while pages are read. Ids are digits, so a space parts them. */
const KNOWN = 'knownKeys';
const SINCE = 'knownSinceMs';
const SEEN = 'seenKeys';
const FITTING = 'fittingKeys';
const OFFSET = 'listOffset';

const wordsOf = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

const idsIn = ({ thing }: StepContext, fact: string): readonly string[] => wordsOf(thing.facts[fact] ?? '');

const offsetIn = ({ thing }: StepContext): number => Number(thing.facts[OFFSET] ?? '0');

const joined = (one: readonly string[], other: readonly string[]): string => [...new Set([...one, ...other])].join(' ');

const listing = (owner: string) =>
  ({
    kind: 'call',
    operation: 'listKeys',
    as: 'session',
    sends: `GET …/api/users/${owner}/access_keys`,
  }) as const;

const pageAt = (owner: string, offset: number) => ({ owner, limit: String(list.pageMax), offset: String(offset) });

function pageOf(reply: Reply, offset: number): KeyPage | null {
  const page = readList(reply, { offset, limit: list.pageMax });
  return page.ok ? page.value : null;
}

/** A server that counts wrongly must not keep the job asking. */
const nextIn = ({ nextOffset }: KeyPage): number | null =>
  nextOffset !== null && nextOffset < PAGES_MAX * list.pageMax ? nextOffset : null;

const spanOf = ({ rows, total }: KeyPage, offset: number): string =>
  `${String(offset + 1)} to ${String(offset + rows.length)}${total === 'not-reported' ? '' : ` of ${String(total)}`}`;

/** Every key that there is before one is made: the first page, and the others for as long as there are any. */
export function noteKnown(owner: string): readonly CallStep<'evidence'>[] {
  const read = (reply: Reply, context: StepContext, offset: number): Reading<'evidence'> | null => {
    const page = pageOf(reply, offset);
    if (!page) return null;
    const ids = page.rows.map(({ id }) => id);
    const before = offset === 0 ? [] : idsIn(context, KNOWN);
    const next = nextIn(page);
    return {
      says: 'there',
      words: `${statusOf(reply)}, ${next === null && offset === 0 ? `${String(ids.length)} keys` : `keys ${spanOf(page, offset)}`}`,
      facts: {
        [KNOWN]: joined(before, ids),
        ...(offset === 0 && { [SINCE]: String(context.serverMs) }),
        [OFFSET]: String(next ?? 0),
      },
      ...(next !== null && { then: 'before-more' }),
    };
  };
  const first = stepOf<'evidence'>({
    ...{ ...listing(owner), id: 'before', stage: 'evidence', label: 'Note which keys there are' },
    params: () => pageAt(owner, 0),
    read: (reply, context) => read(reply, context, 0),
  });
  const more = stepOf<'evidence'>({
    ...{ ...listing(owner), id: 'before-more', stage: 'evidence', label: 'Note the keys of the other pages' },
    asked: true,
    params: (context) => pageAt(owner, offsetIn(context)),
    read: (reply, context) => read(reply, context, offsetIn(context)),
  });
  return [first, more];
}

/** After a lost answer; asks for itself until every page was read. */
export const findMade = (owner: string, values: FormValues): CallStep<'create'> =>
  stepOf<'create'>({
    ...{ ...listing(owner), id: 'find', stage: 'create', label: 'Look for the new key' },
    asked: true,
    params: (context) => pageAt(owner, offsetIn(context)),
    read: (reply, context) => whatBecame(reply, context, shownName(cleanName(values['description'] ?? ''))),
  });

function whatBecame(reply: Reply, context: StepContext, description: string): Reading<'create'> | null {
  const offset = offsetIn(context);
  const page = pageOf(reply, offset);
  if (!page) return null;
  const isFirst = offset === 0;
  const onPage = page.rows.map(({ id }) => id);
  const seen = joined(isFirst ? [] : idsIn(context, SEEN), onPage);
  const mayBe = page.rows.flatMap((row) => asAsked(row, context, description) ?? []);
  const fitting = joined(isFirst ? [] : idsIn(context, FITTING), mayBe);
  const next = nextIn(page);
  if (next !== null) {
    const said = `${statusOf(reply)}, keys ${spanOf(page, offset)}`;
    return {
      says: 'unknown',
      words: said,
      facts: { [SEEN]: seen, [FITTING]: fitting, [OFFSET]: String(next) },
      then: 'find',
    };
  }
  const facts = { [SEEN]: '', [FITTING]: '', [OFFSET]: '0' };
  const isWhole = page.nextOffset === null && (page.total === 'not-reported' ? isFirst : countOf(seen) >= page.total);
  const reading = judge(isWhole, wordsOf(fitting));
  return { ...reading, facts: { ...facts, ...reading.facts } };
}

const countOf = (text: string): number => wordsOf(text).length;

/** In front of the id of a key that could be the one if its age were known. */
const DOUBT = '?';

/** The id of a key that was not there before, is named as asked for, and was made since; null where it is another one. */
function asAsked({ id, name, createdAtMs }: KeyRow, context: StepContext, description: string): string | null {
  if (name !== description || idsIn(context, KNOWN).includes(id)) return null;
  if (createdAtMs === 'not-reported') return `${DOUBT}${id}`;
  const sinceMs = Number(context.thing.facts[SINCE] ?? Number.NaN);
  const isNew = createdAtMs >= sinceMs - CLOCK_ODD_MS && createdAtMs <= context.serverMs + CLOCK_ODD_MS;
  return isNew ? id : null;
}

function judge(isWhole: boolean, fitting: readonly string[]): Reading<'create'> {
  const [id, other] = fitting;
  if (!isWhole)
    return { says: 'unknown', words: 'The list changed while it was read: whether a key was made is not known' };
  if (id === undefined) return { says: 'absent', words: 'No key was made' };
  if (other !== undefined || id.startsWith(DOUBT)) {
    const which = fitting.map((one) => `no. ${one.replace(DOUBT, '')}`).join(', ');
    return { says: 'unknown', words: `A key may have been made, and which one cannot be told: it may be ${which}` };
  }
  const made = `A key was made, no. ${id}, and its secret is lost: delete that one, then begin again`;
  return { says: 'made', words: made, facts: { foundId: id } };
}
