import { sign } from 'node:crypto';
import { clientIdOf, lives } from './oauth-store.ts';
import type { Grant } from './oauth-store.ts';
import type { World } from './world.ts';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Lives for two minutes. */
export function writeIdToken(world: World, grant: Grant, issuer: string): string {
  const { kid, privateKey } = world.signingKey();
  const issuedAt = world.clock.nowSeconds();
  const content = `${part({ typ: 'JWT', alg: 'RS256', kid })}.${part({
    iss: issuer,
    aud: clientIdOf({ id: grant.appId }),
    sub: String(grant.userId),
    iat: issuedAt,
    exp: issuedAt + lives.idToken,
    auth_time: grant.signedInAt,
    ...(grant.nonce === null ? {} : { nonce: grant.nonce }),
  })}`;
  return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
}

export function keySet(world: World): object {
  const { kid, publicKey } = world.signingKey();
  return { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] };
}
