// A page that fails leaves the rest of the window standing.
import { Component, type ReactNode } from 'react';
import { Failed } from '../components/states.tsx';
import { text } from '../i18n/i18n.ts';

interface CatchState {
  readonly error: unknown;
}

export class Catch extends Component<{ readonly children: ReactNode }, CatchState> {
  override readonly state: CatchState = { error: undefined };

  static getDerivedStateFromError(error: unknown): CatchState {
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
