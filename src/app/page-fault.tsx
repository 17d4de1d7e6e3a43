import { Component, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { later, patiently } from '../lib/later.ts';
import { PageNotFetched } from './page-of.ts';

/** Fetched ahead: where a page cannot be, neither can this. */
export const faultScreens = later(() => import('./fault-screens.tsx'));

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

  override componentDidCatch(): void {
    document.title = `${this.title()} · Keyward`;
    if (!faultScreens.now()) void patiently(faultScreens.load).then(() => this.forceUpdate());
  }

  private title(): string {
    return this.state.broken === 'not-fetched' ? 'This page could not be fetched' : 'This page broke';
  }

  private readonly retry = (): void => {
    this.props.onRetry?.();
    this.setState(({ tries }) => ({ broken: 'no', tries: tries + 1 }));
  };

  override render(): ReactNode {
    const { broken, tries } = this.state;
    if (broken === 'no') return this.props.children;
    const screens = faultScreens.now();
    if (!screens) {
      return (
        <div className="fault" role="alert">
          <h1>{this.title()}</h1>
          <Button onClick={this.retry}>Try again</Button>
        </div>
      );
    }
    return broken === 'by-fault' ? (
      <screens.Broken onRetry={this.retry} />
    ) : (
      <screens.NotFetched tries={tries} onRetry={this.retry} />
    );
  }
}
