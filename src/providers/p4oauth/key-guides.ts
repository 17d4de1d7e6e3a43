import type { Guide } from '../guide.ts';

/** What can stand in a shell as it is; anything else is quoted, and what would be taken for an option is left to the person. */
const PLAIN = /^[\w.@+][\w.@+-]*$/;
const PLACEHOLDER = 'USER';

const inShell = (login: string | undefined): string => {
  if (login === undefined || login === '' || login.startsWith('-') || /\p{Cc}/u.test(login)) return PLACEHOLDER;
  return PLAIN.test(login) ? login : `'${login.replaceAll("'", `'\\''`)}'`;
};

/** Ends the tickets of the Perforce server; the access token of P4OAuth makes new ones as long as it lives. */
export const endTickets = (login: string | undefined): Guide => ({
  title: 'End the user’s tickets, and shut the user out',
  steps: [
    'As the user, or as a Perforce administrator for somebody else, end every ticket with the command below.',
    'Have the user’s password changed, or the user disabled, by whoever runs the Perforce server: P4OAuth has no call that ends an access token, and the token fetches new tickets as long as it lives.',
    'If the token still works after that, ask whoever runs the P4OAuth server to drop it.',
  ],
  command: `p4 logout -a ${inShell(login)}`,
  proof: 'Keyward asks P4OAuth for a ticket with the token until that is refused.',
});

export const endTicket = (login: string | undefined): Guide => ({
  title: 'End the ticket on the Perforce server',
  steps: [
    'As the user, or as a Perforce administrator for somebody else, end every ticket with the command below.',
    'Have the password changed if it is known to others as well.',
  ],
  command: `p4 logout -a ${inShell(login)}`,
  proof: 'Nothing here can try a ticket: it is good on a Perforce server, and not at P4OAuth.',
});
