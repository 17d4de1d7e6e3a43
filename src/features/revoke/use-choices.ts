import { useState } from 'react';
import type { Chosen } from '../../console/begin-job.ts';
import type { Ending } from '../../providers/ending.ts';
import type { Offer } from '../../revocation/offer.ts';

export interface Choice {
  readonly offer: Offer;
  readonly ending: Ending | undefined;
  readonly consented: boolean;
  choose(ending: string): void;
  consent(consented: boolean): void;
}

/** Which way was chosen for each, and what was agreed to. A consent is to one way, and falls with it. */
export function useChoices(offers: readonly Offer[]): readonly Choice[] {
  const [endings, setEndings] = useState<ReadonlyMap<number, string>>(new Map());
  const [agreed, setAgreed] = useState<ReadonlyMap<number, string>>(new Map());
  return offers.map((offer, at) => {
    const wanted = endings.get(at) ?? offer.wanted.ending;
    const ending = offer.endings.find(({ id }) => id === wanted) ?? offer.endings[0];
    return {
      ...{ offer, ending },
      consented: ending !== undefined && agreed.get(at) === ending.id,
      choose: (id) => setEndings((before) => new Map(before).set(at, id)),
      consent: (consented) => setAgreed((before) => new Map(before).set(at, consented ? (ending?.id ?? '') : '')),
    };
  });
}

/** What is to be done, of those that can be ended. */
export const chosenOf = (choices: readonly Choice[]): readonly Chosen[] =>
  choices.flatMap(({ offer, ending, consented }) => (ending ? [{ offer, ending, consented }] : []));

export const lacksConsent = ({ ending, consented }: Chosen): boolean => ending.consent !== undefined && !consented;
