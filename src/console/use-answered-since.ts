import { useState } from 'react';
import { useStore } from 'zustand';
import { useServices } from './use-services.ts';

/** True once the gateway has answered a question of the page's own since `what` was first drawn; null is never over. */
export function useAnsweredSince(what: object | string | null): boolean {
  const { state } = useServices();
  const [mark, setMark] = useState(() => ({ what, answers: state.getState().gatewayAnswers }));
  if (mark.what !== what) setMark({ what, answers: state.getState().gatewayAnswers });
  return useStore(state, ({ gatewayAnswers }) => what !== null && mark.what === what && gatewayAnswers > mark.answers);
}
