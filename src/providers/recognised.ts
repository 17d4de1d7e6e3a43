/** What a pasted text may be, as a vendor's `recognise` says it. */
export interface Candidate {
  /** One of the face's `kinds`. */
  readonly kind: string;
  readonly noun: string;
  /**
   * `certain`: only this vendor writes so. `likely`: its shape, and the shape is rare. `possible`: others write so too, and
   * the person is asked which.
   */
  readonly certainty: 'certain' | 'likely' | 'possible';
  /** Why, in words: "It begins with tlp-k1-." Without a part of what is secret. */
  readonly words: string;
  /** Its id at the vendor, where the string tells it. */
  readonly id: string | null;
  /** Who made it, as the string itself says: a URL. Nobody has checked that. */
  readonly issuer: string | null;
  /** The clean secret: what is fingerprinted. */
  readonly secret: string;
  /** As the steps of an ending ask for it: each part by its name. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Not secret, read from the string: an expiry, a session's name. */
  readonly facts: Readonly<Record<string, string>>;
}
