// The start of a provider's login.
import { z } from 'zod';
import { type Operation, operation } from '../../operation.ts';
import { nonEmpty, present } from '../../wire.ts';

const loginInput = z.object({
  /** Whether to open a listener on the provider's own port. */
  listen: z.boolean().default(false),
  projectId: z.string().optional(),
  proxyUrl: z.string().optional(),
});
export const loginStarted = z.object({
  status: z.literal('ok'),
  state: z.string(),
  url: z.string(),
  /** What the person types on the provider's page, for device logins. */
  userCode: z.string().optional(),
  /** Seconds until the login is given up. */
  expiresIn: z.number().optional(),
});

export type LoginRows<N extends string> = {
  readonly [P in `${N}-login.start`]: Operation<typeof loginInput, typeof loginStarted>;
};

/** The start of one provider's login. */
export function loginRow<const N extends string>(name: N): LoginRows<N> {
  const truthy = new Set(['1', 'true', 'yes', 'on']);
  return {
    [`${name}-login.start`]: operation({
      summary: `Start a ${name} login`,
      input: loginInput,
      output: loginStarted,
      http: {
        method: 'GET',
        path: `/${name}-auth-url`,
        query: ['is_webui', 'project_id', 'proxy_url'],
        decode: ({ query }) =>
          present({
            listen: truthy.has((query.is_webui ?? '').trim().toLowerCase()),
            projectId: nonEmpty(query.project_id),
            proxyUrl: nonEmpty(query.proxy_url),
          }),
      },
    }),
  } as unknown as LoginRows<N>;
}
