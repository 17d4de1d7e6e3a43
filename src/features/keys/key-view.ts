/** Which keys are shown and in which order, as the address says it. Pure. */

export const filters = ['all', 'expiring', 'no-expiry', 'never-used', 'unused'] as const;
export type Filter = (typeof filters)[number];

export const sortings = ['name', 'where', 'created', 'expires', 'used'] as const;
export type Sorting = (typeof sortings)[number];

export interface KeyView {
  readonly text: string;
  readonly filter: Filter;
  /** Empty: every connection. */
  readonly connection: string;
  readonly sorting: Sorting;
  readonly descending: boolean;
}

export const plainView: KeyView = { text: '', filter: 'all', connection: '', sorting: 'name', descending: false };

const isOneOf = <Value extends string>(all: readonly Value[], value: string): value is Value =>
  all.some((one) => one === value);

/** Whatever stands in an address that somebody typed or kept: what it does not name is as it is at first. */
export function readView(params: URLSearchParams): KeyView {
  const filter = params.get('show') ?? '';
  const sort = params.get('sort') ?? '';
  const sorting = sort.replace(/^-/, '');
  const known = isOneOf(sortings, sorting);
  return {
    text: params.get('q') ?? '',
    filter: isOneOf(filters, filter) ? filter : 'all',
    connection: params.get('connection') ?? '',
    sorting: known ? sorting : plainView.sorting,
    descending: known && sort.startsWith('-'),
  };
}

/** Only what differs, so that the plain view has a plain address. What is not of the view stays as it is in `others`. */
export function writeView(
  { text, filter, connection, sorting, descending }: KeyView,
  others = new URLSearchParams(),
): URLSearchParams {
  const params = new URLSearchParams(others);
  for (const own of ['q', 'show', 'connection', 'sort']) params.delete(own);
  if (text !== '' && mayStandInAddress(text)) params.set('q', text);
  if (filter !== 'all') params.set('show', filter);
  if (connection !== '') params.set('connection', connection);
  if (sorting !== plainView.sorting || descending) params.set('sort', `${descending ? '-' : ''}${sorting}`);
  return params;
}

const LENGTH_MAX = 40;
/** Shorter than the secret of any vendor, and longer than the words that a person looks for. */
const RUN = /[^\s]{16}/;

/**
 * A person who looks for a key may paste the key itself, and an address is kept in the history and sent to nobody knows
 * whom. What could be one is looked for, and does not go there.
 */
export const mayStandInAddress = (text: string): boolean => text.length <= LENGTH_MAX && !RUN.test(text);
