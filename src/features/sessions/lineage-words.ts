import type { SessionFace } from '../../providers/session-face.ts';
import { wasRemoved, type SessionView } from '../../sessions/record.ts';

/** "API key 4f0a… (kept here)": which credential opened it, and whether new tokens can be made with it from here. */
export function lineageWords(session: SessionView, face: SessionFace | undefined): string {
  const { lineage } = session;
  if (face?.refresh?.kind !== 'mint-again') return lineage.label;
  if (wasRemoved(session)) return `${lineage.label} (removed here: the server refused it)`;
  return `${lineage.label} (${lineage.kept ? 'kept here' : 'not kept here'})`;
}
