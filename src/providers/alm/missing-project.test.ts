import { describe, expect, it } from 'vitest';
import { sampleConnection } from '../../http/sample-connection.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import type { Tokens } from '../tokens.ts';
import { DEAD_KEY, errorObject } from './error-samples.ts';
import { missingProject } from './missing-project.ts';

const UUID = '{a07e5d12-c02e-430b-980f-b5ff9fd97c0b}';
const tokens: Tokens = {
  accessToken: 'canary-token',
  accessExpiry: { kind: 'unknown' },
  companions: { segment: 'helix-alm', project: UUID },
  facts: [],
};
const meant = (status: number | null, body: unknown) =>
  missingProject.read(sampleReply(status, body, status === null ? { phase: 'sent' } : {}), tokens);
const listed = (uuids: readonly string[], projectsLoading = 0) => ({
  projects: uuids.map((uuid, id) => ({ id, uuid, name: `Project ${String(id)}` })),
  projectsLoading,
});

describe('a 404 to a mint', () => {
  it('has the projects listed with the kept key, under the same path name', () => {
    expect(missingProject.after).toEqual(['project-missing']);
    const connection = sampleConnection('https://alm.example:8443', { settings: { segment: 'perforce-alm' } });
    expect(missingProject.params(tokens, connection, { apiKey: 'id:canary' })).toEqual({
      segment: 'helix-alm',
      apiKey: 'id:canary',
    });
  });

  it('means that no time helps where the whole list does not hold the project', () => {
    expect(meant(200, listed(['{another}']))).toMatchObject({
      code: 'project-gone',
      fault: 'permission',
      happened: 'no',
    });
    expect(meant(200, listed([]))).toMatchObject({ code: 'project-gone' });
  });

  it('means that time may help where the list holds it: it was loaded between the two answers', () => {
    expect(meant(200, listed([UUID]))).toMatchObject({ code: 'project-without-token', fault: 'provider' });
  });

  it('means that time helps while projects are loading', () => {
    expect(meant(200, listed(['{another}'], 2))).toMatchObject({
      code: 'project-loading',
      fault: 'provider',
      sentence: expect.stringMatching(/still loading 2 projects/) as unknown,
    });
    expect(meant(200, listed([], 1))?.sentence).toMatch(/still loading one project/);
  });

  it.each([
    [404, '<html>Cannot GET</html>', 'path-unknown'],
    [500, errorObject(500, DEAD_KEY), 'key-dead'],
    [503, errorObject(503, 'The server is busy.'), 'server-busy'],
  ])('means what the list is answered with: %j', (status, body, code) => {
    expect(meant(status, body)).toMatchObject({ code });
  });

  it('stays open where no answer came', () => {
    expect(meant(null, '')).toBeNull();
  });
});
