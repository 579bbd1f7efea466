// Told by electron-builder when a platform's folder is packed: says how large it is, and our part of it.
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}

export function afterPack({ appOutDir, packager }) {
  const asar = path.join(packager.getResourcesDir(appOutDir), 'app.asar');
  console.log(`  • size  app.asar=${megabytes(statSync(asar).size)} all=${megabytes(sizeOf(appOutDir))}`);
}
