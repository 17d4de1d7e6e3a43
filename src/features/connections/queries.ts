import { queryOptions } from '@tanstack/react-query';
import type { Services } from '../../console/services.ts';
import type { Connection } from '../../http/envelope.ts';
import { examine } from './examine.ts';

/** A look is good for a minute; "Check again" does not wait. */
const FRESH_MS = 60_000;

/** What the gateway can tell of a connection. Its base URL is part of the key: a changed file is a new question. */
export const examinationQuery = (services: Services, connection: Connection) =>
  queryOptions({
    queryKey: ['examination', connection.id, connection.baseUrl],
    // Not called off when the page is left: half a question would stand in the activity list as a failure.
    queryFn: async () => examine(services, await services.hands.provider(connection.provider), connection),
    staleTime: FRESH_MS,
  });

/** A vendor's fields of a connection, for the composer. Loads that vendor's chunk. */
export const settingsQuery = ({ hands }: Pick<Services, 'hands'>, provider: string) =>
  queryOptions({
    queryKey: ['settings', provider],
    queryFn: async () => (await hands.provider(provider)).settings,
    staleTime: Infinity,
    // Patterns are regular expressions, which a deep comparison would take for empty objects.
    structuralSharing: false,
  });
