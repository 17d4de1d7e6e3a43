import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { NotFetched } from './not-fetched.tsx';
import { PageNotFetched } from './page-of.ts';

interface PageFaultProps {
  /** Where one is: elsewhere is another page, and not broken. */
  readonly at?: string;
  /** Called before it is tried again. */
  readonly onRetry?: () => void;
  readonly children: ReactNode;
}

interface PageFaultState {
  readonly broken: 'no' | 'by-fault' | 'not-fetched';
  /** How often it was tried again by itself since one came here. */
  readonly tries: number;
  readonly at: string | undefined;
}

/**
 * What stands where a page broke. The error's own text is neither shown nor logged here: it may quote what was being
 * worked on, and that may be a secret.
 */
export class PageFault extends Component<PageFaultProps, PageFaultState> {
  override state: PageFaultState = { broken: 'no', tries: 0, at: this.props.at };

  static getDerivedStateFromError(error: unknown): Partial<PageFaultState> {
    return { broken: error instanceof PageNotFetched ? 'not-fetched' : 'by-fault' };
  }

  // No key in place of this: a new key would be a new Suspense boundary, and every navigation would flash its fallback.
  static getDerivedStateFromProps({ at }: PageFaultProps, state: PageFaultState): Partial<PageFaultState> | null {
    return at === state.at ? null : { broken: 'no', tries: 0, at };
  }

  override componentDidCatch(error: unknown): void {
    const what = error instanceof PageNotFetched ? 'This page could not be fetched' : 'This page broke';
    document.title = `${what} · Keyward`;
  }

  private readonly retry = (): void => {
    this.props.onRetry?.();
    this.setState(({ tries }) => ({ broken: 'no', tries: tries + 1 }));
  };

  override render(): ReactNode {
    const { broken, tries } = this.state;
    if (broken === 'no') return this.props.children;
    if (broken === 'not-fetched') return <NotFetched tries={tries} onRetry={this.retry} />;
    return (
      <div className="fault" role="alert">
        <h1 className="text-xl font-semibold">This page broke</h1>
        <p>What draws this page met a fault of its own. Nothing was sent because of it.</p>
        <p>Try again first. A reload forgets sessions that are in memory only: copy what you need on another page.</p>
        <div className="flex gap-2">
          <Button look="primary" onClick={this.retry}>
            Try again
          </Button>
          <Button onClick={() => location.reload()}>Reload Keyward</Button>
        </div>
      </div>
    );
  }
}
