import type { ProviderSettings } from '../../http/settings.ts';

/** A connection to one OCP IAM. Facts and sources: docs/vendors/ocp.md. */
export const settings = {
  baseUrlHint: 'The server, with /auth where its addresses begin with it: https://iam.example.com/auth',
  fields: [
    {
      key: 'realm',
      label: 'Realm',
      hint: 'The part after /realms/ in the addresses of the server.',
      kind: 'text',
      default: 'master',
      pattern: {
        matches: /^(?!\.{1,2}$)[^\s/\\?#%]{1,255}$/,
        otherwise: 'A realm is one path segment: no spaces, and none of / \\ ? # %.',
      },
    },
    {
      key: 'clientId',
      label: 'Client',
      hint: 'The public client that may use the password grant.',
      kind: 'text',
      default: 'ocp',
      pattern: { matches: /^\S(?:.{0,253}\S)?$/, otherwise: 'A client id neither begins nor ends with a space.' },
    },
    {
      key: 'sessionLimit',
      label: 'Session limit',
      hint: 'Sessions that one user may hold at once, none or unknown. The server does not tell: ask who runs it.',
      kind: 'count-or-none',
      default: '5',
    },
    {
      key: 'atLimit',
      label: 'At the limit',
      hint: 'What the server does with one session more than that: ask who runs it.',
      kind: 'choice',
      choices: [
        { value: 'refuse', label: 'Refuses the sign-in' },
        { value: 'end-oldest', label: 'Ends the session that was used least recently' },
      ],
      mootWhen: { key: 'sessionLimit', is: 'none' },
      default: 'refuse',
    },
    {
      key: 'scope',
      label: 'Scope',
      hint: 'Words separated by spaces, sent at sign-in. The vendor’s own example sends none.',
      kind: 'text',
      pattern: {
        matches: /^[\x21\x23-\x5B\x5D-\x7E]+(?: [\x21\x23-\x5B\x5D-\x7E]+)*$/,
        otherwise: 'A scope is a list of words with one space between them, without quotes or backslashes.',
      },
    },
  ],
} as const satisfies ProviderSettings;
