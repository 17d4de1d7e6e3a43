import type { Reply } from '../http/call.ts';

/** A good reply as a vendor's server sends it, and what of it the console cannot do without. For tests. */
export interface ReplySample {
  readonly operation: string;
  readonly reply: Reply;
  /** Paths of the fields without which the reply is of no use, `user.id`, `0.id`; all others may be missing. */
  readonly needed: readonly string[];
}
