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
      <section aria-label="Access token" className="grid grid-cols-[minmax(0,1fr)] gap-1 px-3.5 py-3 wrap-anywhere">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <Name title="Access token" field="access_token" />
          <span className="text-sm text-ink-3">{endlessWords(session)}</span>
        </div>
        <p className="text-ink-2">
          Of {name}, kept here in memory. Applications hand it to this server to get a ticket; it opens no Perforce
          server itself. Copy it under “This session”.
        </p>
      </section>
      <section
        aria-label="p4d ticket"
        className="grid grid-cols-[minmax(0,1fr)] gap-2.5 border-t border-line px-3.5 py-3 wrap-anywhere"
      >
        <div className="flex flex-wrap items-baseline justify-between gap-x-4">
          <Name title="p4d ticket" field="perforce_token" />
          <span className="text-sm text-ink-3">shown once, not stored</span>
        </div>
        <p className="text-ink-2">
          Logs {name} in to a Perforce server, on the host of one registered application alone. It lives 12 hours,
          unless a group of that Perforce server says otherwise. The access token can fetch it again.
        </p>
        <TicketDesk connection={connection} session={session} />
      </section>
    </Panel>
  );
}

interface NameProps {
  readonly title: string;
  /** What the vendor calls it where both arrive. */
  readonly field: string;
}

function Name({ title, field }: NameProps) {
  return (
    <h3 className="font-semibold">
      {title} <code className="ml-1 font-mono text-sm font-normal text-ink-3">{field}</code>
    </h3>
  );
}
