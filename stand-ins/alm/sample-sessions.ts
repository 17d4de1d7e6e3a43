import type { SampleSession } from '../stand-in.ts';
import { demo } from './world.ts';

export const sampleSessions: readonly SampleSession[] = [
  { name: 'an API key', way: 'api-key', typed: { apiKey: `${demo.keyId}:${demo.keySecret}` } },
  { name: 'user name and password', way: 'password', typed: { username: 'alice', password: 'alice-demo-password' } },
];
