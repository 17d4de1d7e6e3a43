/** The points of a refresh at which something may be killed, and how a test stops a page at one. */
import type { BrowserContext, Page } from '@playwright/test';
import { fingerprint } from '../../stand-ins/ledger.ts';
import { watchRecords, type Told, type WrittenRecord } from './watch-records.ts';

export const points = [
  'before the intent',
  'after the intent',
  'after the send',
  'after the answer',
  'before the commit',
] as const;
export type Point = (typeof points)[number];

export interface Stopped {
  readonly page: Page;
  /** Lets the page go on. */
  release(): void;
}

/** What the pages of one profile do to their records, over all browsers that open it. */
export interface Observation {
  /** Watches every page of this browser from now on. */
  watch(context: BrowserContext): Promise<void>;
  /** Stops the next refresh at this connection where it comes to this point. */
  stopAt(point: Point, connection: string): Promise<Stopped>;
  /** The page that presented a refresh token there last. */
  lastSender(connection: string): Page | undefined;
  /** What lies in the vault of the newest session there. */
  stored(connection: string): WrittenRecord | undefined;
  /** Fingerprints of the refresh tokens that a stored intent marked as a further try. */
  readonly tried: ReadonlySet<string>;
}

export function observe(): Observation {
  const stored = new Map<string, WrittenRecord>();
  const senders = new Map<string, Page>();
  const presented = new Map<string, number>();
  const tried = new Set<string>();
  let order: { point: Point; connection: string; reached: (stopped: Stopped) => void } | undefined;

  const pass = (page: Page, told: Told): Promise<void> => {
    const at = pointOf(told);
    const connection = 'record' in told ? told.record.connection : told.connection;
    if (!order || order.point !== at || order.connection !== connection) return Promise.resolve();
    const { reached } = order;
    order = undefined;
    return new Promise((release) => reached({ page, release }));
  };

  function pointOf(told: Told): Point | undefined {
    switch (told.what) {
      case 'writes': {
        const { record } = told;
        if (record.intent) return 'before the intent';
        const isNewPair = presented.get(record.id) === record.generation - 1 && !record.signInNeeded;
        return isNewPair ? 'before the commit' : undefined;
      }
      case 'sends':
        return 'after the intent';
      case 'was-answered':
        return 'after the answer';
      case 'stored':
        return undefined;
      default:
        return told satisfies never;
    }
  }

  function note(page: Page, told: Told): void {
    if (told.what === 'sends') senders.set(told.connection, page);
    if (told.what !== 'stored') return;
    const { record } = told;
    const known = stored.get(record.connection);
    if (known?.id === record.id && known.revision > record.revision) return;
    stored.set(record.connection, record);
    if (!record.intent) return;
    presented.set(record.id, record.generation);
    const token = record.tokens?.refreshToken;
    if (record.intent.probe && token !== undefined) tried.add(fingerprint(token));
  }

  return {
    async watch(context) {
      await context.exposeBinding('keywardTold', ({ page }, told: Told) => {
        note(page, told);
        return pass(page, told);
      });
      await context.addInitScript(watchRecords);
    },
    stopAt: (point, connection) =>
      new Promise((reached) => {
        order = { point, connection, reached };
      }),
    lastSender: (connection) => senders.get(connection),
    stored: (connection) => stored.get(connection),
    tried,
  };
}
