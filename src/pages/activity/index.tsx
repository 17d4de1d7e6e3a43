import { Activity } from '../../features/activity/activity.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** What was sent to the vendors’ servers, and what became of it. */
export function Page() {
  return (
    <>
      <PageHeader title="Activity">
        The last 200 calls of this page, newest first. They are kept in memory, and nothing secret is in them.
      </PageHeader>
      <Activity />
    </>
  );
}
