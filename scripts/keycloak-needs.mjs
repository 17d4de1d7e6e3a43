/** What a real Keycloak cannot be run without, on this machine. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { answers } from './tools.mjs';

const javaMin = 17;

/**
 * Versions that are in the cache need no Maven.
 *
 * @param {readonly string[]} versions
 * @returns {readonly string[]}
 */
export function whatKeycloakMisses(versions) {
  const cached = versions.every((version) => existsSync(join('.cache', 'keycloak', `keycloak-${version}`)));
  return [
    ...(javaVersion() >= javaMin ? [] : [`Java ${javaMin} or newer`]),
    ...(cached || answers('mvn', '--version') ? [] : ['Maven']),
  ];
}

/** 0 where there is none. */
function javaVersion() {
  const { stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  return Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
}
