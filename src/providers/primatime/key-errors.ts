import type { ErrorRow } from '../../http/failure.ts';

/** What listing and changing secret keys can meet beside what any call can. Codes: docs/vendors/primatime.md, “Errors”. */
export const keyErrors: readonly ErrorRow[] = [
  {
    name: 'key-missing',
    operations: ['renameKey', 'deleteKey', 'restoreKey'],
    error: ['PE01-1101'],
    happened: 'no',
    fault: 'input',
    sentence: 'This user has no such secret key: it was deleted, or it is somebody else’s.',
    next: 'Nothing took effect. Reload the list and look again.',
  },
  {
    name: 'key-creation-lost',
    phase: ['sent'],
    operations: ['createKey'],
    happened: 'unknown',
    fault: 'network',
    sentence: 'The request for a key was sent, and its answer was lost on the way{detail}.',
    next: 'The key may exist. Keyward chose its id, so the list tells.',
  },
];

/** The same without a code: read last. */
export const uncodedKeyErrors: readonly ErrorRow[] = [
  {
    name: 'key-without-secret',
    operations: ['createKey'],
    status: [200, 201, 204],
    // An empty body has no type; a web page is somebody else’s answer.
    contentType: /^$|json/i,
    happened: 'yes',
    fault: 'provider',
    sentence: 'The server made the key, and did not send its secret along.',
    next: 'Nobody has the secret now. Delete the key in the list and create another one.',
  },
  {
    name: 'key-change-unclear',
    operations: ['createKey', 'renameKey', 'deleteKey', 'restoreKey'],
    status: [502, 503, 504],
    happened: 'unknown',
    fault: 'provider',
    sentence: 'The server, or something before it, is not available (status {status}).',
    next: 'Whether it took effect is not known. Read the list before you try again.',
  },
];
