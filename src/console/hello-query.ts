import { queryOptions } from '@tanstack/react-query';
import type { Caller } from '../http/call.ts';

/** The gateway's connections and its life. Asked again whenever a call is about to spend something. */
export const helloQuery = (caller: Pick<Caller, 'hello'>) =>
  queryOptions({
    queryKey: ['hello'],
    queryFn: ({ signal }) => caller.hello(signal),
    staleTime: Infinity,
    refetchInterval: 30_000,
  });
