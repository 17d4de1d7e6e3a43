import type { Thing } from '../providers/ending.ts';

/** Something that a person wants ended, before anybody has looked at how. */
export interface WantedThing {
  readonly provider: string;
  readonly connection: string;
  readonly thing: Thing;
  /** The thing's own, by the names that the vendor's steps ask for. Absent where it is carried by a session of ours, or not at hand. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** The session that listed it, which is asked first. Null: none is to be asked, because their lists do not have it. */
  readonly by?: string | null;
  /** When `by` listed or found it, on the hybrid clock. */
  readonly seenAtMs?: number;
  /** The ending to begin with, where the vendor offers it; the vendor's first otherwise. */
  readonly ending?: string;
  /** An item of an earlier job that holds the secrets; they are copied from there and never shown. */
  readonly from?: { readonly job: string; readonly item: string };
}
