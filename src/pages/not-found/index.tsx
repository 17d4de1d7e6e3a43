import { Link } from '../../ui/link.tsx';
import { buttonClass } from '../../ui/button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** An address that leads nowhere. */
export function Page() {
  return (
    <>
      <PageHeader title="No such page">
        Keyward has nothing at this address. Nothing was sent and nothing was changed.
      </PageHeader>
      <div className="mt-5">
        <Link to="/" className={buttonClass('primary')}>
          Go to the overview
        </Link>
      </div>
    </>
  );
}
