// Usage as files, out and in.
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import { day } from '../../components/format.ts';
import { maskKey } from '../../components/mask.ts';
import { saveText } from '../../components/save-text.ts';
import { attempt, toastDone } from '../../components/toast.tsx';
import { text } from '../../i18n/i18n.ts';
import { call, invalidate } from '../../state/client.ts';
import type { Period } from './period.ts';

const columns = ['requests', 'failed', 'input', 'output', 'reasoning', 'cached', 'total'] as const;

/** A field by RFC 4180. What a spreadsheet would run as a formula is made text. */
function field(value: string | number): string {
  const content = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(content) ? `"${content.replaceAll('"', '""')}"` : content;
}

const fileName = (ending: string) => `usage-${day(Date.now())}.${ending}`;

/** One line per hour, client key, model and source. Keys are masked. */
export function exportCsv(hours: readonly UsageHour[]): void {
  const rows = hours.map((hour) => [
    new Date(hour.hour * 1000).toISOString(),
    hour.api.includes(' ') ? hour.api : maskKey(hour.api),
    hour.model,
    hour.source,
    ...columns.map((name) => hour[name]),
  ]);
  const head = ['hour', 'client_key', 'model', 'source', ...columns];
  saveCsv(fileName('csv'), [head, ...rows]);
}

function saveCsv(name: string, rows: readonly (readonly (string | number)[])[]): void {
  const content = rows.map((row) => row.map(field).join(',')).join('\r\n');
  saveText(name, `${content}\r\n`, 'text/csv');
}

/** One line per local day or hour, model, and kind of credential, in US dollars. Unknown costs are empty, not 0. */
export async function exportCosts({ from, to, step }: Period): Promise<void> {
  await attempt(text('usage.exportFailed'), async () => {
    const { steps } = await call('costs.history', {
      step: step === 'hour' ? 'hour' : 'day',
      from: String(from),
      to: String(to),
    });
    const head = ['start', 'model', 'billed', 'requests', 'usd', 'without_price', 'tokens', 'saved_by_cache_usd'];
    const rows = steps.map((one) => [
      new Date(one.start).toISOString(),
      one.model,
      String(one.billed),
      one.requests,
      one.usd ?? '',
      one.unknown,
      one.tokens,
      one.saved,
    ]);
    saveCsv(`costs-${day(Date.now())}.csv`, [head, ...rows]);
  });
}

/** The document that can be imported again, here or elsewhere. */
export async function exportJson(): Promise<void> {
  await attempt(text('usage.exportFailed'), async () => {
    saveText(fileName('json'), JSON.stringify(await call('usage.export'), null, 2), 'application/json');
  });
}

export function importUsage(): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'application/json,.json';
  input.addEventListener('change', () => void take(input.files?.[0]));
  input.click();
}

async function take(file: File | undefined): Promise<void> {
  if (!file) return;
  await attempt(text('usage.importFailed'), async () => {
    const { added, skipped } = await call('usage.import', { document: JSON.parse(await file.text()) });
    toastDone({ title: text('usage.imported', { count: added }), detail: text('usage.skipped', { count: skipped }) });
    await invalidate('usage-history.get');
  });
}
