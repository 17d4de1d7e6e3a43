import { useRef, useState } from 'react';
import { useServices } from '../../console/use-services.ts';
import type { Connection } from '../../http/envelope.ts';
import type { Failure } from '../../http/failure.ts';
import { formatClockTime } from '../../lib/format-time.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { FailureBand } from '../failure-band.tsx';
import { SecretOnce } from '../secret-once.tsx';
import { fetchTicket, type Ticket } from './fetch-ticket.ts';

interface TicketDeskProps {
  readonly connection: Connection;
  readonly session: SessionView;
}

/** Fetches the ticket of this or another registered application. What comes is held here until it is closed. */
export function TicketDesk({ connection, session }: TicketDeskProps) {
  const { hands, nowMs } = useServices();
  const own = hands.redirectUri(connection.id);
  const field = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function send(): Promise<void> {
    const redirectUri = field.current?.value.trim() ?? '';
    setMissing(redirectUri === '');
    if (busy || redirectUri === '') return;
    setBusy(true);
    setTicket(null);
    setFailure(null);
    const fetched = await fetchTicket(hands, session.id, redirectUri, nowMs());
    if (fetched.ok) setTicket(fetched.value);
    else setFailure(fetched.failure);
    setBusy(false);
  }

  function close(): void {
    setTicket(null);
    field.current?.focus();
  }

  return (
    <>
      <form
        noValidate
        className="grid gap-2.5"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <TextField
          ref={field}
          label="Redirect URI of the application"
          name="redirectUri"
          autoComplete="off"
          inputMode="url"
          defaultValue={own}
          hint="This console’s own, or another one on the server’s whitelist, character for character."
          error={missing ? 'The redirect URI is missing. Nothing was sent.' : undefined}
        />
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1.5">
          <Button type="submit" busy={busy} disabled={session.tokens === null}>
            Fetch a ticket
          </Button>
          <span className="min-w-0 flex-1 basis-48 text-ink-2">Sends GET …/p4token with the access token</span>
        </div>
      </form>
      {failure && <FailureBand failure={failure} alerts />}
      {ticket && (
        <div
          role="group"
          aria-label="The fetched ticket"
          className="grid gap-1.5 rounded-lg border border-line-strong p-3"
        >
          <div className="flex flex-wrap items-baseline justify-between gap-2">
            <span className="font-semibold wrap-anywhere">Ticket for {ticket.host}</span>
            <Button size="small" aria-label="Close, and drop the ticket" onClick={close}>
              Close
            </Button>
          </div>
          <SecretOnce label="p4d ticket" secret={ticket.secret} />
          <p className="text-sm text-ink-3">
            Fetched {formatClockTime(ticket.atMs)} and not stored. Good only on the host that the server has registered
            with that redirect URI. p4 logout -a at the Perforce server ends it, with every other ticket of its user.
          </p>
        </div>
      )}
    </>
  );
}
