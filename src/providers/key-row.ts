/** The vendor says nothing of it. Neither "never" nor "none". */
export type Reported<Value> = Value | 'not-reported';

/** One key as the vendor lists it. Plain data; texts are made fit for a screen by the reader. Times are the server's. */
export interface KeyRow {
  readonly kind: string;
  readonly id: string;
  readonly name: Reported<string>;
  /** The vendor's own identifiers. */
  readonly scopes: Reported<readonly string[]>;
  /** Milliseconds since 1970 by the server's clock, as below. */
  readonly createdAtMs: Reported<number>;
  readonly expiresAtMs: Reported<number | 'never'>;
  readonly lastUse: Reported<LastUse | 'never'>;
  /** See `fingerprintOf`: where the vendor lists the secret itself, which is then dropped. */
  readonly fingerprint: Reported<string>;
  /** Its id in the trash; null where it is not in it. */
  readonly trashId: string | null;
  /** For the vendor's own calls: a version to rename with. Never a secret. */
  readonly facts: Readonly<Record<string, string>>;
}

export interface LastUse {
  readonly atMs: number;
  /** An address. */
  readonly from: Reported<string>;
}
