import { afterEach, describe } from 'vitest';
import { describeAccountRows } from './account-rows.ts';
import { describeAdminRows } from './admin-rows.ts';
import { describeBearerRows } from './bearer-rows.ts';
import { describeFindRows } from './find-rows.ts';
import { describeLifetimeRows } from './lifetime-rows.ts';
import { describeLimitRows } from './limit-rows.ts';
import { describeLogOutRows } from './log-out-rows.ts';
import { describeOriginRows } from './origin-rows.ts';
import { describeRealmReadingRows } from './realm-reading-rows.ts';
import { describeRealmRows } from './realm-rows.ts';
import { describeRefreshRows } from './refresh-rows.ts';
import { describeRotationRows } from './rotation-rows.ts';
import type { Target } from './target.ts';
import { describeTokenRows } from './token-rows.ts';

/**
 * Every row of OCP's contract about signing in, refreshing, logging out, the session limit, rotation, lives and origins,
 * each written once and judged against whichever server is handed in.
 */
export function describeOcpRows(target: () => Target): void {
  afterEach(() => target().restore());

  describe('signing in, and the tokens', () => describeTokenRows(target));
  describe('holding a token', () => describeBearerRows(target));
  describe('refreshing', () => describeRefreshRows(target));
  describe('logging out', () => describeLogOutRows(target));
  describe('the session limit', () => describeLimitRows(target));
  describe('rotation', () => describeRotationRows(target));
  describe('lives', () => describeLifetimeRows(target));
  describe('own sessions', () => describeAccountRows(target));
  describe('anybody’s sessions', () => describeAdminRows(target));
  describe('clients, numbers and the limit', () => describeRealmReadingRows(target));
  describe('a realm of its own', () => describeRealmRows(target));
  describe('finding people', () => describeFindRows(target));
  describe('origins', () => describeOriginRows(target));
}
