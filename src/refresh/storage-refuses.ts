import type { Failure } from '../http/failure.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import { StorageFault, type StorageTrouble } from '../sessions/record-store.ts';

const refuses = (trouble: StorageTrouble): Failure => ({
  code: 'storage-refuses',
  happened: 'no',
  fault: 'local',
  sentence: storageSays(trouble),
  next: `Nothing was sent${trouble === 'lost' ? '' : ': its answer would be lost'}. ${whereRefused(trouble)}`,
  status: null,
});

/** It may be a reading that failed where it is lost. */
export const storageSays = (trouble: StorageTrouble): string =>
  `This browser’s storage does not ${trouble === 'lost' ? 'answer' : 'take what is written to it'}.`;

/** What a person can do about it. */
export const whereRefused = (trouble: StorageTrouble): string =>
  trouble === 'full'
    ? 'Make room on this disk, then try again.'
    : `${trouble === 'lost' ? 'Try again; if that does not help, reload' : 'Reload'} this page.`;

/** A write that comes before a call: where the storage refuses it, the call is not made. */
export async function unlessRefused<Value>(write: () => Promise<Value>): Promise<Result<Value, Failure>> {
  try {
    return succeed(await write());
  } catch (error) {
    if (error instanceof StorageFault) return fail(refuses(error.trouble));
    throw error;
  }
}
