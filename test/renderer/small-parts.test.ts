import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { FilterChip, toggled } from '../../src-renderer/components/filter-chip.tsx';
import { ModelName } from '../../src-renderer/components/model-name.tsx';
import { Ring } from '../../src-renderer/components/ring.tsx';

describe('filter chips', () => {
  const none: ReadonlySet<string> = new Set();

  test('one is chosen at a time, and choosing it again frees the list', () => {
    const failed = toggled(none, 'failed', false);
    expect([...failed]).toEqual(['failed']);
    expect([...toggled(failed, 'running', false)]).toEqual(['running']);
    expect([...toggled(failed, 'failed', false)]).toEqual([]);
  });

  test('with Ctrl a chip joins the others and leaves them', () => {
    const both = toggled(new Set(['failed']), 'running', true);
    expect([...both]).toEqual(['failed', 'running']);
    expect([...toggled(both, 'failed', true)]).toEqual(['running']);
  });

  test('a count of nothing stays', () => {
    const props = { label: 'Failed', on: false, count: 0, status: 'error' as const, onToggle: () => undefined };
    const chip = renderToStaticMarkup(createElement(FilterChip, props));
    expect(chip).toContain('aria-pressed="false"');
    expect(chip).toMatch(/Failed<span class="tn dim">0</);
  });
});

test('a ring shows the share that is left', () => {
  const around = 2 * Math.PI * 4.25;
  expect(renderToStaticMarkup(createElement(Ring, { left: 0.5 }))).toContain(
    `stroke-dasharray="${around / 2} ${around}"`,
  );
  expect(renderToStaticMarkup(createElement(Ring, {}))).toContain('ring-waiting');
});

describe('the name of a model', () => {
  const model = (asked: string, used?: string) =>
    renderToStaticMarkup(createElement(ModelName, { asked, ...(used !== undefined && { used }) }));

  test('names the one that answered only where it is another', () => {
    expect(model('sonnet', 'sonnet')).not.toContain('→');
    expect(model('best', 'claude-opus-5')).toMatch(/best.*→.*claude-opus-5/);
  });

  test('keeps its end when it is long', () => {
    expect(model(`${'x'.repeat(90)}-2026-11-30`)).toContain('<span>2026-11-30</span>');
  });
});
