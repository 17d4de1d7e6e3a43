import { useEffect, useState } from 'react';
import type { VaultDesk } from '../../console/vault-desk.ts';

const NEARLY_FULL = 0.8;

/** How full the storage of this site is, with a warning before it takes no more. */
export function StorageUse({ desk }: { readonly desk: VaultDesk }) {
  const [share, setShare] = useState<number | null>(null);
  useEffect(() => {
    desk.usedShare().then(setShare, () => undefined);
  }, [desk]);
  if (share === null || share < NEARLY_FULL) {
    return 'Kept in this browser alone, encrypted. There is no copy elsewhere and no way in without passphrase or passkey.';
  }
  return `This site’s storage is ${Math.round(share * 100)} % full. Once it takes no more, nothing is refreshed: make room on this disk.`;
}
