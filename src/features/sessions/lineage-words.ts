import type { Provider } from '../../providers/contract.ts';
import type { SessionFace } from '../../providers/session-face.ts';
import type { SessionView } from '../../sessions/record.ts';

/** "API key 4f0a… (kept here)": which credential opened it, and whether new tokens can be made with it from here. */
export function lineageWords({ lineage }: SessionView, face: SessionFace | undefined): string {
  if (face?.refresh?.kind !== 'mint-again') return lineage.label;
  return `${lineage.label} (${lineage.kept ? 'kept here' : 'not kept here'})`;
}

/** The credential's own name, for a row; undefined where it has none beside the way in that every session there shares. */
export function credentialName({ lineage }: SessionView, provider: Provider | undefined): string | undefined {
  const way = provider?.signIn.find(({ id }) => id === lineage.way);
  if (!provider || (provider.signIn.length === 1 && way?.label === lineage.label)) return undefined;
  return lineage.label;
}
