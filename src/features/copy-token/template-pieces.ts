import type { Connection } from '../../http/envelope.ts';
import type { ExampleCall, SessionFace, Template } from '../../providers/session-face.ts';
import type { Tokens } from '../../providers/tokens.ts';
import type { Form } from './shape-names.ts';

/** A part of a template as a target language has to write it: text, or a variable of the environment. */
export type Piece =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'variable'; readonly name: string };

/** Where a vendor names no variable for a secret. */
const UNNAMED = 'TOKEN';

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

/** The variable that stands for the access token: `OCP_TOKEN`. */
export const variableOf = (call: Pick<ExampleCall, 'variables'>, secret: string): string =>
  call.variables.find(({ value }) => value === secret)?.name ?? UNNAMED;

/** Fills a template's holes, joining neighbouring texts. Empty texts are left out. */
export function piecesOf(template: Template, call: Pick<ExampleCall, 'variables'>, form: Form): readonly Piece[] {
  const pieces: Piece[] = [];
  let text = '';
  const closeText = (): void => {
    if (text !== '') pieces.push({ kind: 'text', text });
    text = '';
  };
  for (const part of template) {
    if (typeof part === 'string') text += part;
    else if (form === 'secret') text += part.secret;
    else {
      closeText();
      pieces.push({ kind: 'variable', name: variableOf(call, part.secret) });
    }
  }
  closeText();
  return pieces;
}

/** The template with its secrets, as plain text. */
export const fill = (template: Template): string =>
  template.map((part) => (typeof part === 'string' ? part : part.secret)).join('');

/** Whether a secret rides in the query, where addresses are logged and kept in histories. */
export const ridesInQuery = (call: ExampleCall): boolean =>
  call.query.some(({ value }) => value.some((part) => typeof part !== 'string'));
