/** What goes to the clipboard: a fresh token in the chosen shape, or the reason why there is nothing to copy. */
import type { Failure } from '../../http/failure.ts';
import { fail, succeed, type Result } from '../../lib/result.ts';
import type { Expiry } from '../../lib/time.ts';
import type { ExampleCall } from '../../providers/session-face.ts';
import type { Tokens } from '../../providers/tokens.ts';
import { freshToken, newest, type Fresh } from '../../refresh/fresh-token.ts';
import type { Hands } from '../../refresh/hands.ts';
import { unlessRefused } from '../../refresh/storage-refuses.ts';
import type { SessionRecord } from '../../sessions/record.ts';
import { shapeLabels, type Choice } from './shape-names.ts';
import { writeShape } from './shapes.ts';
import { exampleCall, ridesInQuery, variableOf } from './template-pieces.ts';

interface CopiedToken extends Pick<Extract<Fresh, { kind: 'ready' }>, 'leftMs' | 'refreshed' | 'stale'> {
  /** What is known of its end. */
  readonly expiry: Expiry['kind'];
}

/** Times are milliseconds. */
export interface Copyable {
  readonly text: string;
  readonly choice: Choice;
  /** Of the token that the text holds; null where it holds none. */
  readonly token: CopiedToken | null;
  /** The variable that stands for the token, where the text holds none. */
  readonly variable: string | null;
  /** What the vendor's way of carrying a secret means for whoever pastes this. */
  readonly warning: string | null;
  /** The secret rides in a query parameter. */
  readonly inQuery: boolean;
  /** The server that issued the token, where the connection names another one now. */
  readonly issuer: string | null;
  /** "access key", where the session carries that instead of a token. */
  readonly carried?: string | undefined;
}

/** Refreshes first where little is left. Only a text that holds no secret is made without looking at the token's life. */
export async function textToCopy(...asked: Parameters<typeof made>): Promise<Result<Copyable, Failure>> {
  const done = await unlessRefused(() => made(...asked));
  return done.ok ? done.value : done;
}

async function made(hands: Hands, id: string, choice: Choice): Promise<Result<Copyable, Failure>> {
  if (choice.form === 'variable') {
    const record = await newest(hands, id);
    if (!record?.tokens) return fail(nothingThere);
    const example = await exampleOf(hands, record, record.tokens);
    if (!example) return fail(connectionAway);
    const { call, issuer } = example;
    const variable = variableOf(call, tokenOf(call));
    return finish(call, choice, { token: null, variable, warning: null, issuer });
  }

  const fresh = await freshToken(hands, id);
  if (fresh.kind === 'dead') return fail(fresh.failure);
  const { leftMs, refreshed, stale, tokens } = fresh;
  const token = { leftMs, refreshed, stale, expiry: tokens.accessExpiry.kind };
  const example = await exampleOf(hands, fresh.record, tokens);
  if (example) {
    const { call, carried, issuer } = example;
    return finish(call, choice, { token, variable: null, warning: call.warning ?? null, carried, issuer });
  }
  // The bare token needs nothing of the connection, and is worth most where the gateway is away.
  if (choice.shape !== 'token') return fail(connectionAway);
  return succeed({
    text: tokens.accessToken,
    choice,
    token,
    variable: null,
    warning: null,
    issuer: null,
    inQuery: false,
  });
}

function finish(
  call: ExampleCall,
  choice: Choice,
  rest: Pick<Copyable, 'token' | 'variable' | 'warning' | 'carried' | 'issuer'>,
): Result<Copyable, Failure> {
  const written = writeShape(call, choice);
  if (!written.ok) return fail(unfit(written.failure, shapeLabels[choice.shape]));
  return succeed({ text: written.value, choice, inQuery: ridesInQuery(call), ...rest });
}

interface Example extends Pick<Copyable, 'carried' | 'issuer'> {
  readonly call: ExampleCall;
}

async function exampleOf(hands: Hands, record: SessionRecord, tokens: Tokens): Promise<Example | undefined> {
  const connection = await hands.connection(record.connection);
  if (!connection) return undefined;
  const provider = await hands.provider(record.provider);
  const face = provider.sessionFace(record.lineage.way);
  const { baseUrl } = record;
  return {
    call: exampleCall(face, tokens, connection, baseUrl),
    carried: face.carries,
    issuer: baseUrl === connection.baseUrl ? null : baseUrl,
  };
}

/** The first secret of the token's own template: the one that its variable is named after. */
const tokenOf = (call: ExampleCall): string => {
  for (const part of call.token) if (typeof part !== 'string') return part.secret;
  return '';
};

const nothing = { happened: 'no', fault: 'local', status: null } as const;

const nothingThere: Failure = {
  ...nothing,
  code: 'no-token',
  sentence: 'This session has no token any more.',
  next: 'Nothing was copied. Sign in again.',
};

const connectionAway: Failure = {
  ...nothing,
  code: 'connection-away',
  sentence: 'The gateway does not answer, or no longer knows this connection, so the example call cannot be written.',
  next: 'Nothing was copied. The bare token can still be copied.',
};

const unfit = (sentence: string, shape: string): Failure => ({
  ...nothing,
  code: 'shape-unfit',
  sentence,
  next: `Nothing was copied. Choose another shape than ${shape}.`,
});
