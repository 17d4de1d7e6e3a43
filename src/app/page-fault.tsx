import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';

interface PageFaultProps {
  /** Where one is: elsewhere is another page, and not broken. */
  readonly at?: string;
  /** Called before it is tried again. */
  readonly onRetry?: () => void;
  readonly children: ReactNode;
}

interface PageFaultState {
  readonly broken: boolean;
  readonly at: string | undefined;
}

/**
 * What stands where a page broke. The error's own text is neither shown nor logged here: it may quote what was being
 * worked on, and that may be a secret.
 */
export class PageFault extends Component<PageFaultProps, PageFaultState> {
  override state: PageFaultState = { broken: false, at: this.props.at };

  static getDerivedStateFromError(): Partial<PageFaultState> {
    return { broken: true };
  }

  // No key in place of this: a new key would be a new Suspense boundary, and every navigation would flash its fallback.
  static getDerivedStateFromProps({ at }: PageFaultProps, state: PageFaultState): Partial<PageFaultState> | null {
    return at === state.at ? null : { broken: false, at };
  }

  override componentDidCatch(): void {
    document.title = 'This page broke · Keyward';
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="fault" role="alert">
        <h1 className="text-xl font-semibold">This page broke</h1>
        <p>
          The part that draws this page met a fault of its own, or could not be fetched. Nothing was sent because of it,
          and the sessions at the vendors are as they were.
        </p>
        <p>
          Try again first. Reloading also helps, but sessions that are kept in memory only are gone after it: copy what
          you still need on another page.
        </p>
        <div className="flex gap-2">
          <Button
            look="primary"
            onClick={() => {
              this.props.onRetry?.();
              this.setState({ broken: false });
            }}
          >
            Try again
          </Button>
          <Button onClick={() => location.reload()}>Reload Keyward</Button>
        </div>
      </div>
    );
  }
}
