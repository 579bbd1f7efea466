// HTTPS without a certificate from outside: an authority of this computer, and a certificate by it.
import { z } from 'zod';
import { operation } from '../operation.ts';

const localCertificate = z.object({
  /** The certificate of the authority, in PEM: what other devices have to trust. */
  authority: z.string(),
  authorityFile: z.string(),
  /** For `tls.cert` and `tls.key`. */
  cert: z.string(),
  key: z.string(),
  /** Names and addresses that the certificate is for. */
  names: z.array(z.string()),
  /** RFC 3339. */
  expires: z.string(),
});
export type LocalCertificate = z.output<typeof localCertificate>;

export const localCertificateContract = {
  'local-certificate.get': operation({
    summary: 'Read the certificate that this program has made for its computer',
    input: z.undefined(),
    output: z.object({ certificate: localCertificate.nullable() }),
    http: { method: 'GET', path: '/local-certificate' },
  }),
  'local-certificate.create': operation({
    summary:
      'Make a certificate for the names and addresses of this computer, and the authority behind it if there is none',
    input: z.object({
      /** Further names and addresses. */
      names: z.array(z.string()).max(50).default([]),
      /** Whether the config is to use it: HTTPS from then on. */
      enable: z.boolean().default(false),
    }),
    output: z.object({ certificate: localCertificate }),
    http: { method: 'POST', path: '/local-certificate', body: 'json' },
  }),
};
