// Empty, nothing found, failed, loading: the states of a list or page without content.
import { Button, Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { useText } from '../i18n/i18n.ts';
import { CallError } from '../transport/transport.ts';
import { errorText } from './error-text.ts';
import { StatusText } from './status-icon.tsx';

interface EmptyProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

/** What belongs here and how to get it. */
export const Empty = ({ title, children, actions }: EmptyProps) => (
  <div className="box state">
    <h2 className="head">{title}</h2>
    <div className="dim">{children}</div>
    {actions && <div className="row">{actions}</div>}
  </div>
);

/** Names the filter that leaves nothing. */
export function NothingFound({ children, onClear }: { readonly children: ReactNode; readonly onClear: () => void }) {
  const t = useText();
  return (
    <div className="box state">
      <p className="dim">{children}</p>
      <Button size="xs" onClick={onClear}>
        {t('common.clearFilters')}
      </Button>
    </div>
  );
}

interface FailedProps {
  readonly title: string;
  readonly error: unknown;
  readonly onRetry?: (() => unknown) | undefined;
}

export function Failed({ title, error, onRetry }: FailedProps) {
  const t = useText();
  return (
    <div className="box state" role="alert">
      <StatusText status="error">{title}</StatusText>
      <p className="dim">{errorText(error)}</p>
      <div className="row">
        {onRetry && <Button onClick={() => void onRetry()}>{t('common.tryAgain')}</Button>}
        {error instanceof CallError && error.code !== error.message && <span className="second">{error.code}</span>}
      </div>
    </div>
  );
}

/** Rows of final height, shown only when the answer takes longer than a blink. */
export function Loading({ rows = 4, height = 36 }: { readonly rows?: number; readonly height?: number }) {
  const t = useText();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return <div className="loading" style={{ minHeight: rows * height }} aria-hidden="true" />;
  return (
    <div className="box loading" role="status" aria-label={t('common.loading')}>
      {[120, 168, 96, 144, 128, 88, 152, 104].slice(0, rows).map((width) => (
        <div key={width} className="row loading-row" style={{ height }}>
          <Skeleton animate={false} height={8} width={8} circle />
          <Skeleton animate={false} height={8} width={width} />
          <span className="grow" />
          <Skeleton animate={false} height={8} width={40} />
        </div>
      ))}
    </div>
  );
}

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  /** What could not be loaded, as a sentence. */
  readonly failure: string;
  readonly rows?: number;
  /** Of a row, in pixels, so that what is below does not move. */
  readonly height?: number;
  readonly children: (data: T) => ReactNode;
}

/** Shows the data; what is old because a renewal failed stays, with a note. */
export function Loaded<T>({ query, failure, rows, height, children }: LoadedProps<T>) {
  const t = useText();
  if (query.data === undefined) {
    if (query.error) return <Failed title={failure} error={query.error} onRetry={query.refetch} />;
    return <Loading {...(rows !== undefined && { rows })} {...(height !== undefined && { height })} />;
  }
  return (
    <>
      {query.isRefetchError && (
        <p className="second t-warn stale" role="status">
          {t('common.stale', { time: new Date(query.dataUpdatedAt).toLocaleTimeString() })}
        </p>
      )}
      {children(query.data)}
    </>
  );
}
