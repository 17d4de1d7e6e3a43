import { useFailureNow } from '../console/use-gateway-back.ts';
import type { Failure } from '../http/failure.ts';
import { Band } from '../ui/band.tsx';

interface FailureBandProps {
  readonly failure: Failure;
  readonly alerts?: boolean;
}

/** What a question to a vendor's server came to, for as long as it is true. */
export function FailureBand({ failure: given, alerts = false }: FailureBandProps) {
  const { sentence, next, serverSaid, happened, back } = useFailureNow(given);
  return (
    <Band tone={back ? 'ok' : happened === 'unknown' ? 'warn' : 'bad'} title={sentence} alerts={alerts}>
      {next}
      {serverSaid !== undefined && ` The server said: “${serverSaid}”`}
    </Band>
  );
}
