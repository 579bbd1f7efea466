// The toasts, newest below. Each counts down only while somebody can read it.
import { CloseButton } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';
import { useText } from '../i18n/i18n.ts';
import { useStore } from '../state/store.ts';
import { modifier } from './modifier.ts';
import { StatusIcon } from './status-icon.tsx';
import { undoToast } from './toast.tsx';
import { closeToast, closeToasts, currentPage, lastUndo, type Toast, toastStore } from './toast-store.ts';

const tickMs = 1_000;
/** How long a toast has been in front of somebody before it goes. Milliseconds. */
const readingMs = { ok: 8_000, error: 12_000 } as const;

export function Toasts() {
  const t = useText();
  const shown = useStore(toastStore);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page is what errors are about.
  useEffect(() => closeToasts(({ status, page }) => status === 'error' && page !== currentPage()), [pathname]);
  useToastKeys();
  const newest = shown.findLast(({ undo }) => undo);
  return (
    <section className="toasts" aria-label={t('toast.label')}>
      {shown.map((toast) => (
        <ToastNote key={toast.id} toast={toast} showsKeys={toast === newest} />
      ))}
    </section>
  );
}

/** Ctrl Z takes back the last action, Esc closes the newest toast; fields and what lies over the page come first. */
function useToastKeys(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // The editor lives in a shadow root, where `target` is only its host.
      const [target] = event.composedPath();
      const typing = target instanceof Element && target.closest('input, textarea, [contenteditable=true]') !== null;
      if (typing || event.defaultPrevented) return;
      if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'z') {
        const last = lastUndo();
        if (!last) return;
        event.preventDefault();
        undoToast(last);
      } else if (event.key === 'Escape' && document.querySelector('[role=dialog], [role=menu]') === null) {
        const newest = toastStore.get().at(-1);
        if (newest) closeToast(newest.id);
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function ToastNote({ toast, showsKeys }: { readonly toast: Toast; readonly showsKeys: boolean }) {
  const t = useText();
  const { id, status, title, detail, undo } = toast;
  const [left, setLeft] = useState<number>(readingMs[status]);
  const held = useRef(false);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.hasFocus() && !held.current) setLeft((before) => before - tickMs);
    }, tickMs);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) closeToast(id);
  }, [left, id]);
  const hold = (on: boolean) => () => {
    held.current = on;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only keeps it on screen.
    <div
      className="toast"
      role={status === 'error' ? 'alert' : 'status'}
      onPointerEnter={hold(true)}
      onPointerLeave={hold(false)}
      onFocus={hold(true)}
      onBlur={hold(false)}
    >
      <StatusIcon status={status} />
      <div className="toast-text">
        <div className="row">
          <span className="toast-title grow" title={title}>
            {title}
          </span>
          {undo && (
            <button type="button" className="plain link strong" onClick={() => undoToast(toast)}>
              {t('common.undo')}
            </button>
          )}
          {undo && showsKeys && <span className="kbd">{`${modifier} Z`}</span>}
          <Ring left={left / readingMs[status]} />
          <CloseButton size={20} iconSize={14} aria-label={t('common.close')} onClick={() => closeToast(id)} />
        </div>
        {detail && <div className="second toast-detail">{detail}</div>}
      </div>
    </div>
  );
}

const ringLength = 2 * Math.PI * 5;

/** The time that is left, of 1. */
const Ring = ({ left }: { readonly left: number }) => (
  <svg className="toast-ring" aria-hidden="true" width={12} height={12} viewBox="0 0 12 12">
    <circle className="toast-ring-track" cx="6" cy="6" r="5" />
    <circle cx="6" cy="6" r="5" strokeDasharray={ringLength} strokeDashoffset={ringLength * (1 - Math.max(0, left))} />
  </svg>
);
