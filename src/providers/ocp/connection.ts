import type { Connection } from '../../http/envelope.ts';
import type { SlotRule } from '../contract.ts';

const SESSIONS_DOCUMENTED = 5;

export const realmOf = ({ settings }: Connection): string => settings['realm'] || 'master';

/** The server does not tell an ordinary user its limit, so the connection does. */
export function slotsOf(connection: Connection): SlotRule {
  const said = connection.settings['sessionLimit'] ?? '';
  const number = /^\d{1,6}$/.test(said) ? Number(said) : 0;
  const limit = said === 'none' || said === 'unknown' ? said : number > 0 ? number : SESSIONS_DOCUMENTED;
  const endsOldest = limit !== 'none' && limit !== 'unknown' && connection.settings['atLimit'] === 'end-oldest';
  const account = `${connection.baseUrl}/realms/${encodeURIComponent(realmOf(connection))}/account/`;
  return {
    limit,
    pages: [
      { label: 'List of devices', href: `${account}account-security/device-activity` },
      // The list has another address in each older generation of the console.
      { label: 'Start page, for older servers', href: account },
    ],
    ...(endsOldest && { endsOldest }),
  };
}
