/** One key in the table, from wherever it is known. Nothing of it is secret. Pure. */
import type { BareThing } from '../../providers/ending.ts';
import type { KeyRow, LastUse, Reported } from '../../providers/key-row.ts';

export interface KeyEntry {
  /** Unique over all connections, and stable. */
  readonly id: string;
  readonly provider: string;
  readonly providerName: string;
  readonly connection: string;
  readonly connectionName: string;
  /** "access key" */
  readonly noun: string;
  /** Whose it is, as far as this console can tell: who asked for the list, or signed in. */
  readonly owner: string;
  /** As a person knows it again. */
  readonly name: string;
  readonly scopes: Reported<readonly string[]>;
  /** Milliseconds on the hybrid clock, as below. */
  readonly createdAtMs: Reported<number>;
  readonly expiresAtMs: Reported<number | 'never'>;
  readonly lastUse: Reported<LastUse | 'never'>;
  /** How late a use may be shown; null where that is not known. */
  readonly useResolutionMs: number | null;
  /** Null: no call lists it, and it is known by the sessions of this console alone. */
  readonly row: KeyRow | null;
  readonly bare: BareThing;
  /** The session that listed it. */
  readonly asker: string | null;
  /** When that was, on the hybrid clock; null where no list has it. */
  readonly readAtMs: number | null;
  /** The session that carries this very key. */
  readonly carriedBy: string | null;
  /** Sessions whose tokens were made with it. */
  readonly minted: readonly string[];
  /** What they are called: projects. */
  readonly mintedNames: readonly string[];
  /** Under which it is kept here, to mint again with. */
  readonly keptAs: string | null;
  /** Everything that search looks at, in lower case. */
  readonly haystack: string;
}

interface Place {
  readonly provider: string;
  readonly providerName: string;
  readonly connection: string;
  readonly connectionName: string;
}

export type NewEntry = Place &
  Pick<KeyEntry, 'noun' | 'owner' | 'row' | 'bare'> &
  Partial<
    Pick<KeyEntry, 'asker' | 'readAtMs' | 'carriedBy' | 'minted' | 'mintedNames' | 'keptAs' | 'useResolutionMs'>
  > & {
    /** Tells it from others of its connection. */
    readonly mark: string;
    /** Server minus local time, milliseconds. */
    readonly offsetMs: number;
    /** What is known of one that is in no list. */
    readonly known?: Partial<Pick<KeyEntry, 'createdAtMs' | 'expiresAtMs'>>;
  };

const local = <Other extends string>(value: number | Other, offsetMs: number): number | Other =>
  typeof value === 'number' ? value - offsetMs : value;

export function entryOf({ mark, offsetMs, known = {}, row, bare, ...told }: NewEntry): KeyEntry {
  const { provider, providerName, connection, connectionName, noun, owner } = told;
  const lastUse = row?.lastUse ?? 'not-reported';
  const scopes = row?.scopes ?? 'not-reported';
  const from = typeof lastUse === 'string' || lastUse.from === 'not-reported' ? '' : lastUse.from;
  const words = [bare.name, row?.id ?? '', noun, owner, providerName, connectionName, from];
  return {
    ...{ provider, providerName, connection, connectionName, noun, owner, row, bare, scopes },
    id: `${connection}/${bare.kind}/${mark}`,
    name: bare.name,
    createdAtMs: local(row?.createdAtMs ?? known.createdAtMs ?? 'not-reported', offsetMs),
    expiresAtMs: local(row?.expiresAtMs ?? known.expiresAtMs ?? 'not-reported', offsetMs),
    lastUse: typeof lastUse === 'string' ? lastUse : { ...lastUse, atMs: lastUse.atMs - offsetMs },
    useResolutionMs: told.useResolutionMs ?? null,
    asker: told.asker ?? null,
    readAtMs: told.readAtMs ?? null,
    carriedBy: told.carriedBy ?? null,
    minted: told.minted ?? [],
    mintedNames: told.mintedNames ?? [],
    keptAs: told.keptAs ?? null,
    haystack: [...words, ...(scopes === 'not-reported' ? [] : scopes)].join('\n').toLowerCase(),
  };
}
