import type { Connection } from '../../http/envelope.ts';
import type { SessionFace } from '../../providers/session-face.ts';
import { shapeLabels, type ShapeId } from './shape-names.ts';
import { exampleCall, ridesInQuery, variableOf } from './template-pieces.ts';

/** What there is to say of a vendor's shapes before one is chosen. The same for every token of a connection, and no secret. */
export interface ShapeFacts {
  /** Stands for the token where a shape holds none: `OCP_TOKEN`. */
  readonly variable: string;
  /** The secret rides in a query parameter; otherwise in a header. */
  readonly inQuery: boolean;
  /** What that means for whoever pastes a shape. */
  readonly warning: string | null;
}

const PLACEHOLDER = 'no token';

export function shapeFactsOf(face: Pick<SessionFace, 'present'>, connection: Connection): ShapeFacts {
  const tokens = { accessToken: PLACEHOLDER, accessExpiry: { kind: 'unknown' }, facts: [] } as const;
  const call = exampleCall(face, tokens, connection, connection.baseUrl);
  return {
    variable: variableOf(call, PLACEHOLDER),
    inQuery: ridesInQuery(call),
    warning: call.warning ?? null,
  };
}

/** In a menu, and after "Copied as". What carries the token is a header with one vendor and a parameter with another. */
export const shapeLabel = (id: ShapeId, inQuery: boolean): string =>
  id === 'header' && inQuery ? 'Query parameter' : shapeLabels[id];

/** On the button, after "Copy", where room is scarce. Empty for the bare token. */
export function shapeOnButton(id: ShapeId, inQuery: boolean): string {
  if (id === 'token') return '';
  return id === 'header' ? (inQuery ? 'query' : 'header') : shapeLabels[id];
}
