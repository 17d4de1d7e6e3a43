/** Jobs for tests. */
import type { SessionFacts } from '../providers/ending.ts';
import type { Item, JobRecord, StepOutline } from './job.ts';

export const sampleStep = (stage: StepOutline['stage'], more: Partial<StepOutline> = {}): StepOutline => ({
  id: stage,
  stage,
  kind: 'call',
  label: stage,
  says: `GET …/${stage}`,
  as: 'session',
  touches: stage === 'end' || stage === 'create',
  asked: false,
  watch: null,
  ...more,
});

export const sampleSession = {
  ...{ id: 'session', way: 'form', identity: { name: 'alice', id: '102' }, companions: {} },
} satisfies SessionFacts;

const usualSteps = [
  sampleStep('evidence'),
  sampleStep('end'),
  sampleStep('again'),
  sampleStep('probe', { as: 'thing' }),
];

export const sampleItem = (more: Partial<Item> = {}): Item => ({
  id: 'item',
  provider: 'sample-vendor',
  connection: 'sample',
  baseUrl: 'https://vendor.example',
  thing: {
    ...{ kind: 'key', id: '26', name: 'no. 26', fingerprint: null, session: null, minted: [], row: null, facts: {} },
  },
  ending: { id: 'delete', label: 'Delete it', goal: 'dead', dies: [], survives: [], endsSessions: [] },
  values: {},
  means: { secret: true, own: false },
  as: sampleSession,
  steps: usualSteps,
  state: { is: 'planned' },
  marks: [],
  evidence: null,
  finding: null,
  shows: [],
  ends: { sent: 0, mayRepeat: false },
  ...more,
});

export const sampleJob = (items: readonly Item[], more: Partial<JobRecord> = {}): JobRecord => ({
  id: 'job',
  revision: 0,
  kind: 'revoke',
  title: 'Sample',
  createdAtMs: 0,
  startedAtMs: null,
  closedAtMs: null,
  items,
  secrets: {},
  ...more,
});
