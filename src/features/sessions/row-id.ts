/** The id of a session's row in the document. */
export const rowId = (sessionId: string): string => `session-${sessionId}`;
