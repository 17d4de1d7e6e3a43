import { sampleReply } from '../../http/sample-reply.ts';
import type { ReplySample } from '../reply-sample.ts';

const projects = sampleReply(200, {
  projects: [
    { id: 7, uuid: '0f0f0f0f-0000-4000-8000-000000000007', name: 'Demo', isLoaded: true },
    { id: 8, uuid: '0f0f0f0f-0000-4000-8000-000000000008', name: 'Other', isLoaded: true },
  ],
  projectsLoading: 0,
});

const minted = sampleReply(200, {
  accessToken: 'canary.alm.token',
  tokenType: 'Bearer',
  expiresOn: '2030-03-17T17:46:40.000Z',
});

const versions = sampleReply(200, { HALMServer: '2025.1.0', RESTAPI: '2025.1.0' });

export const replySamples: readonly ReplySample[] = [
  { operation: 'projectsByKey', reply: projects, needed: ['projects'] },
  { operation: 'projectsByPassword', reply: projects, needed: ['projects'] },
  { operation: 'tokenByKey', reply: minted, needed: ['accessToken'] },
  { operation: 'tokenByPassword', reply: minted, needed: ['accessToken'] },
  {
    operation: 'issues',
    reply: sampleReply(200, { issues: [{ id: 1, number: 1 }], paging: { count: 1 } }),
    needed: ['issues'],
  },
  { operation: 'versions', reply: versions, needed: ['HALMServer'] },
  { operation: 'reachability', reply: versions, needed: ['HALMServer'] },
];
