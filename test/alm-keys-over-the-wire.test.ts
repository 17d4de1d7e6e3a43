/** ALM's keys and tokens over real sockets: guided, watched, and told apart from a server that is down. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { alm } from '../src/providers/alm/index.ts';
import type { Thing } from '../src/providers/ending.ts';
import type { Tokens } from '../src/providers/tokens.ts';
import type { AlmActions } from '../stand-ins/alm/control.ts';
import { standIn } from '../stand-ins/alm/server.ts';
import { demo } from '../stand-ins/alm/world.ts';
import { endingOf, means, startKeysRig, thingOf, type KeysRig } from './walk-ending.ts';

const ID = demo.keyId;
const KEY = `${ID}:${demo.keySecret}`;
const secrets = { apiKey: KEY };

let on: KeysRig<AlmActions>;
beforeAll(async () => {
  on = await startKeysRig(standIn, alm);
});
beforeEach(() => on.server.control.reset());
afterAll(() => on.close());

const keyThing = (more: Partial<Thing> = {}): Thing => {
  const [candidate] = on.keys.recognise(`ApiKey ${KEY}`);
  if (!candidate) throw new Error('It is not recognised');
  return thingOf({ ...on.keys.thingOf(candidate, null), ...more });
};

async function minted(): Promise<Tokens> {
  const [project] = on.server.control.projects();
  if (!project) throw new Error('There is no project');
  const reply = await on.ask('tokenByKey', { segment: 'helix-alm', project: project.uuid, apiKey: KEY });
  const { accessToken, expiresOn } = reply.json as { accessToken: string; expiresOn: string }; // a good answer of the stand-in
  return {
    accessToken,
    accessExpiry: { kind: 'absolute', serverMs: Date.parse(expiresOn) },
    companions: { segment: 'helix-alm', project: project.uuid },
    facts: [],
  };
}

const guided = async (thing: Thing, id = 'web-client', given = means()) =>
  endingOf(on.keys.endings(thing, given, await on.connection()), id);

const deleteIt = (): void => void on.server.control.deleteKey({ id: ID });

describe('a key', () => {
  it('is named by its id, and never by a part of its secret', () => {
    expect(keyThing()).toMatchObject({ kind: 'api-key', id: ID, name: 'API key demo-key…-alice' });
    expect(JSON.stringify(keyThing())).not.toContain(demo.keySecret);
  });

  it('is deleted in one of three places, each with its own steps', async () => {
    const endings = on.keys.endings(keyThing(), means(), await on.connection());
    expect(endings.map(({ id }) => id)).toEqual(['web-client', 'desktop-client', 'license-server']);
    const texts = endings.map(({ steps }) => JSON.stringify(steps));
    expect(texts[0]).toMatch(/user menu.*Manage API Keys/);
    expect(texts[1]).toMatch(/Tools, then Manage API Keys/);
    expect(texts[2]).toMatch(/View, then Manage API Keys.*Owner/);
    expect(texts.join('')).not.toContain(demo.keySecret);
  });

  it.each([401, 403, 500] as const)(
    'is dead where the server answers %i as to a deleted key',
    async (deadKeyStatus) => {
      on.server.control.configure({ deadKeyStatus });
      const { told, item } = await on.walk(keyThing(), await guided(keyThing()), { secrets, person: deleteIt });
      expect(told).toEqual(['evidence: there', 'end: done', 'probe: dead']);
      expect(item.finding?.verdict).toBe('dead');
      expect(item.finding?.words).toMatch(/License Server prevented/);
    },
  );

  it('that was not deleted stays live, however often a person says that it was', async () => {
    const { item, told } = await on.walk(keyThing(), await guided(keyThing()), { secrets });
    expect(item.state).toMatchObject({ is: 'waiting', step: 'probe' });
    expect(item.finding).toMatchObject({ verdict: 'live', asWanted: false });
    expect(told.filter((one) => one === 'probe: live').length).toBeGreaterThan(6);
  });

  it('turns dead by itself once somebody deletes it, and takes its tokens along', async () => {
    const thing = keyThing({ minted: ['one', 'two'] });
    const sessions = { one: await minted(), two: await minted() };
    let looks = 0;
    const before = (step: string) => {
      if (step === 'probe') looks += 1;
      if (looks === 4) deleteIt();
      if (looks === 4) looks += 1;
    };
    const { told, item } = await on.walk(thing, await guided(thing), { secrets, sessions, before });
    expect(told).toEqual([
      ...['evidence: there', 'end: done', 'probe: live', 'probe: live', 'probe: live', 'probe: dead'],
      ...['minted-1: dead', 'minted-2: dead'],
    ]);
    expect(item.finding?.verdict).toBe('dead');
  });

  it('is not dead while a token that it made lives', async () => {
    const thing = keyThing({ minted: ['one'] });
    const sessions = { one: await minted() };
    const person = () => void on.server.control.deleteKey({ id: ID, keepsTokens: true });
    const { told, item } = await on.walk(thing, await guided(thing), { secrets, sessions, person });
    expect(told).toContain('probe: dead');
    expect(item.finding).toMatchObject({ verdict: 'live', asWanted: false });
  });

  it('is not told by a token that a restart had ended before, whatever a person says', async () => {
    const thing = keyThing({ minted: ['one'] });
    const ending = await guided(thing, 'desktop-client', means({ secret: false }));
    const sessions = { one: await minted() };
    on.server.control.restart();
    const { told, item } = await on.walk(thing, ending, { sessions });
    expect(told).toEqual(['look-1: dead', 'end: done', 'minted-1: dead']);
    expect(item.finding).toMatchObject({ verdict: 'unknown', asWanted: false });
  });

  it('is said to be beyond proof where neither is there', async () => {
    const ending = await guided(keyThing(), 'web-client', means({ secret: false }));
    expect(ending.unprovable).toMatch(/nothing here can try it/);
    expect((await on.walk(keyThing(), ending, {})).item.finding?.verdict).toBe('unknown');
  });

  it('is not dead because the server is down, and the screen says which it is', async () => {
    const before = (step: string) => {
      if (step === 'probe') on.server.control.configure({ almServerUp: false });
    };
    const { item } = await on.walk(keyThing(), await guided(keyThing()), { secrets, before });
    expect(item.finding?.verdict).toBe('unknown');
    expect(item.finding?.words).toMatch(/ALM Server.*is down/);
    expect(on.server.control.ledger({ operation: 'versions' }).length).toBeGreaterThan(0);
  });

  it('that a 500 refuses without a reason is not proven dead, though the server is up', async () => {
    const body = JSON.stringify({ message: 'Something failed.', statusCode: 500, code: 'Internal Server Error' });
    on.server.control.fault({ operation: 'projects', kind: 'reply', status: 500, body, times: 'always' });
    const { item } = await on.walk(keyThing(), await guided(keyThing()), { secrets });
    expect(item.finding?.verdict).toBe('unknown');
    expect(item.finding?.words).toMatch(/most likely.*not proven/);
  });

  it('is not dead because a proxy asks for a password of its own', async () => {
    on.server.control.fault({ operation: 'projects', kind: 'html', status: 401, times: 'always' });
    expect((await on.walk(keyThing(), await guided(keyThing()), { secrets })).item.finding?.verdict).not.toBe('dead');
  });

  it('that is dead already needs no person', async () => {
    deleteIt();
    const { told, item } = await on.walk(keyThing(), await guided(keyThing()), { secrets });
    expect(told).toEqual(['evidence: gone', 'probe: dead']);
    expect(item.finding?.verdict).toBe('dead');
  });

  it('that was found is tried with consent, and not where the operator forbids that', async () => {
    const connection = await on.connection();
    expect((await guided(keyThing())).consent).toMatch(/that was found/);
    expect((await guided(keyThing({ minted: ['one'] }))).consent).toBeUndefined();
    const forbidden = means({ selfUse: false });
    expect((await guided(keyThing(), 'web-client', forbidden)).unprovable).toBeDefined();
    expect(on.keys.check(keyThing(), forbidden, connection)).toBeNull();
    const check = on.keys.check(keyThing(), means(), connection);
    expect(check && (await on.walk(keyThing(), check, { secrets })).told).toEqual(['probe: live']);
  });
});

describe('a found token', () => {
  const found = async () => {
    const { accessToken } = await minted();
    const [candidate] = on.keys.recognise(`Authorization: Bearer ${accessToken}`);
    if (!candidate) throw new Error('It is not recognised');
    return { candidate, thing: thingOf(on.keys.thingOf(candidate, null)) };
  };

  it('names its project, its server and its end', async () => {
    const { candidate } = await found();
    expect(candidate).toMatchObject({ kind: 'token', certainty: 'certain', issuer: on.server.url });
    expect(Number(candidate.facts['endsMs'])).toBeGreaterThan(Date.now() + 6 * 24 * 3_600_000);
    expect(on.keys.fits(candidate, await on.connection())).toBe('yes');
  });

  it('is watched until its key is deleted', async () => {
    const { thing, candidate } = await found();
    const ending = await guided(thing, 'delete-its-key');
    expect(ending.consent).toMatch(/that was found/);
    const walked = await on.walk(thing, ending, { secrets: candidate.secrets, person: deleteIt });
    expect(walked.told).toEqual(['end: done', 'probe: dead']);
  });

  it('survives the person who only says so', async () => {
    const { thing, candidate } = await found();
    const { item } = await on.walk(thing, await guided(thing, 'restart'), { secrets: candidate.secrets });
    expect(item.finding).toMatchObject({ verdict: 'live', asWanted: false });
  });

  it('dies with a restart of the server', async () => {
    const { thing, candidate } = await found();
    const person = () => void on.server.control.restart();
    const { item } = await on.walk(thing, await guided(thing, 'restart'), { secrets: candidate.secrets, person });
    expect(item.finding?.verdict).toBe('dead');
  });
});

it('lists nothing and makes nothing, and says where that is done', async () => {
  expect(on.keys.list).toBeUndefined();
  expect(on.keys.create).toBeUndefined();
  expect(on.keys.unlisted).toMatch(/No call of ALM’s API lists keys/);
  const guide = on.keys.createGuide?.(await on.connection());
  expect(guide?.steps.join(' ')).toMatch(/web client.*desktop client.*License Server Admin Utility.*shown once/s);
});
