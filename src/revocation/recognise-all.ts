/** What a pasted text may be at any vendor. Local and total: nothing is sent, whatever the text is. */
import type { Connection } from '../http/envelope.ts';
import type { KeysFace } from '../providers/keys-face.ts';
import type { Candidate } from '../providers/recognised.ts';

export interface Found {
  readonly provider: string;
  readonly candidate: Candidate;
}

const order = { certain: 0, likely: 1, possible: 2 } as const;
const FOUND_MAX = 12;

/** The likeliest first; among equals in the order of the vendors. */
export function recogniseAll(
  vendors: readonly (readonly [id: string, keys: KeysFace])[],
  text: string,
): readonly Found[] {
  if (text.trim() === '') return [];
  return vendors
    .flatMap(([provider, keys]) => keys.recognise(text).map((candidate) => ({ provider, candidate })))
    .sort((one, other) => order[one.candidate.certainty] - order[other.candidate.certainty])
    .slice(0, FOUND_MAX);
}

/** The one that nobody has to be asked about; undefined where several are as likely, and the person says which. */
export function plainest(found: readonly Found[]): Found | undefined {
  const [first, second] = found;
  if (!first || !second) return first;
  return order[first.candidate.certainty] < order[second.candidate.certainty] ? first : undefined;
}

/** Where it may belong, the likeliest first. `signedIn`: connections with a session that lives. */
export function placesFor(
  { provider, candidate }: Found,
  keys: KeysFace,
  connections: readonly Connection[],
  signedIn: ReadonlySet<string>,
): { readonly fitting: readonly Connection[]; readonly plain: Connection | undefined } {
  const judged = connections
    .filter((one) => one.provider === provider)
    .map((connection) => ({ connection, fits: keys.fits(candidate, connection) }));
  const named = judged.filter(({ fits }) => fits === 'yes').map(({ connection }) => connection);
  const fitting = [...named, ...judged.filter(({ fits }) => fits === 'perhaps').map(({ connection }) => connection)];
  const likely = named.length > 0 ? named : fitting;
  const here = likely.filter(({ id }) => signedIn.has(id));
  const [only] = likely.length === 1 ? likely : here.length === 1 ? here : [];
  return { fitting, plain: only };
}
