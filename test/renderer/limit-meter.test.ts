// Limits and the last 24 hours of an account, as they are drawn and said.
import { MantineProvider } from '@mantine/core';
import i18next from 'i18next';
import { createElement, type ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { beforeAll, describe, expect, test } from 'vitest';
import { LifeLegend, LifeLine, type LifeSlot, slotText } from '../../src-renderer/components/life-line.tsx';
import { LimitMeter } from '../../src-renderer/components/limit-meter.tsx';
import {
  goneShare,
  type LimitWindow,
  limitLevel,
  renewalText,
  usedShare,
  usedText,
} from '../../src-renderer/components/limit-window.ts';
import { en } from '../../src-renderer/i18n/en/index.ts';

const now = Date.parse('2026-11-30T14:35:00Z');
const minute = 60_000;
const window = (used: number, leftMs: number | null, id = '5h'): LimitWindow => ({
  id,
  label: '5h',
  used,
  resets_at: leftMs === null ? null : new Date(now + leftMs).toISOString(),
});
const seen = (ageMs = 0) => ({ seen_at: new Date(now - ageMs).toISOString(), from: 'answer' }) as const;
const draw = (node: ReactNode) => renderToStaticMarkup(createElement(MantineProvider, null, node));

beforeAll(async () => {
  await i18next.use(initReactI18next).init({ lng: 'en', resources: { en: { translation: en } } });
});

describe('a window of a limit', () => {
  test.each([
    [0.34, 'ok'],
    [0.79, 'ok'],
    [0.8, 'high'],
    [1, 'reached'],
  ] as const)('%d used is %s', (used, level) => {
    expect(limitLevel(window(used, 60 * minute), seen(), now)).toBe(level);
  });

  test('numbers older than 15 minutes say when they were seen', () => {
    expect(limitLevel(window(0.12, 60 * minute), seen(16 * minute), now)).toBe('old');
    expect(renewalText(window(0.12, 60 * minute), seen(6 * 60 * minute), now)).toBe('seen 6 h ago');
  });

  test('a reset that has passed frees the window', () => {
    const passed = window(1, -minute);
    expect(usedShare(passed, now)).toBe(0);
    expect(renewalText(passed, seen(), now)).toBe('renewed');
    expect(limitLevel(passed, seen(), now)).toBe('ok');
  });

  test.each([
    ['5h', 132 * minute, 0.56],
    ['7d', 3.5 * 24 * 60 * minute, 0.5],
    ['90m', 45 * minute, 0.5],
  ])('%s with %d ms left is at %d of its time', (id, left, gone) => {
    expect(goneShare(window(0, left, id), now)).toBeCloseTo(gone);
  });

  test('without a known length or end there is no tick', () => {
    expect(goneShare(window(0.2, minute, 'requests'), now)).toBeUndefined();
    expect(goneShare(window(0.2, null), now)).toBeUndefined();
  });

  test('what is left is said in hours and minutes', () => {
    expect(renewalText(window(0, 132 * minute), seen(), now)).toBe('2 h 12 min');
    expect(renewalText(window(0, 120 * minute), seen(), now)).toBe('2 h');
    expect(renewalText(window(0, 18 * minute), seen(), now)).toBe('18 min');
  });

  test('nearly used up is never said to be used up', () => {
    expect(usedText(window(0.999, minute), now)).toBe('99 %');
    expect(usedText(window(1.3, minute), now)).toBe('Used up');
  });
});

describe('the meter', () => {
  test('has a name, a number and a sentence for those who do not see it', () => {
    const meter = draw(
      createElement(LimitMeter, {
        window: window(0.86, 60 * minute),
        source: seen(),
        name: 'a@b.example, 5 hours',
        now,
      }),
    );
    expect(meter).toContain('role="meter"');
    expect(meter).toContain('aria-label="a@b.example, 5 hours"');
    expect(meter).toContain('aria-valuenow="86"');
    expect(meter).toContain('5 hours: 86 %.');
  });

  test('is a dash for what is not known', () => {
    const props = { window: undefined, source: undefined, name: 'a', now, inline: true };
    expect(draw(createElement(LimitMeter, props))).toContain('–');
  });
});

describe('the life line', () => {
  const slot = (state: LifeSlot['state'], answered = 0, refused = 0): LifeSlot => ({
    start: new Date(2026, 10, 30, 13).getTime(),
    state,
    answered,
    refused,
  });

  test('says what a half hour held', () => {
    expect(slotText(i18next.t, slot('refused', 14, 1))).toBe('13:00–13:30: 14 answered, 1 refused');
    expect(slotText(i18next.t, slot('cooling'))).toBe('13:00–13:30: Cooling');
  });

  test('tells states apart by height', () => {
    const states = ['answered', 'ready', 'refused', 'off'] as const;
    const slots = states.map((state, index) => ({ ...slot(state), start: index }));
    const line = draw(createElement(LifeLine, { slots, name: 'a@b.example', onOpen: () => undefined }));
    expect([...line.matchAll(/ height="(\d+)"/g)].slice(1).map(([, tall]) => tall)).toEqual(['12', '5', '16', '1']);
    expect(draw(createElement(LifeLegend))).toContain('Cooling');
  });
});
