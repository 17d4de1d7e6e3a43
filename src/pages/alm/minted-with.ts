/** Which credential minted which token. Pure. */
import type { SessionView } from '../../sessions/record.ts';

export interface MintedWith {
  readonly credential: string;
  readonly label: string;
  /** By project, in the order of the alphabet. */
  readonly sessions: readonly SessionView[];
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Groups in the order in which their first token was minted. */
export function byCredential(sessions: readonly SessionView[]): readonly MintedWith[] {
  const groups = new Map<string, SessionView[]>();
  const oldestFirst = [...sessions].sort((one, other) => one.openedAtMs - other.openedAtMs);
  for (const session of oldestFirst) {
    const own = groups.get(session.lineage.credential) ?? [];
    groups.set(session.lineage.credential, [...own, session]);
  }
  return [...groups].map(([credential, own]) => ({
    credential,
    label: own[0]?.lineage.label ?? '',
    sessions: [...own].sort((one, other) => collator.compare(one.identity.name, other.identity.name)),
  }));
}

/** Tokens that the server was found not to know any more, and that nothing here can mint again. */
export const deadTokens = (sessions: readonly SessionView[]): number =>
  sessions.filter(({ tokens, signInNeeded }) => !tokens && signInNeeded).length;
