// Handlers of the local certificate.
import type { localCertificateContract } from '../../../src-shared/contract/local-certificate.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { ConfigStore } from '../../config/store/config-store.ts';
import type { LocalCertificates } from '../../config/tls/local-certificates.ts';

export function localCertificateHandlers(
  config: ConfigStore,
  certificates: LocalCertificates,
): Implementation<typeof localCertificateContract> {
  return {
    'local-certificate.get': async () => ({ certificate: (await certificates.read()) ?? null }),
    'local-certificate.create': async ({ names, enable }, actor) => {
      const certificate = await certificates.create(names);
      const { cert, key } = certificate;
      const values = Object.entries({ enable: true, cert, key });
      if (enable) await config.edit(() => values.map(([name, value]) => ({ path: ['tls', name], value })), actor);
      return { certificate };
    },
  };
}
