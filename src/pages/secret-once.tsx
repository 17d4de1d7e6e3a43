import { useServices } from '../console/use-services.ts';
import { deskOf } from '../features/copy-token/copy-desk.ts';
import { writeToClipboard } from '../lib/write-clipboard.ts';
import { useNotify } from '../ui/notices.tsx';
import { Secret } from '../ui/secret.tsx';

interface SecretOnceProps {
  readonly label: string;
  readonly secret: string;
  readonly onCopied?: () => void;
}

/** A secret that is stored nowhere: masked, shown where somebody asks, and copied like a token. */
export function SecretOnce({ label, secret, onCopied }: SecretOnceProps) {
  const services = useServices();
  const notify = useNotify();
  async function copy(): Promise<void> {
    if ((await writeToClipboard(Promise.resolve(secret))) === 'refused') {
      notify({
        tone: 'warn',
        title: 'The browser did not allow the copy.',
        more: 'Reveal it, select it and copy it by hand.',
      });
      return;
    }
    deskOf(services).secretCopied();
    onCopied?.();
    notify({ tone: 'ok', title: `Copied the ${label}`, more: 'It is not stored here.' });
  }
  return <Secret label={label} value={secret} onCopy={() => void copy()} />;
}
