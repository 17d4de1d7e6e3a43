import { createHash } from 'node:crypto';

/** One request as the server saw it. Secrets appear as fingerprints only. */
export interface LedgerEntry {
  readonly number: number;
  /** On the stand-in's clock; milliseconds since 1970. */
  readonly atMs: number;
  readonly method: string;
  /** Without query. */
  readonly path: string;
  readonly operation: string;
  /** Fingerprint of the refresh token that the call presented to be spent. */
  readonly spends: string | null;
  /** Lower case, in the order they came. */
  readonly headerNames: readonly string[];
  readonly accept: string | null;
  readonly userAgent: string | null;
  readonly origin: string | null;
  readonly queryNames: readonly string[];
  readonly formNames: readonly string[];
  /** What struck it, by kind. */
  readonly faults: readonly string[];
  /** The server did its work, whatever became of the answer. */
  readonly processed: boolean;
  /** What the server itself answered; null where it did not get to it. */
  readonly status: number | null;
  /** The whole answer left the server. */
  readonly delivered: boolean;
  /** Calls that were under way when it came, itself among them. */
  readonly underWay: number;
}

export interface LedgerFilter {
  readonly operation?: string;
  readonly path?: string;
  readonly method?: string;
}

/** Tells tokens apart without keeping them: the first 16 hexadecimal digits of their SHA-256. */
export const fingerprint = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 16);

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
export type OpenEntry = Writable<LedgerEntry>;

export interface Ledger {
  open(entry: Omit<LedgerEntry, 'number' | 'processed' | 'status' | 'delivered' | 'underWay'>): OpenEntry;
  /** Its connection is done with it, whatever came of it. */
  close(entry: OpenEntry): void;
  entries(filter?: LedgerFilter): readonly LedgerEntry[];
  spends(): Record<string, number>;
  /** Paths that a DELETE was carried out on more than once. */
  repeatedDeletes(): readonly string[];
  clear(): void;
}

export function createLedger(): Ledger {
  let entries: OpenEntry[] = [];
  let count = 0;
  const open = new Set<OpenEntry>();
  return {
    open(seen) {
      count += 1;
      const entry = {
        ...seen,
        number: count,
        processed: false,
        status: null,
        delivered: false,
        underWay: open.size + 1,
      };
      entries.push(entry);
      open.add(entry);
      return entry;
    },
    close: (entry) => void open.delete(entry),
    entries: (filter = {}) =>
      entries
        .filter(
          (entry) =>
            (filter.operation === undefined || entry.operation === filter.operation) &&
            (filter.path === undefined || entry.path.includes(filter.path)) &&
            (filter.method === undefined || entry.method === filter.method),
        )
        .map((entry) => ({ ...entry })),
    spends() {
      const counts: Record<string, number> = {};
      for (const { spends, processed } of entries) {
        if (spends && processed) counts[spends] = (counts[spends] ?? 0) + 1;
      }
      return counts;
    },
    repeatedDeletes() {
      const paths = entries.filter(({ method, processed }) => method === 'DELETE' && processed).map(({ path }) => path);
      return [...new Set(paths.filter((path, index) => paths.indexOf(path) !== index))];
    },
    clear() {
      entries = [];
    },
  };
}
