import type { Manifest } from '../../providers/contract.ts';
import type { SessionView } from '../../sessions/record.ts';

/** The credential's own name, for a row; undefined where every session of the vendor is opened by the same way in. */
export const credentialName = ({ lineage }: SessionView, vendor: Manifest | undefined): string | undefined =>
  vendor && Object.keys(vendor.logOut).length > 1 ? lineage.label : undefined;
