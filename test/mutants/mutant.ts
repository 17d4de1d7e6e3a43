export interface Mutant {
  /** What is taken away. */
  readonly name: string;
  readonly file: string;
  /** Exact pieces of the source, each of which stands there once, and what takes their place. */
  readonly edits: readonly (readonly [stands: string, instead: string])[];
  /** The tests that must go red, by the words that their names begin with: of the simulated world, where `tests` is left out. */
  readonly kills: readonly string[];
  /** The files that these tests stand in: for what no simulated world has, as the vault. None may need a document. */
  readonly tests?: readonly string[];
}
