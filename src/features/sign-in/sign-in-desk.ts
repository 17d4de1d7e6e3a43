/**
 * What stands at a connection of sign-ins and their answers. Lives outside React, so that drawing twice, leaving the page or
 * coming back to it never loses an answer. What sends them is in `sign-in-work.ts`, with the forms.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Services } from '../../console/services.ts';
import type { Result } from '../../lib/result.ts';
import type { SlotRule } from '../../providers/contract.ts';
import type { Refused, ShownOnce, SignInWay } from '../../providers/sign-in-way.ts';
import type { Opened } from '../../refresh/sign-in.ts';
import type { SessionView } from '../../sessions/record.ts';
import type { Removed } from './removed-by-cleaning.ts';

/** What one press of a button sends. */
export interface Job {
  readonly what: 'sign-in' | 'list' | 'check';
  readonly connection: string;
  readonly user: User;
  readonly removed: readonly Removed[];
  /** Where a sign-in takes one of a limited number of sessions. */
  readonly rule?: SlotRule | undefined;
  send(): Promise<Result<Done, Refused>>;
}

/** For counting; never a secret. Without a name it is a way of its own. */
export interface User {
  readonly key: string;
  readonly name: string | null;
}

/** `listed`: whoever asked has the list, and there is nothing to say. */
export type Done =
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'checked'; readonly sentence: string }
  | { readonly kind: 'listed' };

/** Why nothing was sent yet: the person is asked first. */
export type Doubt =
  | { readonly kind: 'open-session'; readonly sessionId: string; readonly name: string }
  /** Whether what was typed means the same account is not known here. */
  | { readonly kind: 'perhaps-open'; readonly sessionId: string; readonly name: string; readonly typed: string }
  /** Every place of that user is known to be taken. */
  | { readonly kind: 'at-limit'; readonly title: string; readonly reason: string }
  | { readonly kind: 'many-failures'; readonly name: string | null; readonly count: number };

interface Said {
  readonly atMs: number;
  readonly removed: readonly Removed[];
}

export type Via = Pick<SignInWay, 'id' | 'label'>;

export type Outcome =
  | (Said & {
      readonly kind: 'opened';
      /** As its answer opened it, whatever a refresh has made of it since. */
      readonly session: SessionView;
      /** Server minus local time, as measured by then. */
      readonly offsetMs: number;
      /** Secrets that are stored nowhere: here until the person has closed them. */
      readonly shownOnce: readonly ShownOnce[];
    })
  | (Said & { readonly kind: 'checked'; readonly sentence: string })
  | (Said & {
      readonly kind: 'failed';
      readonly what: Job['what'];
      readonly failure: Refused;
      readonly user: string | null;
    });

/** What came by itself, with the way in that it came by: the person may be at another one by then. */
export type News = Outcome & { readonly via: Via };

/** When the vendor refused a sign-in, and whose; `user` is as it was typed, null where the way in has no user name. */
export type Refusal = Pick<Extract<Outcome, { kind: 'failed' }>, 'atMs' | 'user'>;

export interface Pause {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly why: 'limit' | 'throttle';
  /** Who was refused; absent where another tab, or this page before a reload, knew it. */
  readonly of?: User;
  /** The person says that this one, by key, is another account. */
  readonly except?: string;
}

/** What stands at one connection. Holds no value that was typed but user names. */
export interface DeskState {
  readonly running: boolean;
  /** The way in that the person chose last, and the visit of the page (its key in the history) on which they did. */
  readonly chosen: { readonly way: string; readonly at: string } | null;
  /** How much on the screen must not be taken away: a wait for the vendor's page, a credential whose list is open. */
  readonly held: number;
  readonly doubts: readonly Doubt[];
  /** What the last press of a form's button came to. */
  readonly outcome: Outcome | null;
  /** Of each way in that is done without the desk, what it came to last: no other form's answer takes its place. */
  readonly news: readonly News[];
  /** By user, as `userOf` names them, or of `ANYBODY`. */
  readonly pauses: Readonly<Record<string, Pause>>;
  readonly failures: Readonly<Record<string, number>>;
}

/** What was done without the desk, and by which way in. */
export type Reported = Pick<Job, 'what' | 'user' | 'removed'> & { readonly via: Via };

export interface Desk {
  readonly state: StoreApi<DeskState>;
  choose(way: string, at: string): void;
  /** Returns the function that lets go. Harmless when repeated. */
  hold(): () => void;
  /** The person decided against it. */
  withdraw(): void;
  /** The person has read this answer; every one where none is named. */
  dismiss(read?: Outcome): void;
  /** What came of that way in is over: it begins anew. */
  dropNews(way: string): void;
  /** The person leaves that way in, and what was said of it. What is shown once stays until it is closed. */
  leaveAnswer(way: string): void;
}

const atRest: DeskState = {
  running: false,
  chosen: null,
  held: 0,
  doubts: [],
  outcome: null,
  news: [],
  pauses: {},
  failures: {},
};

const desks = new WeakMap<Services, Map<string, Desk>>();

/** The one desk of a connection. */
export function deskOf(services: Services, connection: string): Desk {
  const known = desks.get(services) ?? new Map<string, Desk>();
  desks.set(services, known);
  const desk = known.get(connection) ?? createDesk();
  known.set(connection, desk);
  return desk;
}

/** The sessions of a connection that still have tokens and that no server has called over. */
export const openAt = (sessions: readonly SessionView[], connection: string): readonly SessionView[] =>
  sessions.filter((one) => one.connection === connection && one.tokens && !one.ended && !one.signInNeeded);

function createDesk(): Desk {
  const state = createStore<DeskState>(() => atRest);

  return {
    state,
    choose(way, at) {
      state.setState({ chosen: { way, at } });
    },
    hold() {
      let holds = true;
      const count = (by: 1 | -1): void => state.setState(({ held }) => ({ held: held + by }));
      count(1);
      return () => {
        if (holds) count(-1);
        holds = false;
      };
    },
    withdraw: () => {
      state.setState({ doubts: [] });
    },
    dismiss(read) {
      state.setState(({ doubts, outcome, news }) =>
        read === undefined
          ? { doubts: [], outcome: null, news: [] }
          : { doubts, outcome: outcome === read ? null : outcome, news: news.filter((one) => one !== read) },
      );
    },
    dropNews(way) {
      state.setState(({ news }) => ({ news: without(news, way) }));
    },
    leaveAnswer(way) {
      state.setState(({ outcome, news }) => ({
        doubts: [],
        outcome: isShownOnce(outcome) ? outcome : null,
        news: news.filter((one) => one.via.id !== way || isShownOnce(one)),
      }));
    },
  };
}

export const without = (news: readonly News[], way: string): readonly News[] =>
  news.filter(({ via }) => via.id !== way);

const isShownOnce = (outcome: Outcome | null): boolean => outcome?.kind === 'opened' && outcome.shownOnce.length > 0;
