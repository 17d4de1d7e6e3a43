import type { SessionFace } from '../session-face.ts';
import { sessionFaces } from '../session-faces.ts';
import { manifest } from './manifest.ts';
import { present } from './present.ts';
import { probe } from './probe.ts';
import { refresh } from './refresh.ts';
import { signInWithKey, signInWithPassword } from './sign-in.ts';
import { placeOf } from './tokens.ts';

const NO_LOG_OUT =
  'Perforce ALM has no call that logs out. Forgetting drops the token here; whoever holds it can use it until it ends, seven days after it was made unless the server is set otherwise, or until the ALM Server is restarted';

/** No `logOut`: the vendor's table of endpoints has nothing that ends a token. */
const common = {
  credential: (tokens) => ({ ...placeOf(tokens), token: tokens.accessToken }),
  present,
  probe,
  restart: {
    likely:
      'Perforce ALM no longer knew any token that was open here, before their time: most likely the ALM Server was restarted.',
    keyWorks:
      'Perforce ALM no longer knew a token before its time, and its API key still works: the ALM Server was restarted, or that token alone was dropped.',
    unsure:
      'Perforce ALM no longer knew a token before its time: the ALM Server was restarted, or the API key that made it was deleted.',
    othersLive:
      'Perforce ALM no longer knew a token before its time, and still knows others, so it was not restarted: the API key that made it was deleted, or that token alone was dropped.',
    siblingLive:
      'Perforce ALM no longer knew a token before its time, and still knows another of the same credential: that token alone was dropped, and it is not said why.',
  },
} satisfies SessionFace;

export const sessionFace = sessionFaces<SessionFace>(manifest.name, {
  [signInWithKey.id]: {
    ...common,
    refresh,
    forgetting: `${NO_LOG_OUT} or the API key that made it is deleted, which ends every token of that key at once.`,
    endsAt: {
      words:
        'If somebody else may have it, delete the API key: in an ALM client under Manage API Keys, or in the License Server Admin Utility. Neither has an address that this console knows.',
    },
  },
  // A password is never kept, so nothing can mint again.
  [signInWithPassword.id]: {
    ...common,
    forgetting: `${NO_LOG_OUT}.`,
    endsAt: {
      words: 'If somebody else may have it, ask whoever runs the ALM Server: only its restart ends the token sooner.',
    },
  },
});
