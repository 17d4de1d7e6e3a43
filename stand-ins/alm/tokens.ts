import { createHmac, randomUUID } from 'node:crypto';
import type { Project } from './projects.ts';
import type { SignedIn } from './credentials.ts';
import type { World } from './world.ts';

const hourMs = 3_600_000;

/** UTC, whole seconds, `Z`. */
const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export interface MintedToken {
  readonly tokenType: 'Bearer';
  readonly expiresOn: string;
  readonly accessToken: string;
}

/** A token for one project. Its `exp` and `iat` are ISO strings, not the numbers that a JWT should have. */
export function mint(world: World, { person, keyId }: SignedIn, project: Project, issuer: string): MintedToken {
  const nowMs = world.clock.nowMs();
  const endsMs = Math.floor(nowMs / 1000) * 1000 + world.settings.tokenLifeHours * hourMs;
  const expiresOn = isoSeconds(endsMs);
  const content = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({
    apk: keyId ?? '',
    exp: expiresOn,
    iat: isoSeconds(nowMs),
    iss: issuer,
    jti: randomUUID(),
    lic: 'pro, tcm, rm',
    pid: project.id,
    pnm: project.name,
    pud: project.uuid,
    usr: person.id,
  })}`;
  const accessToken = `${content}.${createHmac('sha256', world.signingKey).update(content).digest('base64url')}`;
  world.tokens.set(accessToken, { projectUuid: project.uuid, personId: person.id, keyId, endsMs });
  return { tokenType: 'Bearer', expiresOn, accessToken };
}
