import type { Reply } from '../http/call.ts';
import { classify } from '../http/classify.ts';
import type { Failure } from '../http/failure.ts';
import type { Provider } from './contract.ts';

/** What a reply that is not a success means, in the vendor's words where it has some, else in the common ones. */
export const explain = (provider: Pick<Provider, 'errors' | 'readError'>, reply: Reply, operation: string): Failure =>
  classify(provider.errors, provider.readError(reply), reply, operation);
