import type { CallRecord } from '../../http/call.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Operations } from '../../http/operation.ts';

/** A call with the names that a person knows. */
export interface NamedCall {
  readonly call: CallRecord;
  /** The provider's id, or null where no connection of that name is known any more. */
  readonly providerId: string | null;
  readonly provider: string;
  readonly connection: string;
  /** What it was for: "refresh", "log out". */
  readonly label: string;
}

export interface Names {
  readonly connections: readonly Connection[];
  /** Provider names by id. */
  readonly providers: Readonly<Record<string, string>>;
  /** Operation tables by provider id, as far as they are loaded. */
  readonly operations: Readonly<Record<string, Operations | undefined>>;
}

/** Falls back to the names in the call itself: a list of what was sent must not have holes. */
export function nameCall(call: CallRecord, { connections, providers, operations }: Names): NamedCall {
  const connection = connections.find(({ id }) => id === call.connection);
  const providerId = connection?.provider ?? null;
  return {
    call,
    providerId,
    provider: (providerId === null ? undefined : providers[providerId]) ?? 'unknown',
    connection: connection?.name ?? call.connection,
    label: (providerId === null ? undefined : operations[providerId]?.[call.operation]?.label) ?? call.operation,
  };
}
