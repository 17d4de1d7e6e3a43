import type { Connection } from '../src/http/envelope.ts';
import type { Operations } from '../src/http/operation.ts';
import type { ProviderSettings } from '../src/http/settings.ts';

/** What the gateway knows of a vendor: the two data files of its folder, by the vendor's id. */
export type Vendors = Readonly<Record<string, Vendor>>;

export interface Vendor {
  readonly operations: Operations;
  readonly settings: ProviderSettings;
}

/** A connection of the operator's file, checked, with what the page never sees. */
export interface GatewayConnection {
  readonly id: string;
  readonly provider: string;
  readonly name: string;
  /** Origin and path prefix, settings filled in, no trailing slash. */
  readonly baseUrl: string;
  readonly settings: Readonly<Record<string, string>>;
  /** The operator's secrets, by the setting's key. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Certificates in PEM that are trusted for this connection instead of the public ones. */
  readonly ca: string | null;
  /** Plain http to a host that is not loopback. */
  readonly insecure: boolean;
  readonly forwardClientAddress: boolean;
  /** False where a key that was found may not be used on itself; absent: it may, with the person's consent. */
  readonly allowSelfUse?: boolean;
}

/** Asked at every call, so that a file which changed meanwhile counts at once. */
export interface ConnectionSource {
  current(): {
    readonly connections: readonly GatewayConnection[];
    /** Why the newest file was not taken over. */
    readonly faults: readonly string[];
  };
}

/** What the page may know of a connection. */
export const publicPart = (connection: GatewayConnection): Connection => ({
  id: connection.id,
  provider: connection.provider,
  name: connection.name,
  baseUrl: connection.baseUrl,
  settings: connection.settings,
  secretsSet: Object.keys(connection.secrets),
  insecure: connection.insecure,
  forwardsClientAddress: connection.forwardClientAddress,
  ...(connection.allowSelfUse === false && { selfUse: false }),
});
