/** Where in local storage a note of a place lies that only a page's memory knows of, before its id. */
export const SHARED_NOTE = 'keyward.left.';

export const isSharedNote = (key: string): boolean => key.startsWith(SHARED_NOTE);
