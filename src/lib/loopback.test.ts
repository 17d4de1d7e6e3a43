import { expect, it } from 'vitest';
import { isOnThisMachine } from './loopback.ts';

it.each([
  'http://localhost:4600',
  'http://127.0.0.1/a',
  'https://127.8.9.10',
  'http://[::1]:80',
  'http://0x7f.1',
  'http://[0:0:0:0:0:0:0:1]/',
])('%s is this machine', (address) => {
  expect(isOnThisMachine(address)).toBe(true);
});

it.each([
  'http://localhost.example',
  'http://127.0.0.1.example',
  'http://128.0.0.1',
  'http://[::2]',
  'http://user@vendor.example',
  'localhost',
  '',
])('%s is another, or none', (address) => {
  expect(isOnThisMachine(address)).toBe(false);
});
