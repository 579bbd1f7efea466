// Saves the diagnostics report where the person wants it.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { app, dialog } from 'electron';
import type { AppHost } from '../app-host/app-host.ts';

export async function saveDiagnostics(appHost: AppHost): Promise<void> {
  const defaultPath = path.join(app.getPath('documents'), 'cli-proxy-desktop-diagnostics.txt');
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath });
  if (canceled || filePath === '') return;
  const report = await appHost.dispatch('diagnostics.get', undefined, { kind: 'window' });
  await writeFile(filePath, report.text, { mode: 0o600 });
}
