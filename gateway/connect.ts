import { isIP, connect as connectPlain, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Cause, CauseCode, Certificate, Envelope } from '../src/http/envelope.ts';
import type { GatewayConnection } from './connections.ts';

export type Connected =
  | { readonly ok: true; readonly socket: Socket; readonly tls: Envelope['tls'] }
  | { readonly ok: false; readonly cause: Cause; readonly tls: Envelope['tls'] };

/** One of several addresses of a host gets this long before the next is tried as well. */
const NEXT_ADDRESS_MS = 1_000;

/**
 * Opens a connection of its own to the server of `connection`, TLS verified, and hands it over before a byte of a request
 * was written. That is what makes `not-sent` certain: nothing that fails in here can have happened at the vendor. A kept
 * connection would blur it, since a server may close one while the next request is on its way.
 */
export function connect(connection: GatewayConnection, connectMs: number, signal: AbortSignal): Promise<Connected> {
  const url = new URL(connection.baseUrl);
  const secure = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (secure ? 443 : 80));
  const common = { host, port, autoSelectFamilyAttemptTimeout: NEXT_ADDRESS_MS };
  const socket = secure
    ? connectTls({
        ...common,
        servername: isIP(host) ? '' : host,
        // An operator who names a CA means that one: the public ones could vouch for an impostor.
        ...(connection.ca === null ? {} : { ca: connection.ca }),
        minVersion: 'TLSv1.2',
        ALPNProtocols: ['http/1.1'],
        // Verified all the same, in `verdictOn`: a socket that destroys itself could not be asked which certificate it refused.
        rejectUnauthorized: false,
      })
    : connectPlain(common);

  return new Promise((resolve) => {
    const timer = setTimeout(() => settle(failed('connect-timeout', host)), connectMs);
    const abort = (): void => settle(failed('aborted'));
    const settle = (connected: Connected): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      if (!connected.ok) socket.destroy();
      resolve(connected);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    // Stays on for the socket's life: an error without a listener would end the process.
    socket.on('error', (error: NodeJS.ErrnoException) => settle(failed(causeOf(error, socket), host)));
    socket.once('close', () => settle(failed(secure ? 'tls-failed' : 'unreachable', host)));
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      // `connectTls` above made it, or else it is plain.
      settle(secure ? verdictOn(socket as TLSSocket, host) : { ok: true, socket, tls: null });
    });
  });
}

const failed = (code: CauseCode, detail?: string): Connected => ({
  ok: false,
  cause: { code, ...(detail ? { detail } : {}) },
  tls: null,
});

function verdictOn(socket: TLSSocket, host: string): Connected {
  const certificate = certificateOf(socket);
  const tls = certificate && { protocol: socket.getProtocol() ?? 'TLS', certificate };
  if (socket.authorized && tls) return { ok: true, socket, tls };
  // Node types it as an Error and sets its code as a string.
  const code = certificateCause(String(socket.authorizationError));
  return { ok: false, cause: { code, detail: host, ...(certificate ? { certificate } : {}) }, tls };
}

function certificateCause(error: string): CauseCode {
  if (/EXPIRED|NOT_YET_VALID/.test(error)) return 'certificate-expired';
  return error.includes('ALTNAME') ? 'certificate-name' : 'certificate-untrusted';
}

function certificateOf(socket: TLSSocket): Certificate | null {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return null;
  const validToMs = Date.parse(certificate.validTo);
  const line = (name: string | undefined): string => (name ?? '').split('\n').join(', ');
  return {
    subject: line(certificate.subject) || line(certificate.subjectAltName),
    issuer: line(certificate.issuer),
    sha256: certificate.fingerprint256,
    ...(Number.isNaN(validToMs) ? {} : { validToMs }),
  };
}

const causes: Readonly<Record<string, CauseCode>> = {
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EAI_FAIL: 'unknown-host',
  ECONNREFUSED: 'connection-refused',
  ETIMEDOUT: 'connect-timeout',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
};

function causeOf(error: NodeJS.ErrnoException, socket: Socket): CauseCode {
  const known = causes[error.code ?? ''];
  if (known) return known;
  return 'encrypted' in socket ? 'tls-failed' : 'unreachable';
}
