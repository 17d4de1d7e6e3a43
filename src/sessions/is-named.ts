/** Whether a name that somebody typed means a person. Servers compare user names and e-mails without case. Pure. */
import type { Identity } from '../providers/tokens.ts';

const namesOf = ({ name, also = [] }: Identity): readonly string[] => [name, ...also];

export const isSameName = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

export const isNamed = (identity: Identity, typed: string | null): boolean =>
  typed !== null && namesOf(identity).some((name) => isSameName(name, typed));

/** An account has a user name and an e-mail: where only one of the two is known, the other may be anybody’s. */
export const mayBeNamed = (identity: Identity, typed: string | null): boolean =>
  typed === null || !namesOf(identity).some((name) => name.includes('@') === typed.includes('@'));
