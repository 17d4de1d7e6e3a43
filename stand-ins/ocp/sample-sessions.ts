import type { SampleSession } from '../stand-in.ts';

export const sampleSessions: readonly SampleSession[] = [
  { name: 'user name and password', way: 'password', typed: { username: 'alice', password: 'alice-demo-password' } },
];
