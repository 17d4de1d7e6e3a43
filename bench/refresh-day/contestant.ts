/** What the day asks of each of the libraries that it compares. */
import type { World } from '../../test/simulation/world.ts';

/** What became of one call that the application wanted to make. */
export type Use = 'served' | 'unserved' | 'sign-in-needed';

export interface Contestant {
  readonly name: string;
  seat(world: World, api: Api): Seat;
}

/** The vendor's API meets an access token. */
export type Api = (accessToken: string) => 'good' | 'refused' | 'failed';

/** One library in one world: a browser profile with up to two tabs of an application that uses it. */
export interface Seat {
  /** A moment later it is there; a second one may then be opened. */
  openTab(): Promise<void>;
  /** Tabs with the same number share a session. */
  sessionOf(tab: number): number;
  /** A person has signed in, in that tab: what the vendor gave is stored as the library stores it. */
  signIn(tab: number): Promise<void>;
  /**
   * The application in that tab wants to make a call: it asks the library for a token, and where the API refuses that
   * one, for another, once.
   */
  use(tab: number): Promise<Use>;
  /** The browser dies: no handler runs. What it stored stays. */
  kill(): void;
  show(tab: number, visible: boolean): void;
  /** Visibility, focus, online: worth looking again. */
  poke(): void;
  /** A refresh token that goes out again now does so by intention, once, because the first answer is missing for good. */
  isProbe(): boolean;
}
