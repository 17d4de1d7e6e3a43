import type { Reply } from '../http/call.ts';
import { classify } from '../http/classify.ts';
import { isRefusingPage, ofProxy } from '../http/common-errors.ts';
import type { Failure } from '../http/failure.ts';

/** For whoever would drop what was presented: undefined where it was surely not a proxy that refused. */
export const refusedByProxy = (reply: Reply, operation: string): Failure | undefined =>
  isRefusingPage(reply) ? classify(ofProxy, {}, reply, operation) : undefined;
