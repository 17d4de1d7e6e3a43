import type { CauseCode } from '../src/http/envelope.ts';
import { answerHeaders } from './security-headers.ts';

/** Why the gateway refused a request of the page. Stable: the page switches on it. */
export type ProblemType =
  | 'foreign-host'
  | 'foreign-origin'
  | 'missing-header'
  | 'method-not-allowed'
  | 'not-json'
  | 'too-large'
  | 'bad-request'
  | 'not-found'
  | 'unknown-connection'
  | 'unknown-operation'
  | 'bad-parameter'
  | 'nonce-needed'
  | 'nonce-reused'
  | 'too-many-states'
  | 'gateway-fault';

const kinds: Readonly<Record<ProblemType, readonly [status: number, title: string]>> = {
  'foreign-host': [421, 'This gateway answers to its own address only.'],
  'foreign-origin': [403, 'Only the console that this gateway serves may ask.'],
  'missing-header': [403, 'The header X-Keyward is missing.'],
  'method-not-allowed': [405, 'This address does not take that method.'],
  'not-json': [415, 'The body must be application/json.'],
  'too-large': [413, 'The body is too large.'],
  'bad-request': [400, 'The body is not of the expected shape.'],
  'not-found': [404, 'There is nothing at this address.'],
  'unknown-connection': [404, 'There is no connection with this id.'],
  'unknown-operation': [404, 'The connection has no such operation.'],
  'bad-parameter': [422, 'A parameter cannot be sent.'],
  'nonce-needed': [422, 'This operation must carry a nonce and the boot id.'],
  'nonce-reused': [409, 'This nonce belongs to another call.'],
  'too-many-states': [503, 'Too many sign-ins are waiting for a code.'],
  'gateway-fault': [500, 'The gateway failed.'],
};

/**
 * A refusal of our own, thrown where it is found and answered as `application/problem+json` (RFC 9457), with the stable
 * code as its `type` and the cause for an envelope as `code`. The detail may name a parameter or a setting and never holds a value.
 */
export class Problem extends Error {
  readonly type: ProblemType;
  readonly detail: string | undefined;

  constructor(type: ProblemType, detail?: string) {
    super(kinds[type][1]);
    this.name = 'Problem';
    this.type = type;
    this.detail = detail;
  }

  get status(): number {
    return kinds[this.type][0];
  }

  toResponse(): Response {
    const code: CauseCode = this.type === 'bad-parameter' ? 'bad-parameter' : 'gateway-refused';
    const body = { type: this.type, title: this.message, status: this.status, detail: this.detail, code };
    return new Response(JSON.stringify(body), {
      status: this.status,
      headers: { ...answerHeaders, 'content-type': 'application/problem+json' },
    });
  }
}
