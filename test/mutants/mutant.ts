export interface Mutant {
  /** What is taken away. */
  readonly name: string;
  readonly file: string;
  /** Exact pieces of the source, each of which stands there once, and what takes their place. */
  readonly edits: readonly (readonly [stands: string, instead: string])[];
  /** The tests that must go red, by the word that their names begin with. */
  readonly kills: readonly string[];
}
