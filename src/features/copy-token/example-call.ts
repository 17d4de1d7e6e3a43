import type { Connection } from '../../http/envelope.ts';
import type { ExampleCall, SessionFace } from '../../providers/session-face.ts';
import type { Tokens } from '../../providers/tokens.ts';

/**
 * The example call of a token, at the server that issued it. The operator's file may name another one since, by mistake
 * or by somebody's hand: whoever pastes the call would give that one the token.
 */
export const exampleCall = (
  face: Pick<SessionFace, 'present'>,
  tokens: Tokens,
  connection: Connection,
  /** Base URL of the session, or of the connection where no session is open. */
  issuer: string,
): ExampleCall => face.present(tokens, { ...connection, baseUrl: issuer });
