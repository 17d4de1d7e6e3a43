import type { ReactNode } from 'react';
import type { Certificate, Connection } from '../../http/envelope.ts';
import { formatClockTime, formatDateTime } from '../../lib/format-time.ts';
import { clockWords } from './clock-words.ts';
import type { Examination } from './examine.ts';

interface FactLine {
  readonly label: string;
  readonly value: ReactNode;
  readonly mono?: boolean;
}

/** What was seen of a server, line by line. */
export function examinationFacts(examination: Examination, connection: Connection): readonly FactLine[] {
  const { atMs, tls, refused, clock } = examination;
  const certificate = refused ?? tls?.certificate;
  return [
    { label: 'Reachable', value: reachableWords(examination) },
    { label: 'Encryption', value: encryptionWords(examination, connection) },
    ...(certificate ? certificateFacts(certificate) : []),
    { label: 'Server’s clock', value: clockWords(clock) },
    { label: 'Checked', value: formatClockTime(atMs) },
  ];
}

function encryptionWords({ tls, refused }: Examination, { baseUrl }: Connection): string {
  if (baseUrl.startsWith('http:')) return 'none: plain http';
  if (tls) return tls.protocol;
  return refused ? 'refused: the certificate is not trusted' : 'not seen: no answer came';
}

function reachableWords({ phase, status, durationMs }: Examination): string {
  switch (phase) {
    case 'answered':
      return status === null
        ? 'answered without a status'
        : `yes, HTTP ${String(status)} after ${String(Math.round(durationMs))} ms`;
    case 'sent':
      return 'the call left, and no answer came';
    case 'not-sent':
      return 'no, nothing was sent';
    default:
      return phase satisfies never;
  }
}

const certificateFacts = ({ subject, issuer, validToMs, sha256 }: Certificate): readonly FactLine[] => [
  { label: 'Certificate for', value: subject },
  { label: 'Issued by', value: issuer },
  { label: 'Valid until', value: validToMs === undefined ? 'not reported' : formatDateTime(validToMs) },
  { label: 'SHA-256', value: sha256, mono: true },
];
