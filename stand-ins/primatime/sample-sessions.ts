import type { SampleSession } from '../stand-in.ts';
import { demo } from './account.ts';

export const sampleSessions: readonly SampleSession[] = [
  { name: 'a secret key', way: 'secret-key', typed: { secretKey: demo.secretKey } },
  { name: 'e-mail and password', way: 'password', typed: { email: demo.email, password: demo.password } },
];
