// What every page is laid out with.
import type { ReactNode } from 'react';
import { Sparkline, type SparklineData } from './sparkline.tsx';
import { type Status, StatusIcon } from './status-icon.tsx';

interface PageHeadProps {
  readonly title: ReactNode;
  readonly note?: ReactNode;
  /** Actions, the filled one last. */
  readonly children?: ReactNode;
}

export const PageHead = ({ title, note, children }: PageHeadProps) => (
  <header className="page-head">
    <div className="grow">
      <h1 className="title">{title}</h1>
      {note && <p className="dim">{note}</p>}
    </div>
    {children && <div className="actions">{children}</div>}
  </header>
);

export const Head = ({ children, side }: { readonly children: ReactNode; readonly side?: ReactNode }) => (
  <div className="row between section-head">
    <h2 className="head">{children}</h2>
    {side && <div className="row second nowrap">{side}</div>}
  </div>
);

/** Two neutral letters stand for a provider; its logo is its own trademark. */
export const Mark = ({ id }: { readonly id: string }) => (
  <span className="mark" aria-hidden="true">
    {id}
  </span>
);

export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly unit?: string;
  readonly note: ReactNode;
  /** Of the last hours. */
  readonly spark?: SparklineData | undefined;
}

export const Figures = ({ items }: { readonly items: readonly Figure[] }) => (
  <dl className="figures">
    {items.map((figure) => (
      <div key={figure.label}>
        <dt>{figure.label}</dt>
        <dd className={figure.spark && 'row between'}>
          <span className="nowrap">
            <span className="value">{figure.value}</span>
            {figure.unit && <span className="unit">{figure.unit}</span>}
          </span>
          {figure.spark && <Sparkline {...figure.spark} />}
        </dd>
        <dd className="second cut">{figure.note}</dd>
      </div>
    ))}
  </dl>
);

interface BannerProps {
  readonly status: 'warn' | 'error';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
}

export const Banner = ({ status, children, actions }: BannerProps) => (
  <div className={`banner ${status}`} role="status">
    <StatusIcon status={status} size={16} />
    <div>{children}</div>
    <div className="row">{actions}</div>
  </div>
);

/** A status as the title of a page. */
export const StatusTitle = ({ status, children }: { readonly status: Status; readonly children: ReactNode }) => (
  <span className="row status-title">
    <StatusIcon status={status} size={16} />
    {children}
  </span>
);
