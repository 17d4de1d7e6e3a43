/** Under which a user's count at a connection is found. */
export const keyOf = (connection: string, name: string): string => `${connection}\n${name}`;
