import type { Connection } from '../../http/envelope.ts';
import { endlessWords } from '../../features/sessions/session-words.ts';
import type { SessionView } from '../../sessions/record.ts';
import { Panel } from '../../ui/panel.tsx';
import { TicketDesk } from './ticket-desk.tsx';

interface TwoThingsProps {
  readonly connection: Connection;
  readonly session: SessionView;
}

/** What a sign-in brought, as the two different things that they are. */
export function TwoThings({ connection, session }: TwoThingsProps) {
  const { name } = session.identity;
  return (
    <Panel title="Two different things" flush>
      <section aria-label="Access token" className="grid gap-1 px-3.5 py-3">
        <h3 className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="font-semibold">Access token</span>
          <span className="text-sm text-ink-3">{endlessWords(session)}</span>
        </h3>
        <p className="text-ink-2">
          Of {name}, kept here in memory. Applications hand it to this server to get a ticket; it opens no Perforce
          server itself. Copy it under “This session”.
        </p>
      </section>
      <section aria-label="p4d ticket" className="grid gap-2.5 border-t border-line px-3.5 py-3">
        <h3 className="flex flex-wrap items-baseline justify-between gap-x-4">
          <span className="font-semibold">p4d ticket</span>
          <span className="text-sm text-ink-3">shown once, not stored</span>
        </h3>
        <p className="text-ink-2">
          Logs {name} in to a Perforce server, for the host of one registered application alone. It lives 12 hours
          unless the server’s groups say otherwise.
        </p>
        <TicketDesk connection={connection} session={session} />
      </section>
    </Panel>
  );
}
