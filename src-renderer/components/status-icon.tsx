// States as shapes: disc fine, arc waiting, triangle needs you, octagon failed, ring off. Words follow.
import type { ReactNode } from 'react';

export type Tone = 'ok' | 'warn' | 'error' | 'busy' | 'off';

/** One shape per tone on a 12 px grid, so that the meaning survives without colour. */
const shapes: Readonly<Record<Tone, ReactNode>> = {
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

export const Shape = ({ tone, size = 12 }: { readonly tone: Tone; readonly size?: number }) => (
  <svg aria-hidden="true" width={size} height={size} viewBox="0 0 12 12" className={`t-${tone}`}>
    {shapes[tone]}
  </svg>
);

const words: Readonly<Record<Tone, string>> = {
  ok: 't-text',
  busy: 't-text',
  off: 'dim',
  warn: 't-warn',
  error: 't-error',
};

/** Healthy and idle states keep plain words; only trouble colours them. */
export const Status = ({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) => (
  <span className={`status ${words[tone]}`}>
    <Shape tone={tone} />
    {children}
  </span>
);
