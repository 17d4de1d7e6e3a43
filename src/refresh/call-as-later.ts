import type { Failure } from '../http/failure.ts';
import type { Reply } from '../http/call.ts';
import { fail, type Result } from '../lib/result.ts';
import type { callAs as callNow } from './call-as.ts';
import { gatewayAway } from './gateway-away.ts';

/** `callAs` for a page that shows a session before all is here that a press on it needs. What cannot be fetched was not sent. */
export async function callAs(...asked: Parameters<typeof callNow>): Promise<Result<Reply, Failure>> {
  const part = await import('./call-as.ts').catch(() => undefined);
  return part ? await part.callAs(...asked) : fail(gatewayAway(asked[0]));
}
