import { useState } from 'react';
import { formatDateTime } from '../../lib/format-time.ts';
import type { JobView } from '../../revocation/job.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { JobSection, type JobSectionProps } from './job-section.tsx';
import { summaryOf } from './job-words.ts';

interface HistoryProps extends Omit<JobSectionProps, 'job'> {
  readonly jobs: readonly JobView[];
}

const SHOWN_AT_FIRST = 10;

/** What was closed, with its evidence. */
export function History({ jobs, ...parts }: HistoryProps) {
  const [opened, setOpened] = useState<string | null>(null);
  const [all, setAll] = useState(false);
  if (jobs.length === 0) return null;
  const shown = all ? jobs : jobs.slice(0, SHOWN_AT_FIRST);
  return (
    <Panel title="History" note={jobs.length} flush>
      <ul>
        {shown.map((job) => (
          <li
            key={job.id}
            className="grid grid-cols-[minmax(0,1fr)] gap-3 border-t border-line px-3.5 py-2.5 first:border-t-0"
          >
            <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
              <p className="min-w-0 wrap-anywhere">
                <span className="font-semibold">{job.title}</span>{' '}
                <span className="text-ink-2">
                  {job.closedAtMs !== null && `closed ${formatDateTime(job.closedAtMs)}`} ·{' '}
                  {job.kind === 'check' ? checked(job) : summaryOf(job)}
                </span>
              </p>
              <Button
                size="small"
                aria-expanded={opened === job.id}
                aria-label={`Evidence of ${job.title}`}
                onClick={() => setOpened(opened === job.id ? null : job.id)}
              >
                {opened === job.id ? 'Hide' : 'Evidence'}
              </Button>
            </div>
            {opened === job.id && <JobSection job={job} {...parts} />}
          </li>
        ))}
      </ul>
      {!all && jobs.length > shown.length && (
        <p className="border-t border-line px-3.5 py-2.5">
          <Button size="small" onClick={() => setAll(true)}>
            Show {jobs.length - shown.length} more
          </Button>
        </p>
      )}
    </Panel>
  );
}

const checked = ({ items }: JobView): string =>
  `checked: ${items.map(({ finding }) => finding?.verdict ?? 'nothing found out').join(', ')}`;
