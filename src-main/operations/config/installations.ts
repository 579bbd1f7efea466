// Handlers of other installations on this computer.
import type { installationsContract } from '../../../src-shared/contract/installations.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import { unsupportedFile } from '../../accounts/unsupported.ts';
import type { AuthFiles } from '../../auth-files/auth-files.ts';
import type { ConfigStore } from '../../config/store/config-store.ts';
import { copyInstallation } from '../../migration/copy-installation.ts';
import { findInstallations } from '../../migration/installations.ts';

export function installationHandlers(
  config: ConfigStore,
  authFiles: AuthFiles,
): Implementation<typeof installationsContract> {
  const here = {
    config,
    authFiles,
    judge: (file: Parameters<typeof unsupportedFile>[0]) => unsupportedFile(file)?.message,
  };
  return {
    'installations.list': ({ directory }) => ({ installations: findInstallations(here, directory) }),
    'installations.copy': (input, actor) => copyInstallation(here, input, actor),
  };
}
