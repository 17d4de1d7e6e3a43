/**
 * Whose pause a refusal at the limit is: a server knows one account by several names, and counts the refusal as a failed
 * sign-in, so nobody signs in at that connection unless the person says that it is somebody else.
 */
export const ANYBODY = 'anybody';

/** Where in local storage it is kept until when nobody signs in at that connection. */
export const pauseKey = (connection: string): string => `keyward.paused.${connection}`;
