import type { SessionFace } from '../session-face.ts';
import { sessionFaces } from '../session-faces.ts';
import { manifest } from './manifest.ts';
import { present } from './present.ts';
import { probe } from './probe.ts';
import { signInOnPage, signInWithPassword } from './sign-in.ts';
import { ticketParams } from './ticket.ts';

/** No `refresh` and no `logOut`: no text of the vendor has such a call, nor a lifetime. */
const face: SessionFace = {
  forgetting:
    'P4OAuth documents no call that logs out, and does not say how long an access token lives. Forgetting drops it here; whoever holds it can use it until the server drops it. A ticket that was fetched lives on as well: 12 hours, unless a group of the Perforce server says otherwise, or until its user ends all tickets there with p4 logout -a.',
  endsAt: {
    words: 'If somebody else may have it, tell whoever runs the P4OAuth server: no page that ends it is documented.',
  },
  credential: ticketParams,
  present,
  probe,
};

/** Both ways in end in the same kind of session. */
export const sessionFace = sessionFaces(manifest.name, { [signInOnPage.id]: face, [signInWithPassword.id]: face });
