import type { Envelope } from '../http/envelope.ts';
import type { Reply } from '../http/call.ts';
import { readJson } from '../http/json.ts';
import type { Hands } from './hands.ts';

const ASK_EVERY_MS = 1_000;
/** A call runs for 30 s at the gateway at most; after that an answer is there or lost. */
const ASKS_MAX = 40;

/** What became of a call whose answer did not arrive. */
export type Found =
  { readonly state: 'answered'; readonly reply: Reply } | { readonly state: 'not-sent' } | { readonly state: 'lost' };

/**
 * Asks the gateway what became of the call with this nonce. Asking about a nonce that it never saw forbids that nonce
 * from then on, so `not-sent` stays true even if the original arrives later. `sentAtMs` anchors relative expiries.
 */
export async function askOutcome(
  hands: Pick<Hands, 'caller' | 'pause'>,
  call: { readonly nonce: string; readonly boot: string; readonly sentAtMs: number },
): Promise<Found> {
  for (let ask = 0; ask < ASKS_MAX; ask += 1) {
    const outcome = await hands.caller.outcome(call.nonce, call.boot);
    switch (outcome.state) {
      case 'answered':
        return settled(outcome.envelope, call.sentAtMs);
      case 'fenced':
        return { state: 'not-sent' };
      case 'unknown':
        return { state: 'lost' };
      case 'running':
        await hands.pause(ASK_EVERY_MS);
        break;
      default:
        return outcome satisfies never;
    }
  }
  return { state: 'lost' };
}

function settled(envelope: Envelope, startedAtMs: number): Found {
  switch (envelope.phase) {
    case 'answered':
      return { state: 'answered', reply: { envelope, json: readJson(envelope.body), startedAtMs } };
    case 'not-sent':
      return { state: 'not-sent' };
    case 'sent':
      return { state: 'lost' };
    default:
      return envelope.phase satisfies never;
  }
}
