/** Puts a job of what was chosen, or adds it to one that stands open, and starts it. */
import { randomName } from '../lib/random.ts';
import type { Ending } from '../providers/ending.ts';
import { itemOf, jobOf, type Seen } from '../revocation/create-item.ts';
import { usedHereBefore } from '../revocation/evidence-when.ts';
import type { JobRecord } from '../revocation/job.ts';
import type { Offer } from '../revocation/offer.ts';
import type { Services } from './services.ts';

export interface Chosen {
  readonly offer: Offer;
  readonly ending: Ending;
  /** The person has agreed to what the ending asks consent for. */
  readonly consented: boolean;
}

interface Begun extends Pick<JobRecord, 'kind' | 'title'> {
  readonly chosen: readonly Chosen[];
  /** The job that it joins. Where that was closed meanwhile, it is a job of its own. */
  readonly into?: string | undefined;
}

/**
 * Gives the id of the job, or of the one that has all of it in hand already. Rejects with a `StorageFault` where it cannot be written down; then nothing was sent. What the
 * console itself uses comes last, in the list as in the work.
 */
export async function beginJob(
  { hands, jobs, nowMs }: Pick<Services, 'hands' | 'jobs' | 'nowMs'>,
  { kind, title, chosen, into }: Begun,
): Promise<string> {
  const desk = await jobs.load();
  const before = desk.state.getState().jobs;
  const ordered = [...chosen].sort((one, other) => Number(one.offer.means.own) - Number(other.offer.means.own));
  const named = ordered.map((one) => ({ ...one, id: randomName(hands.random) }));
  const items = named.map(({ id, offer, ending, consented }) => {
    const { provider, connection, thing, means } = offer;
    return itemOf({
      ...{ id, provider, connection, thing, means, ending, consented },
      usedHere: usedHereBefore(before, connection.id, thing),
      // A check asks for itself, and says what it was told.
      seen: kind === 'check' ? undefined : seenOf(offer),
    });
  });
  const secrets = Object.fromEntries(
    named.flatMap(({ id, offer: { wanted } }) => (wanted.secrets ? [[id, wanted.secrets] as const] : [])),
  );
  const from = Object.fromEntries(
    named.flatMap(({ id, offer: { wanted } }) => (wanted.from ? [[id, wanted.from] as const] : [])),
  );
  const joined = into === undefined ? null : await desk.add(into, { title, items, secrets }, from);
  if (joined !== null) return joined;
  const job = jobOf({ id: randomName(hands.random), kind, title, nowMs: nowMs(), items, secrets });
  const put = await desk.put(job, from);
  if (put === job.id) await desk.send(job.id, { type: 'start', nowMs: nowMs() });
  return put;
}

const seenOf = ({ wanted: { by, seenAtMs } }: Offer): Seen | undefined =>
  typeof by === 'string' && seenAtMs !== undefined ? { atMs: seenAtMs, by } : undefined;
