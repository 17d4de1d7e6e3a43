import type { SampleSession } from '../stand-in.ts';
import type { P4OAuthActions } from './control.ts';

const login = 'alice';

export const sampleSessions: readonly SampleSession<P4OAuthActions>[] = [
  {
    name: 'the server’s page',
    way: 'authorization-code',
    typed: { login },
    grant: (control, redirectUri) => ({ ...control.openAccessToken({ login }), companions: { login, redirectUri } }),
  },
  { name: 'login and password', way: 'password', typed: { login, password: 'alice-demo-password' } },
];
