import { X509Certificate } from 'node:crypto';

/** The certificates of a PEM text, and nothing else that it holds; null where there is none or one cannot be read. */
export function certificatesIn(pem: string): string | null {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g);
  if (!blocks) return null;
  try {
    for (const block of blocks) new X509Certificate(block);
  } catch {
    return null;
  }
  return blocks.join('\n');
}
