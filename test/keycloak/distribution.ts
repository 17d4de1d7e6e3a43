import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Fetched and unpacked servers. Git ignores the folder; deleting it costs a download. */
const cache = join('.cache', 'keycloak');

/**
 * The folder of an unpacked Keycloak, fetched with Maven where it is not there yet. Throws a sentence that says what is
 * missing.
 */
export function fetchDistribution(version: string): string {
  const home = join(cache, `keycloak-${version}`);
  if (existsSync(home)) return home;
  mkdirSync(cache, { recursive: true });
  const zip = join(cache, `keycloak-quarkus-dist-${version}.zip`);
  if (!existsSync(zip)) {
    const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:zip`;
    const copied = run('mvn', ['-q', '-B', 'dependency:copy', `-Dartifact=${artifact}`, `-DoutputDirectory=${cache}`]);
    if (!copied || !existsSync(zip)) throw new Error(`Maven could not fetch ${artifact}.`);
  }
  // Unpacked beside and renamed, so that a run that was stopped half way leaves nothing that looks complete.
  const beside = mkdtempSync(join(cache, 'unpacking-'));
  try {
    const absolute = join(process.cwd(), zip);
    const unpacked = run('unzip', ['-q', absolute], beside) || run('jar', ['xf', absolute], beside);
    if (!unpacked)
      throw new Error(`${zip} could not be unpacked: neither unzip nor jar (of a Java development kit) works.`);
    renameSync(join(beside, `keycloak-${version}`), home);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
  return home;
}

const run = (command: string, args: readonly string[], cwd = process.cwd()): boolean =>
  spawnSync(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
