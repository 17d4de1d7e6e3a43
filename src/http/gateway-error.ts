export type GatewayErrorCode = 'gateway-unreachable' | 'gateway-refused' | 'gateway-unreadable' | 'aborted';

const sentences = {
  'gateway-unreachable': 'The console’s own server does not answer. Check that the program is still running.',
  'gateway-refused': 'The console’s own server refused the call. Reload the page; if that does not help, restart it.',
  'gateway-unreadable': 'The console’s own server answered in a form that this page does not know. Reload the page.',
  aborted: 'The question to the console’s own server was called off.',
} as const satisfies Record<GatewayErrorCode, string>;

/** The gateway could not be asked who it is. Holds a sentence for a person and nothing that came from outside. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: GatewayErrorCode;
  /** Asking again may help. */
  readonly retry: boolean;

  constructor(code: GatewayErrorCode) {
    super(sentences[code]);
    this.code = code;
    this.retry = code === 'gateway-unreachable';
  }
}
