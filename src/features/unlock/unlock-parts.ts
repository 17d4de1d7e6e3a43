/** What the console needs of the vault only once somebody asks for it, or once there is one. */
import { later } from '../../lib/later.ts';

export const keepDialog = later(() => import('./keep-dialog.tsx'));

/** What is wrong with this browser's storage, and records that cannot be read. */
export const vaultBands = later(() => import('./vault-bands.tsx'));

/** Every way in which the vault may not open but the usual one. */
export const failureBand = later(() => import('./failure-band.tsx'));

/** For whoever has lost the passphrase. */
export const wipeLockedDialog = later(() => import('./wipe-locked-dialog.tsx'));
