import type { Connection } from '../../http/envelope.ts';
import type { Provider } from '../../providers/contract.ts';

/** What becomes of the session that this way in opens, said before it is opened. */
export function keepingWords(
  provider: Pick<Provider, 'slots' | 'sessionFace'>,
  way: string,
  connection: Connection,
  /** Nothing outlives the page. */
  forgetful: boolean,
): string {
  const rule = provider.slots?.(connection);
  const { logOut, carries } = provider.sessionFace(way);
  if (rule && logOut) {
    const takes = typeof rule.limit !== 'number' ? '' : `Takes 1 of ${String(rule.limit)} sessions. `;
    if (!forgetful) return `${takes}Kept in the vault, and it goes on holding it: log out when you are done.`;
    return `${takes}Leaving or reloading this page logs it out.`;
  }
  if (!forgetful) return 'Kept in the vault: it is here again after a reload, once the vault is open.';
  if (carries !== undefined) {
    return `Kept in the memory of this page: a reload forgets it, and changes nothing about the ${carries} at the server.`;
  }
  return logOut
    ? 'Kept in the memory of this page: a reload forgets it. Log out first, or it lives on at the server.'
    : 'Kept in the memory of this page: a reload forgets it, and its tokens live on at the server until they end.';
}
