import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/**
 * X.509 certificates for tests (RFC 5280, DER by hand): a CA of its own, and servers that it vouches for. Keys are P-256
 * and live as long as the test.
 */
export interface TestCertificate {
  /** PEM. */
  readonly certificate: string;
  readonly key: string;
  /** Upper-case hexadecimal pairs joined by colons. */
  readonly sha256: string;
}

export interface TestAuthority extends TestCertificate {
  issue(options: {
    readonly name: string;
    readonly hosts: readonly string[];
    readonly endedMsAgo?: number;
  }): TestCertificate;
}

const DAY_MS = 86_400_000;

const element = (tag: number, ...contents: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(contents);
  const bytes = content.length.toString(16).padStart(content.length > 255 ? 4 : 2, '0');
  const length = content.length < 128 ? [] : [0x80 + bytes.length / 2];
  return Buffer.concat([Buffer.from([tag, ...length]), Buffer.from(bytes, 'hex'), content]);
};
const sequence = (...contents: readonly Buffer[]): Buffer => element(0x30, ...contents);
const integer = (bytes: Buffer): Buffer => element(0x02, bytes);
const text = (value: string): Buffer => element(0x0c, Buffer.from(value));
const octets = (content: Buffer): Buffer => element(0x04, content);
const bits = (content: Buffer, unused = 0): Buffer => element(0x03, Buffer.from([unused]), content);
const yes = element(0x01, Buffer.from([0xff]));
const oid = (hex: string): Buffer => element(0x06, Buffer.from(hex, 'hex'));
const utcTime = (ms: number): Buffer =>
  element(0x17, Buffer.from(new Date(ms).toISOString().replace(/^..|[-:T]|\.\d+/g, '')));

const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
const nameOf = (commonName: string): Buffer => sequence(element(0x31, sequence(oid('550403'), text(commonName))));

const basicConstraints = (isAuthority: boolean): Buffer =>
  sequence(oid('551d13'), yes, octets(sequence(...(isAuthority ? [yes] : []))));
/** keyCertSign for an authority, digitalSignature for a server. */
const keyUsage = (isAuthority: boolean): Buffer =>
  sequence(oid('551d0f'), yes, octets(isAuthority ? bits(Buffer.from([0x04]), 2) : bits(Buffer.from([0x80]), 7)));

function alternativeNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    /^[\d.]+$/.test(host) ? element(0x87, Buffer.from(host.split('.').map(Number))) : element(0x82, Buffer.from(host)),
  );
  return sequence(oid('551d11'), octets(sequence(...names)));
}

interface Subject {
  readonly name: string;
  readonly publicKey: KeyObject;
  readonly fromMs: number;
  readonly toMs: number;
  readonly isAuthority: boolean;
  readonly hosts: readonly string[];
}

function certify(subject: Subject, issuer: { readonly name: string; readonly privateKey: KeyObject }): Buffer {
  const serial = randomBytes(8);
  serial[0] = 0x40; // positive, and no leading zero
  const extensions = [basicConstraints(subject.isAuthority), keyUsage(subject.isAuthority)];
  if (subject.hosts.length > 0) extensions.push(alternativeNames(subject.hosts));
  const body = sequence(
    element(0xa0, integer(Buffer.from([2]))), // version 3
    integer(serial),
    ecdsaWithSha256,
    nameOf(issuer.name),
    sequence(utcTime(subject.fromMs), utcTime(subject.toMs)),
    nameOf(subject.name),
    subject.publicKey.export({ type: 'spki', format: 'der' }),
    element(0xa3, sequence(...extensions)),
  );
  return sequence(body, ecdsaWithSha256, bits(sign('sha256', body, issuer.privateKey)));
}

function toPem(der: Buffer, privateKey: KeyObject): TestCertificate {
  const lines =
    der
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n') ?? '';
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    // With these options the export is text.
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    sha256: (createHash('sha256').update(der).digest('hex').toUpperCase().match(/../g) ?? []).join(':'),
  };
}

export function createTestAuthority(name: string): TestAuthority {
  const now = Date.now();
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const own = { name, publicKey, fromMs: now - DAY_MS, toMs: now + DAY_MS, isAuthority: true, hosts: [] };
  return {
    ...toPem(certify(own, { name, privateKey }), privateKey),
    issue({ name: server, hosts, endedMsAgo }) {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const toMs = endedMsAgo === undefined ? now + DAY_MS : now - endedMsAgo;
      const subject = {
        name: server,
        publicKey: pair.publicKey,
        fromMs: now - DAY_MS,
        toMs,
        isAuthority: false,
        hosts,
      };
      return toPem(certify(subject, { name, privateKey }), pair.privateKey);
    },
  };
}
