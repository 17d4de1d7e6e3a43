import type { Failure } from '../http/failure.ts';
import { fail, type Result } from '../lib/result.ts';
import type { readAs as readNow } from './call-as.ts';
import { gatewayAway } from './gateway-away.ts';

/** `readAs` for a page that shows a session before all is here that a press on it needs. What cannot be fetched was not sent. */
export async function readAs<Value>(...asked: Parameters<typeof readNow<Value>>): Promise<Result<Value, Failure>> {
  const part = await import('./call-as.ts').catch(() => undefined);
  return part ? await part.readAs(...asked) : fail(gatewayAway(asked[0]));
}
