/** What a sign-in by code begins with: all that a page needs before its link can be followed. */
import type { Failure } from '../http/failure.ts';
import { toBase64Url } from '../lib/base64.ts';
import { randomName, type RandomBytes } from '../lib/random.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import type { CodeGrant } from '../providers/sign-in-way.ts';
import { gatewayAway, whyNoConnection } from './gateway-away.ts';
import type { Hands } from './hands.ts';
import type { Door } from './sign-in.ts';

const VERIFIER_BYTES = 32;

/** A fresh grant, announced: from now on the gateway takes a callback with its state, once. */
export async function announceGrant(hands: Hands, { connection }: Door): Promise<Result<CodeGrant, Failure>> {
  const grant = await makeGrant(hands.random, hands.redirectUri(connection.id));
  const place = await hands.caller.park(connection.id, grant.state, 'announce');
  if (place?.state === 'waiting') return succeed(grant);
  const why = await whyNoConnection(hands);
  return fail((await hands.connection(connection.id)) ? gatewayAway(hands) : why);
}

async function makeGrant(random: RandomBytes, redirectUri: string): Promise<CodeGrant> {
  const verifier = toBase64Url(random(VERIFIER_BYTES));
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return { state: randomName(random), redirectUri, verifier, challenge: toBase64Url(new Uint8Array(digest)) };
}
