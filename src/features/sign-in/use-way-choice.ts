import { useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { useStore } from 'zustand';
import type { Provider } from '../../providers/contract.ts';
import type { SignInWay } from '../../providers/sign-in-way.ts';
import type { Desk } from './sign-in-desk.ts';

/**
 * The way in that is in sight: what the person chose on this visit of the page, what the link that led here names, what
 * the page suggests, what was chosen on an earlier visit, and else the best one.
 */
export function useWayChoice(
  { signIn }: Provider,
  desk: Desk,
  suggested: string | undefined,
): { readonly way: SignInWay | undefined; choose(id: string): void } {
  const { key } = useLocation();
  const [search] = useSearchParams();
  const chosen = useStore(desk.state, (state) => state.chosen);
  // A suggestion that came later would take the form away from under somebody's hands.
  const [first] = useState(suggested);
  const wanted = chosen?.at === key ? chosen.way : (search.get('way') ?? first ?? chosen?.way);
  return { way: signIn.find(({ id }) => id === wanted) ?? signIn[0], choose: (id) => desk.choose(id, key) };
}
