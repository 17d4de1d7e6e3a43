import type { Connection } from '../http/envelope.ts';
import type { Provider } from '../providers/contract.ts';
import type { BareThing, Ending, Means, SessionFacts, Step, Thing } from '../providers/ending.ts';
import type { Move } from '../providers/keys-face.ts';
import type { FormValues } from '../providers/sign-in-way.ts';
import type { SessionRecord } from '../sessions/record.ts';
import type { Item, JobRecord, StepOutline, UsedHere } from './job.ts';

/** What a vendor may know of a session; none of its tokens. */
export const factsOf = ({ id, lineage, identity, tokens }: SessionRecord): SessionFacts => ({
  id,
  way: lineage.way,
  identity,
  companions: tokens?.companions ?? {},
});

/** What only the console knows of a thing. */
export const completeThing = (
  bare: BareThing,
  { fingerprint = null, session = null, minted = [] }: Partial<Pick<Thing, 'fingerprint' | 'session' | 'minted'>> = {},
): Thing => ({ ...bare, fingerprint, session, minted });

export interface Wish {
  readonly id: string;
  readonly provider: Provider;
  readonly connection: Connection;
  readonly thing: Thing;
  readonly means: Means;
  /** One of those that the vendor offers for this thing with these means. */
  readonly ending: Ending | Move;
  readonly values?: FormValues;
  /** The person has agreed to what the ending asks consent for. */
  readonly consented: boolean;
  readonly usedHere?: UsedHere | null;
  /** When a list had it that it was chosen from, or it was found, and by which session. */
  readonly seen?: Seen | undefined;
}

export interface Seen {
  /** On the hybrid clock. */
  readonly atMs: number;
  readonly by: string;
}

/** Throws where consent is missing: a screen that forgot to ask is a bug, and the call would use somebody's key on itself. */
export function itemOf({
  id,
  provider,
  connection,
  thing,
  means,
  ending,
  values = {},
  consented,
  usedHere,
  seen,
}: Wish): Item {
  if (ending.consent !== undefined && !consented) throw new Error('This ending needs consent, and none was given');
  const { id: endingId, label, goal, dies, survives, endsSessions, steps } = ending;
  return {
    id,
    provider: provider.id,
    connection: connection.id,
    baseUrl: connection.baseUrl,
    thing,
    ending: { id: endingId, label, goal, dies, survives, endsSessions },
    values,
    means: { secret: means.secret, own: means.own },
    as: means.session,
    steps: steps.map((step) => outlineOf(provider, step)),
    state: { is: 'planned' },
    marks: [],
    evidence: seen && thing.row ? { row: thing.row, facts: [], takenAtMs: seen.atMs, listed: true } : null,
    ...(seen && { seen: { atMs: seen.atMs, bySame: seen.by === means.session?.id } }),
    ...(usedHere && { usedHere }),
    finding: null,
    shows: 'shows' in ending ? ending.shows : [],
    ends: { sent: 0, mayRepeat: false },
  };
}

function outlineOf(provider: Provider, step: Step): StepOutline {
  const { id, stage, label, kind } = step;
  const head = { id, stage, label, kind, asked: step.asked === true } as const;
  if (step.kind === 'guide') return { ...head, says: step.done, as: 'nobody', touches: false, watch: null };
  const operation = provider.operations[step.operation];
  if (!operation) throw new Error(`${provider.id} ends things by an operation that its table does not have`);
  const { sends: says, as, watch = null, seenBy } = step;
  const touches = operation.effect !== 'read';
  return { ...head, says, as, touches, watch, ...(seenBy !== undefined && { seenBy }) };
}

export interface JobWish {
  readonly id: string;
  readonly kind: JobRecord['kind'];
  readonly title: string;
  readonly nowMs: number;
  readonly items: readonly Item[];
  /** By item: what was pasted. Nothing of a session of ours, which is read there. */
  readonly secrets?: JobRecord['secrets'];
}

export const jobOf = ({ id, kind, title, nowMs, items, secrets = {} }: JobWish): JobRecord => ({
  ...{ id, revision: 0, kind, title, createdAtMs: nowMs, startedAtMs: null, closedAtMs: null, items, secrets },
});
