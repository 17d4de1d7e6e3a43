import type { Thing } from './ending.ts';

/** A thing of one of a vendor's kinds, with obviously false secrets. For tests: every kind has one at least. */
export interface ThingSample {
  readonly thing: Thing;
  readonly secrets: Readonly<Record<string, string>>;
}
