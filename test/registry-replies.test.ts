/**
 * What every reader of a vendor's replies promises, over the whole registry and with the samples in each vendor's folder:
 * it takes a good reply, passes over what it does not know, and says in a class and in words what it cannot use.
 */
import { describe, expect, it } from 'vitest';
import type { Reply } from '../src/http/call.ts';
import { commonErrors, unclassified } from '../src/http/common-errors.ts';
import type { Connection } from '../src/http/envelope.ts';
import type { Failure } from '../src/http/failure.ts';
import { sampleConnection } from '../src/http/sample-connection.ts';
import { sampleReply } from '../src/http/sample-reply.ts';
import type { Result } from '../src/lib/result.ts';
import type { Provider } from '../src/providers/contract.ts';
import type { ServerSessionsFace } from '../src/providers/server-sessions-face.ts';
import { registry } from '../src/providers/registry.ts';
import type { ReplySample } from '../src/providers/reply-sample.ts';
import type { SignInWay } from '../src/providers/sign-in-way.ts';
import type { Tokens } from '../src/providers/tokens.ts';
import type { KeysFace } from '../src/providers/keys-face.ts';
import { offersOf, stepsOf } from './keys-of-registry.ts';

const faces: readonly Provider[] = await Promise.all(registry.map((entry) => entry.load()));
const keysOf = new Map(await Promise.all(faces.map(async (face) => [face.id, await face.keys?.()] as const)));

const serverSessions = new Map(
  await Promise.all(
    faces.map(async (provider) => {
      const face = await provider.serverSessions?.();
      return [provider.id, face ? readersOfServerSessions(face) : []] as const;
    }),
  ),
);

const modules = import.meta.glob<readonly ReplySample[]>('../src/providers/*/reply-samples.ts', {
  eager: true,
  import: 'replySamples',
});
const samplesOf = ({ id }: Provider): readonly ReplySample[] =>
  modules[`../src/providers/${id}/reply-samples.ts`] ?? [];

const tokens: Tokens = {
  accessToken: 'canary-access-token',
  accessExpiry: { kind: 'unknown' },
  refreshToken: 'canary-refresh-token',
  facts: [],
};
const grant = {
  state: 'canary-state',
  redirectUri: 'http://localhost:4600/callback/c',
  verifier: 'canary-verifier',
  challenge: 'canary-challenge',
};
const target = { id: 'canary-target', label: 'Target' };

/** What a reader made of a reply. `unusable` is `null` where it only says that it is. */
type Reading = { readonly took: unknown } | { readonly unusable: Failure | string | null };

interface Reader {
  readonly name: string;
  readonly operation: string;
  read(reply: Reply): Reading;
}

const judged = (result: Result<unknown, Failure>): Reading =>
  result.ok ? { took: result.value } : { unusable: result.failure };

/** Every place on the face that takes a reply. */
function readersOf(provider: Provider): readonly Reader[] {
  const connection = sampleConnection('https://vendor.example');
  const { operation, read } = provider.doctor;
  const doctor: Reader = {
    name: 'the doctor',
    operation,
    read(reply) {
      const { standing, sentence, next } = read(reply, connection);
      if (standing === 'clear') return { took: sentence };
      return { unusable: next === undefined ? sentence : `${sentence} ${next}` };
    },
  };
  const keys = keysOf.get(provider.id);
  return [
    doctor,
    ...(serverSessions.get(provider.id) ?? []),
    ...(keys ? readersOfKeys(provider, keys) : []),
    ...provider.signIn.flatMap((way) => readersOfWay(way, connection)),
    ...provider.signIn
      .filter(({ kind }) => kind !== 'check')
      .flatMap(({ id }) => readersOfSession(provider, id, connection)),
  ];
}

/** What lists, finds and ends a user's sessions at the server. */
function readersOfServerSessions(face: ServerSessionsFace): readonly Reader[] {
  const { own, others } = face;
  const asks = {
    'own sessions': own.list,
    'the end of one’s own': own.end,
    'the right to find': others.mayFind,
    'people alike': others.findAlike,
    'a person’s sessions': others.list,
    'the end of one': others.end,
    'the end of all': others.endAll,
    'the lock': others.lockState,
    'the unlocking': others.unlock,
  };
  return [
    ...Object.entries(asks),
    ...others.findExact.map(({ ask }, nth) => [`exact finding ${String(nth)}`, ask] as const),
  ].map(([name, ask]) => ({ name, operation: ask.operation, read: (reply) => judged(ask.read(reply)) }));
}

/** A step may leave an answer to the table of errors, or say that it tells neither. */
function readersOfKeys(provider: Provider, keys: KeysFace): readonly Reader[] {
  const readers = stepsOf(offersOf(provider, keys)).map(({ name, step, context }): Reader => ({
    name: `the step of ${name}`,
    operation: step.operation,
    read(reply) {
      const reading = step.read(reply, context);
      // What is only asked for explains another answer, and may have no more to say than that.
      const tells = reading !== null && (reading.says !== 'unknown' || step.asked === true);
      return tells ? { took: reading } : { unusable: null };
    },
  }));
  const add = (what: string, operation: string, read: Reader['read']) => readers.push({ name: what, operation, read });
  const { create, containment, rename, trash } = keys;
  if (create) add('the new key', create.operation, (reply) => judged(create.read(reply, { id: null })));
  if (rename) add('the new name', rename.operation, (reply) => judged(rename.read(reply)));
  if (trash) add('the way back from the trash', trash.restore.operation, (reply) => judged(trash.restore.read(reply)));
  if (containment)
    add('the search for an account', containment.find.operation, (reply) => judged(containment.find.read(reply)));
  return readers;
}

function readersOfWay(way: SignInWay, connection: Connection): readonly Reader[] {
  const readers: Reader[] = [];
  const add = (what: string, operation: string, read: Reader['read']) =>
    readers.push({ name: `${what} of ${way.id}`, operation, read });
  if (way.kind === 'check') add('the check', way.operation, (reply) => judged(way.read(reply, {})));
  if (way.kind === 'form') {
    const { targets } = way;
    add('the sign-in', way.operation, (reply) => judged(way.read(reply, {}, connection, target)));
    if (targets) add('the list', targets.operation, (reply) => judged(targets.read(reply, {})));
    const rescue = targets?.rescue;
    if (rescue) {
      add('the rescue', rescue.operation, (reply) => {
        const found = rescue.read(reply, {}, connection);
        return found ? { took: found } : { unusable: null };
      });
    }
  }
  if (way.kind === 'code') {
    const { obtain } = way;
    if (obtain.by === 'form') add('the code', obtain.operation, (reply) => judged(obtain.read(reply)));
    add('the exchange', way.operation, (reply) => judged(way.read(reply, {}, connection, grant)));
  }
  const identify = way.kind === 'check' ? undefined : way.identify;
  if (identify) add('who signed in', identify.operation, (reply) => judged(identify.read(reply, tokens)));
  return readers;
}

function readersOfSession(provider: Provider, way: string, connection: Connection): readonly Reader[] {
  const { refresh, logOut, probe } = provider.sessionFace(way);
  const readers: Reader[] = [
    {
      name: `the probe of ${way}`,
      operation: probe.operation,
      read(reply) {
        const { verdict, evidence } = probe.read(reply, tokens);
        expect(verdict).not.toBe('dead');
        return verdict === 'live' ? { took: evidence } : { unusable: evidence };
      },
    },
  ];
  if (refresh) {
    const read: Reader['read'] = (reply) => judged(refresh.read(reply, tokens, connection));
    readers.push({ name: `the refresh of ${way}`, operation: refresh.operation, read });
  }
  if (logOut) {
    readers.push({
      name: `the log out of ${way}`,
      operation: logOut.operation,
      read: (reply) => judged(logOut.read(reply)),
    });
  }
  return readers;
}

type Path = readonly (string | number)[];

/** Every field of a value, however deep. */
function fieldsOf(value: unknown, at: Path = []): readonly Path[] {
  if (Array.isArray(value)) return value.flatMap((entry: unknown, index) => fieldsOf(entry, [...at, index]));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => [[...at, name], ...fieldsOf(field, [...at, name])]);
}

/** The value with one field changed; undefined leaves it out. */
function changed(value: unknown, path: Path, to: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return to;
  if (Array.isArray(value)) {
    return value.map((entry: unknown, index) => (index === first ? changed(entry, rest, to) : entry));
  }
  const entries: readonly [string, unknown][] = Object.entries(value as object); // the path was found in it
  return Object.fromEntries(
    entries.flatMap(([name, field]) => {
      const next = name === first ? changed(field, rest, to) : field;
      return next === undefined ? [] : [[name, next]];
    }),
  );
}

function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).map(([name, field]): [string, unknown] => [name, withMore(field)]);
  return { ...Object.fromEntries(known), unheardOf: { of: [null, 1] }, 'un-heard.of': 'canary', ünheard: null };
}

/** The same reply with another body. */
const withBody = ({ envelope: { status, headers } }: Reply, body: unknown): Reply =>
  sampleReply(status, body, { headers });

const hasFields = ({ json }: Reply): boolean => fieldsOf(json).length > 0;

describe.each(faces)('replies of $name', (provider) => {
  const samples = samplesOf(provider);
  const readers = readersOf(provider);
  const known = new Set([...provider.errors, ...commonErrors].map(({ name }) => name));

  const expectClassified = (reading: Reading): void => {
    if ('took' in reading || reading.unusable === null) return;
    const { unusable } = reading;
    if (typeof unusable === 'string') {
      expect(unusable).toMatch(/^[A-Z].*\.$/s);
      return;
    }
    expect(unusable.code).not.toBe(unclassified.name);
    expect(unusable.sentence).toMatch(/^[A-Z].*\.$/s);
    expect(unusable.next).toMatch(/^[A-Z].*\.$/s);
  };

  it('has a sample of every operation, a reader for each, and names no field that no sample has', () => {
    const operations = Object.keys(provider.operations).sort();
    expect([...new Set(samples.map(({ operation }) => operation))].sort()).toEqual(operations);
    expect([...new Set(readers.map(({ operation }) => operation))].sort()).toEqual(operations);
    for (const { reply, needed } of samples) {
      expect(fieldsOf(reply.json).map((path) => path.join('.'))).toEqual(expect.arrayContaining([...needed]));
    }
  });

  const pairs = readers.flatMap((reader) =>
    samples.filter(({ operation }) => operation === reader.operation).map((sample) => ({ ...reader, sample })),
  );

  it.each(pairs)(
    '$name takes what $operation answers, whatever else the answer holds',
    ({ read, sample: { reply } }) => {
      const reading = read(reply);
      expect(reading).toHaveProperty('took');
      if (hasFields(reply)) expect(read(withBody(reply, withMore(reply.json)))).toEqual(reading);
    },
  );

  it.each(pairs.filter(({ sample }) => hasFields(sample.reply)))(
    '$name needs of $operation the fields $sample.needed, does without each other, and never throws',
    ({ read, sample: { reply, needed } }) => {
      const missed = fieldsOf(reply.json).filter((path) => {
        const reading = read(withBody(reply, changed(reply.json, path, undefined)));
        expectClassified(reading);
        if ('took' in reading) return false;
        // Nothing was said that could be judged, so it is a line of the table.
        if (typeof reading.unusable === 'object' && reading.unusable) expect(known).toContain(reading.unusable.code);
        return true;
      });
      expect(missed.map((path) => path.join('.')).sort()).toEqual([...needed].sort());
    },
  );

  it.each(pairs.filter(({ sample }) => hasFields(sample.reply)))(
    '$name takes or classifies an answer to $operation with a field of another kind',
    ({ read, sample: { reply } }) => {
      for (const path of fieldsOf(reply.json)) {
        for (const other of [null, true, -1, '', [], {}]) {
          expectClassified(read(withBody(reply, changed(reply.json, path, other))));
        }
      }
    },
  );

  const clarifies = provider.signIn.flatMap(({ id, kind }) => {
    const refresh = kind === 'check' ? undefined : provider.sessionFace(id).refresh;
    return refresh?.kind === 'mint-again' && refresh.clarify ? [{ id, clarify: refresh.clarify }] : [];
  });

  it.runIf(clarifies.length > 0)(
    'settles what a refused mint meant in words or not at all, whatever is missing',
    () => {
      for (const { clarify } of clarifies) {
        for (const { operation, reply } of samples) {
          if (operation !== clarify.operation) continue;
          for (const path of [...fieldsOf(reply.json), []]) {
            const meant = clarify.read(withBody(reply, changed(reply.json, path, undefined) ?? ''), tokens);
            expectClassified({ unusable: meant });
          }
        }
      }
    },
  );
});
