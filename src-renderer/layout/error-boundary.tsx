// A page that fails leaves the rest of the window standing.
import { Component, type ReactNode } from 'react';
import { Failed } from '../components/states.tsx';
import { text } from '../i18n/i18n.ts';

interface ErrorBoundaryState {
  readonly error: unknown;
}

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorBoundaryState> {
  override readonly state: ErrorBoundaryState = { error: undefined };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return (
      <div className="page">
        <Failed
          title={text('common.pageFailed')}
          error={this.state.error}
          onRetry={() => this.setState({ error: undefined })}
        />
      </div>
    );
  }
}
