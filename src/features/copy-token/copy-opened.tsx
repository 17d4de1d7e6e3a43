import { useSessions } from '../../console/use-services.ts';
import { CopyToken } from './copy-token.tsx';

/** The copy button of a session that was opened just now, where that is said. Nothing once it is over. */
export function CopyOpened({ sessionId }: { readonly sessionId: string }) {
  const session = useSessions().find(({ id }) => id === sessionId);
  return session?.tokens && !session.ended ? <CopyToken session={session} look="primary" size="small" named /> : null;
}
