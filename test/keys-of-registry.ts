/** What every vendor says of its keys, laid out for the tests over the registry. */
import { sampleConnection } from '../src/http/sample-connection.ts';
import type { Provider } from '../src/providers/contract.ts';
import type { CallStep, Ending, Means, SessionFacts, StepContext, Thing } from '../src/providers/ending.ts';
import type { KeysFace } from '../src/providers/keys-face.ts';
import type { FormValues } from '../src/providers/sign-in-way.ts';
import type { ThingSample } from '../src/providers/thing-sample.ts';
import { SAMPLE_AT_MS } from '../src/http/sample-reply.ts';

const modules = import.meta.glob<readonly ThingSample[]>('../src/providers/*/thing-samples.ts', {
  eager: true,
  import: 'thingSamples',
});

export const thingsOf = ({ id }: Provider): readonly ThingSample[] =>
  modules[`../src/providers/${id}/thing-samples.ts`] ?? [];

const connection = sampleConnection('https://vendor.example');

const sessionOf = (way: string): SessionFacts => ({
  id: 'session',
  way,
  identity: { name: 'alice', id: '102' },
  companions: {},
});

/** What a person might type for a new key. */
export const typedForKey: FormValues = {
  name: 'canary',
  description: 'canary',
  scopes: 'write:rest',
  expires: '2099-01-31',
};

export interface Offer {
  readonly name: string;
  readonly ending: Ending;
  readonly thing: Thing;
  readonly means: Means;
  readonly context: StepContext;
}

/** Everything that is offered for any of the samples, with any means. */
export function offersOf(provider: Provider, keys: KeysFace): readonly Offer[] {
  const sessions = [null, ...provider.signIn.filter(({ kind }) => kind !== 'check').map(({ id }) => sessionOf(id))];
  return thingsOf(provider).flatMap(({ thing, secrets }) =>
    sessions.flatMap((session) =>
      [true, false].flatMap((secret) =>
        [true, false].flatMap((own) => {
          if (own && (session === null || thing.session === null)) return [];
          const means: Means = { session, secret, own, selfUse: true };
          const offered = [
            ...keys.endings(thing, means, connection),
            ...(keys.moves?.(thing, means, connection, typedForKey) ?? []),
            ...[keys.check(thing, means, connection)].filter((check) => check !== null),
          ];
          const context: StepContext = { thing, connection, secrets, evidence: null, serverMs: SAMPLE_AT_MS };
          return offered.map((ending) => ({ name: `${thing.kind} ${ending.id}`, ending, thing, means, context }));
        }),
      ),
    ),
  );
}

/** Each calling step once, by the place at which it stands. */
export function stepsOf(
  offers: readonly Offer[],
): readonly { readonly name: string; readonly step: CallStep; readonly context: StepContext }[] {
  const steps = new Map<string, { name: string; step: CallStep; context: StepContext }>();
  for (const { name, ending, context } of offers) {
    for (const step of ending.steps) {
      if (step.kind === 'call') steps.set(`${name} ${step.id}`, { name: `${name}, ${step.id}`, step, context });
    }
  }
  return [...steps.values()];
}
