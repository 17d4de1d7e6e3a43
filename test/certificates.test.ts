// @vitest-environment node
import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createTestAuthority } from './certificates.ts';

describe('test certificates', () => {
  it('are read and verified by a library that is not ours', () => {
    const authority = createTestAuthority('Test Authority');
    const server = authority.issue({ name: 'server', hosts: ['localhost', '127.0.0.1'] });
    const [ca, leaf] = [new X509Certificate(authority.certificate), new X509Certificate(server.certificate)];
    expect(ca.ca).toBe(true);
    expect(leaf.verify(ca.publicKey)).toBe(true);
    expect(leaf.checkIssued(ca)).toBe(true);
    expect(leaf.checkHost('localhost')).toBe('localhost');
    expect(leaf.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(leaf.fingerprint256).toBe(server.sha256);
    expect(leaf.subject).toBe('CN=server');
    expect(leaf.issuer).toBe('CN=Test Authority');
  });
});
