import type { Manifest } from '../providers/contract.ts';
import type { SessionView } from './record.ts';

/** Whether the vendor has a call that would end this session, and what it takes is still there. */
export function canLogOut({ tokens, lineage }: SessionView, { logOut }: Pick<Manifest, 'logOut'>): boolean {
  const by = logOut[lineage.way];
  return tokens !== null && (by === 'by-any-token' || (by === 'by-refresh-token' && tokens.refreshable));
}
