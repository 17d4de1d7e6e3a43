/**
 * Signing in with an authorization code and PKCE (RFC 6749 section 4.1, RFC 7636). The page makes state and verifier and
 * announces the state to the gateway; the vendor sends the browser back to the gateway, which keeps the code; the page
 * asks for it by its state and has the gateway put it into the token call. No script ever sees a code.
 */
import type { Failure } from '../http/failure.ts';
import { discreet } from '../http/without-sent-secrets.ts';
import { randomName } from '../lib/random.ts';
import { fail, succeed, type Result } from '../lib/result.ts';
import type { CodeGrant, CodeSignIn, FormValues } from '../providers/sign-in-way.ts';
import { explain } from '../providers/explain.ts';
import type { Hands } from './hands.ts';
import { watchLandings } from './landing.ts';
import { ofSignIn, open, sendOnce, type BeforeSending, type Door, type Opened } from './sign-in.ts';

const ASK_EVERY_MS = 1_500;
/** The gateway's redirect is followed at once: a tab that asks later is of another sign-in. */
const LANDING_MAX_MS = 30_000;

export interface CodeAttempt extends Door {
  readonly way: CodeSignIn;
  readonly values: FormValues;
}

/**
 * Posts the form that is answered with the redirect, where the way has its code from one. Whatever goes wrong with it, no
 * session is open: a code opens nothing until it is traded.
 */
export async function postForCode(
  hands: Hands,
  attempt: CodeAttempt,
  grant: CodeGrant,
): Promise<Result<null, Failure>> {
  const { way, values, connection } = attempt;
  if (way.obtain.by !== 'form') return succeed(null);
  const request = way.obtain.request(values, connection, grant);
  if (!request.ok) return request;
  const sent = await sendOnce(hands, attempt, way.obtain.operation, request.value);
  if (!sent.ok) return withoutSession(sent.failure);
  const read = way.obtain.read(sent.value.reply);
  const told = discreet(read, attempt.provider.operations, way.obtain.operation, request.value);
  return told.ok ? told : withoutSession(told.failure);
}

/** What the form's answer brought is in the gateway already: a gateway that is silent for so many questions has lost it. */
const SILENCE_MAX = 4;

/** Asks for the code that came back with the answer to a form. Nothing is waited for but the gateway, and not for long. */
export async function awaitPosted(
  hands: Hands,
  attempt: CodeAttempt,
  grant: CodeGrant,
): Promise<Result<null, Failure>> {
  const patience = new AbortController();
  let silent = 0;
  const arrived = await awaitCode(hands, attempt, grant, patience.signal, (answers) => {
    silent = answers ? 0 : silent + 1;
    if (silent >= SILENCE_MAX) patience.abort();
  });
  return !arrived.ok && patience.signal.aborted ? fail(gatewayGone) : arrived;
}

const withoutSession = (failure: Failure): Result<null, Failure> => fail({ ...failure, happened: 'no' });

/**
 * Waits until the vendor has sent the browser back. Asks again and again instead of holding a request open, because a
 * browser has six connections to us. Ends with a failure where the vendor refused, the state is over, or `signal` fired;
 * a gateway that is away is waited for. `onGateway` hears of each question whether it was answered; `rest` stands between
 * two questions.
 */
export async function awaitCode(
  hands: Hands,
  { way, connection }: CodeAttempt,
  grant: CodeGrant,
  signal: AbortSignal,
  onGateway: (answers: boolean) => void = () => undefined,
  rest = (): Promise<void> => hands.pause(ASK_EVERY_MS),
): Promise<Result<null, Failure>> {
  while (!signal.aborted) {
    const place = await hands.caller.park(connection.id, grant.state, 'ask');
    onGateway(place !== undefined);
    switch (place?.state) {
      case 'ready':
        return succeed(null);
      case 'refused':
        return fail(refusedBy(way, place.error));
      case 'unknown':
        return fail(overdue);
      case 'waiting':
      case undefined:
        await rest();
        break;
      default:
        return place satisfies never;
    }
  }
  return fail(abandoned);
}

/** `awaitCode` for a visit to the vendor's page: asks as soon as the tab of the visit has landed, and lets it know. */
export async function awaitVisitor(
  hands: Hands,
  attempt: CodeAttempt,
  grant: CodeGrant,
  signal: AbortSignal,
  onGateway: (answers: boolean) => void,
): Promise<Result<null, Failure>> {
  const landing = watchLandings();
  const arrived = await awaitCode(hands, attempt, grant, signal, onGateway, () =>
    Promise.race([hands.pause(ASK_EVERY_MS), landing.nudged()]),
  );
  if (signal.aborted || (!arrived.ok && !isRefused(arrived.failure))) {
    landing.leave();
  } else {
    landing.heard();
    void hands.pause(LANDING_MAX_MS).then(landing.leave);
  }
  return arrived;
}

/**
 * Trades the parked code for tokens and stores the session. A code is used up by this, whatever the answer. `onSending`: the
 * trade is noted where the page's next start finds it.
 */
export async function redeemCode(
  hands: Hands,
  attempt: CodeAttempt,
  grant: CodeGrant,
  onSending: () => void = () => undefined,
): Promise<Result<Opened, Failure>> {
  let over = (_mayBeOpen: boolean): Promise<void> => Promise.resolve();
  let mayBeOpen = true;
  try {
    const traded = await trade(hands, attempt, grant, async (call) => {
      const { connection, provider, way } = attempt;
      const { id, baseUrl } = connection;
      over = await hands.slotUnderWay({ ...call, connection: id, provider: provider.id, baseUrl, way: way.id });
      onSending();
    });
    const done = ofSignIn(traded);
    mayBeOpen = !done.ok && done.failure.happened === 'unknown';
    return done;
  } finally {
    // Of a token that holds no place there is nothing to free.
    await over(mayBeOpen && attempt.provider.slots !== null);
  }
}

async function trade(
  hands: Hands,
  attempt: CodeAttempt,
  grant: CodeGrant,
  note: BeforeSending,
): Promise<Result<Opened, Failure>> {
  const { way, values, connection, provider } = attempt;
  const request = way.request(values, connection, grant);
  if (!request.ok) return request;
  const sent = await sendOnce(hands, attempt, way.operation, request.value, note);
  if (!sent.ok) return sent;
  const { reply, sentAtMs } = sent.value;
  if (reply.envelope.phase !== 'answered') return fail(explain(provider, reply, way.operation));
  const answer = way.read(reply, values, connection, grant);
  const read = discreet(answer, provider.operations, way.operation, request.value);
  if (!read.ok) return read;
  const lineage = { way: way.id, label: way.label, credential: randomName(hands.random), kept: false };
  return await open(hands, attempt, read.value, way.identify, lineage, sentAtMs);
}

const REFUSED = 'refused-';
const isRefused = ({ code }: Failure): boolean => code.startsWith(REFUSED);

function refusedBy(way: CodeSignIn, error: string | undefined): Failure {
  const words = error === undefined ? undefined : way.refusals[error];
  return {
    code: `${REFUSED}${error ?? 'without-reason'}`,
    happened: 'no',
    fault: 'permission',
    sentence: words?.sentence ?? `The vendor sent the browser back without a code${error ? `: ${error}` : ''}.`,
    next: words?.next ?? 'Start again, and allow it on the vendor’s page.',
    status: null,
  };
}

const gatewayGone: Failure = {
  code: 'gateway-gone',
  happened: 'no',
  fault: 'network',
  sentence: 'The gateway went away before it handed over what the server had answered.',
  next: 'At most the server made a code, which nobody uses. Check that the program runs, then sign in again.',
  status: null,
};

const overdue: Failure = {
  code: 'state-over',
  happened: 'no',
  fault: 'input',
  sentence: 'This sign-in took too long, or the gateway was started anew meanwhile.',
  next: 'Nothing was signed in here. Start again.',
  status: null,
};

const abandoned: Failure = {
  code: 'abandoned',
  happened: 'no',
  fault: 'input',
  sentence: 'This sign-in was given up.',
  next: 'Close the vendor’s tab if it is still open. Nothing was signed in here.',
  status: null,
};
