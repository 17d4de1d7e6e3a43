import { describe, expect, it } from 'vitest';
import { sampleConnection } from '../../http/sample-connection.ts';
import { sampleReply } from '../../http/sample-reply.ts';
import { readProjects, rescue } from './projects.ts';

const UUID = '{a07e5d12-c02e-430b-980f-b5ff9fd97c0b}';
/** The reply in the vendor's own client. */
const vendorReply = { projects: [{ id: 7, name: "@REST API's Test Project DB!", uuid: UUID }], projectsLoading: 0 };

const connection = sampleConnection('https://alm.example:8443', { settings: { segment: 'perforce-alm' } });

const read = (body: unknown, status = 200) => readProjects(sampleReply(status, body), 'projectsByKey');
const targetsOf = (projects: unknown) => {
  const found = read({ projects, projectsLoading: 1 });
  return found.ok ? found.value.targets : found.failure.code;
};

describe('the list of projects', () => {
  it('names each by its uuid, which never changes', () => {
    expect(read(vendorReply)).toEqual({
      ok: true,
      value: { targets: [{ id: UUID, label: "@REST API's Test Project DB!" }], incomplete: null },
    });
    expect(read({ ...vendorReply, paging: {}, more: [1] })).toMatchObject({ ok: true });
  });

  it('does without any of the fields of a project, as long as one can be sent', () => {
    expect(targetsOf([{ name: 'A', uuid: UUID }])).toEqual([{ id: UUID, label: 'A' }]);
    expect(targetsOf([{ id: 7, name: 'A' }])).toEqual([{ id: '7', label: 'A' }]);
    expect(targetsOf([{ id: 7, uuid: UUID }])).toEqual([{ id: UUID, label: UUID }]);
    expect(targetsOf([{ id: '7' }])).toEqual([{ id: '7', label: '7' }]);
    expect(targetsOf([{ name: 'A' }])).toEqual([{ id: 'A', label: 'A' }]);
    expect(targetsOf([{}, null, 7, [], { id: null, name: '' }])).toEqual([]);
  });

  it('keeps 200 projects apart, whatever they are called', () => {
    const projects = Array.from({ length: 200 }, (_, index) => ({
      id: index,
      name: `{"} / \\ 🚀 <b>${index % 50}`,
      uuid: `{${index}}`,
    }));
    const targets = targetsOf(projects);
    expect(targets).toHaveLength(200);
    expect(new Set(typeof targets === 'string' ? [] : targets.map(({ id }) => id)).size).toBe(200);
  });

  it('lists a project once, and makes its name fit for a screen', () => {
    expect(
      targetsOf([
        { uuid: UUID, name: 'A\u202Eb\n' },
        { uuid: UUID, name: 'B' },
      ]),
    ).toEqual([{ id: UUID, label: 'B' }]);
    expect(targetsOf([{ uuid: UUID, name: 'A\u202Eb\n' }])).toEqual([{ id: UUID, label: 'Ab' }]);
    expect(targetsOf([{ uuid: UUID, name: '\u200B\n' }])).toEqual([{ id: UUID, label: UUID }]);
  });

  it('shows the start of a name that is too long for any screen, with or without a space in it', () => {
    for (const name of ['Ä'.repeat(10_000), `${'word '.repeat(2_000)}end`, '🚀'.repeat(5_000)]) {
      const found = targetsOf([{ uuid: UUID, name }]);
      const label = typeof found === 'string' ? found : (found[0]?.label ?? '');
      expect(label.endsWith('…')).toBe(true);
      expect(name.startsWith(label.slice(0, -1))).toBe(true);
      expect(label.length).toBeGreaterThan(190);
      expect(label.length).toBeLessThanOrEqual(200);
    }
  });

  it('leaves a name whole that looks like markup', () => {
    for (const name of ['List<String> & "co"', '<b>bold</b>', 'a &amp; b', '{template} 3', '🚀 Launch / 4']) {
      expect(targetsOf([{ uuid: UUID, name }])).toEqual([{ id: UUID, label: name }]);
    }
  });

  it('says that the server is still loading, and how many', () => {
    expect(read({ ...vendorReply, projectsLoading: 3 })).toMatchObject({
      value: { incomplete: expect.stringMatching(/still loading 3 projects.*few minutes/) as unknown },
    });
    expect(read({ projects: [], projectsLoading: 1 })).toMatchObject({
      value: { targets: [], incomplete: expect.stringMatching(/one project/) as unknown },
    });
  });

  it.each([undefined, null, '2', -1, {}])('takes projectsLoading %j for none', (projectsLoading) => {
    expect(read({ ...vendorReply, projectsLoading })).toMatchObject({ value: { incomplete: null } });
  });

  it('says why it is empty', () => {
    expect(read({ projects: [], projectsLoading: 0 })).toMatchObject({
      ok: false,
      failure: {
        code: 'no-projects',
        fault: 'permission',
        happened: 'no',
        next: expect.stringMatching(/SOAP/) as unknown,
      },
    });
  });

  it.each([[[]], [{}], [{ projects: {} }], ['<html>'], [null]])('is not %j', (body) => {
    expect(read(body)).toMatchObject({ ok: false });
  });
});

describe('after a 404 under one path name', () => {
  const versions = { RESTAPIServer: '.', HALMCommsLibrary: '2022.1.0.0', HALMServer: '2022.1.0.0', errors: [] };

  it('the other is tried, without a credential', () => {
    expect(rescue.after).toEqual(['path-unknown']);
    expect(rescue.params({ segment: 'perforce-alm', apiKey: 'canary' }, connection)).toEqual({ segment: 'helix-alm' });
    expect(rescue.params({ segment: 'helix-alm' }, connection)).toEqual({ segment: 'perforce-alm' });
    expect(rescue.params({}, connection)).toEqual({ segment: 'helix-alm' });
  });

  it('and offered where it answers, by its name alone', () => {
    const offer = rescue.read(sampleReply(200, versions), { segment: 'perforce-alm', apiKey: 'canary' }, connection);
    expect(offer?.values).toEqual({ segment: 'helix-alm' });
    expect(offer?.sentence).toMatch(/answers under helix-alm/);
    expect(offer?.button).toBe('List the projects under helix-alm');
    expect(rescue.read(sampleReply(200, versions), {}, connection)?.values).toEqual({ segment: 'helix-alm' });
  });

  it.each([
    sampleReply(404, '<html>'),
    sampleReply(200, '<html>'),
    sampleReply(200, {}),
    sampleReply(null, versions, { phase: 'sent' }),
  ])('and is no way out where it does not', (reply) => {
    expect(rescue.read(reply, { segment: 'perforce-alm' }, connection)).toBeNull();
  });
});
