/** What the button of each way in sends, as a job for the desk. */
import type { Services } from '../../console/services.ts';
import type { Failure } from '../../http/failure.ts';
import type { Params } from '../../http/operation.ts';
import { succeed, type Result } from '../../lib/result.ts';
import type { CheckOnly, FormSignIn, FormValues, SignInWay, Targets } from '../../providers/sign-in-way.ts';
import type { Door } from '../../refresh/sign-in.ts';
import { removedByCleaning, type Removed } from './removed-by-cleaning.ts';
import type { Done, Job } from './sign-in-desk.ts';
import { userOf } from './sign-in-work.ts';

/** What signs in comes with the first press: a page that is only looked at does without. */
const engine = () => import('../../refresh/sign-in.ts');

export interface Typed<Way extends SignInWay> extends Door {
  readonly way: Way;
  readonly values: FormValues;
}

/** What a credential opens, with the values under which the server answered. */
export interface Listed extends Targets {
  readonly values: FormValues;
  /** What was taken off the typed credential; absent where the list was read anew, or with a kept one. */
  readonly removed?: readonly Removed[];
}

export const common = ({
  provider,
  way,
  values,
  connection,
}: Typed<SignInWay>): Pick<Job, 'connection' | 'user' | 'rule'> => ({
  connection: connection.id,
  rule: provider.slots?.(connection),
  user: userOf(way, values),
});

function removedFrom({ way, values }: Typed<SignInWay>, request: Result<Params, Failure>): readonly Removed[] {
  return request.ok ? removedByCleaning(way.fields, values, request.value) : [];
}

export const mapped = <From, To, Why>(result: Result<From, Why>, to: (value: From) => To): Result<To, Why> =>
  result.ok ? succeed(to(result.value)) : result;

export function formJob({ hands }: Services, typed: Typed<FormSignIn>, keep: boolean): Job {
  return {
    ...common(typed),
    what: 'sign-in',
    removed: removedFrom(typed, typed.way.request(typed.values, typed.connection)),
    async send() {
      const { signIn } = await engine();
      return mapped(await signIn(hands, { ...typed, keep }), (opened): Done => ({ kind: 'opened', opened }));
    },
  };
}

/** Hands the list over before it is done, so that the screen has it in the same step. */
export function listJob(
  { hands }: Services,
  typed: Typed<FormSignIn>,
  onListed: (listed: Listed) => Promise<void>,
): Job {
  const { way, values, connection } = typed;
  const removed = way.targets ? removedFrom(typed, way.targets.request(values, connection)) : [];
  return {
    ...common(typed),
    what: 'list',
    removed,
    send: async () => {
      const { listTargets } = await engine();
      const listed = await listTargets(hands, typed);
      if (listed.ok) await onListed({ ...listed.value, values, removed });
      return mapped(listed, (): Done => ({ kind: 'listed' }));
    },
  };
}

export function checkJob({ hands }: Services, typed: Typed<CheckOnly>): Job {
  return {
    ...common(typed),
    what: 'check',
    removed: removedFrom(typed, typed.way.request(typed.values, typed.connection)),
    async send() {
      const { checkOnce } = await engine();
      return mapped(await checkOnce(hands, typed), (sentence): Done => ({ kind: 'checked', sentence }));
    },
  };
}
