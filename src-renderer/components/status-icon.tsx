// States as icons: disc fine, arc waiting, triangle needs you, octagon failed, ring off. Words follow.
import type { ReactNode } from 'react';

export type Status = 'ok' | 'warn' | 'error' | 'busy' | 'off';

/** One icon per status on a 12 px grid, so that the meaning survives without colour. */
const icons: Readonly<Record<Status, ReactNode>> = {
  ok: <circle cx="6" cy="6" r="4.25" fill="currentColor" />,
  warn: <path d="M6 1.2 11.2 10.5H.8Z" fill="currentColor" />,
  error: (
    <path
      d="M3.7.8h4.6l2.9 2.9v4.6l-2.9 2.9H3.7L.8 8.3V3.7Z M3.6 5.2v1.6h4.8V5.2Z"
      fill="currentColor"
      fillRule="evenodd"
    />
  ),
  busy: (
    <path
      d="M6 1.75a4.25 4.25 0 1 1-4.25 4.25"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
    />
  ),
  off: <circle cx="6" cy="6" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

export const StatusIcon = ({ status, size = 12 }: { readonly status: Status; readonly size?: number }) => (
  <svg aria-hidden="true" width={size} height={size} viewBox="0 0 12 12" className={`t-${status}`}>
    {icons[status]}
  </svg>
);

const textClasses: Readonly<Record<Status, string>> = {
  ok: 't-text',
  busy: 't-text',
  off: 'dim',
  warn: 't-warn',
  error: 't-error',
};

/** Healthy and idle states keep plain words; only trouble colours them. */
export const StatusText = ({ status, children }: { readonly status: Status; readonly children: ReactNode }) => (
  <span className={`status ${textClasses[status]}`}>
    <StatusIcon status={status} />
    {children}
  </span>
);
