import type { SampleSession } from '../stand-in.ts';
import type { TuleapActions } from './control.ts';
import { demo } from './world.ts';

const byPage = (name: string, scope: string): SampleSession<TuleapActions> => ({
  name,
  way: 'oauth2',
  typed: { scope },
  grant(control) {
    const { accessToken } = control.openGrant({ username: 'alice', scopes: scope.split(' ') });
    return { accessToken, companions: { scope } };
  },
});

export const sampleSessions: readonly SampleSession<TuleapActions>[] = [
  { name: 'an access key', way: 'access-key', typed: { accessKey: demo.aliceKey } },
  { name: 'user name and password', way: 'password', typed: { username: 'alice', password: 'alice-demo-password' } },
  byPage('OAuth2 that reads projects', 'openid read:project'),
  byPage('OAuth2 that reads memberships', 'read:user_membership'),
  byPage('OAuth2 that knows the user alone', 'openid'),
];
