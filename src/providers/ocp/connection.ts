import type { Connection } from '../../http/envelope.ts';
import type { SlotRule } from '../contract.ts';

const SESSIONS_DOCUMENTED = 5;

export const realmOf = ({ settings }: Connection): string => settings['realm'] || 'master';

/** The server does not tell an ordinary user its limit, so the connection does. */
export function slotsOf(connection: Connection): SlotRule {
  const said = connection.settings['sessionLimit'] ?? '';
  const limit = /^\d{1,6}$/.test(said) ? Number(said) : 0;
  const account = `${connection.baseUrl}/realms/${encodeURIComponent(realmOf(connection))}/account/`;
  return {
    limit: said === 'none' ? 'none' : limit > 0 ? limit : SESSIONS_DOCUMENTED,
    pages: [
      { label: 'List of devices', href: `${account}account-security/device-activity` },
      // The list has another address in each older generation of the console.
      { label: 'Start page, for older servers', href: account },
    ],
  };
}
