// The starts of the logins.
import { z } from 'zod';
import { type Operation, operation } from '../../operation.ts';
import { loginFlows } from '../../provider-row.ts';
import type { LoginName } from '../../providers.ts';
import { nonEmpty, present } from '../../wire.ts';

const loginInput = z.object({
  /** Whether to open a listener on the provider's own port. */
  listen: z.boolean().default(false),
  projectId: z.string().optional(),
  proxyUrl: z.string().optional(),
  /** Which of the provider's flows. Default: the first one. */
  flow: z.enum(loginFlows).optional(),
});
export type LoginInput = z.output<typeof loginInput>;
export const loginStarted = z.object({
  status: z.literal('ok'),
  state: z.string(),
  url: z.string(),
  /** `device`: nothing comes back to this machine, the provider is polled. Left out for logins in the browser. */
  flow: z.literal('device').optional(),
  /** What the person types on the provider's page, for device logins. */
  user_code: z.string().optional(),
  /** Seconds until the login is given up. */
  expires_in: z.number().optional(),
});

export type LoginStarted = z.output<typeof loginStarted>;

export type LoginRows<N extends string> = {
  readonly [P in `${N}-login.start`]: Operation<typeof loginInput, typeof loginStarted>;
};

const truthy: ReadonlySet<string> = new Set(['1', 'true', 'yes', 'on']);

/** The start of each login. */
export const loginRows = (names: readonly string[]): LoginRows<LoginName> =>
  // Whoever names logins that are not in the table knows that their types are not in the result.
  Object.assign({}, ...names.map(loginRow));

function loginRow(name: string): Readonly<Record<string, Operation>> {
  return {
    [`${name}-login.start`]: operation({
      summary: `Start a ${name} login`,
      input: loginInput,
      output: loginStarted,
      http: {
        method: 'GET',
        path: `/${name}-auth-url`,
        query: ['is_webui', 'project_id', 'proxy_url', 'flow'],
        decode: ({ query }) =>
          present({
            listen: truthy.has((query.is_webui ?? '').trim().toLowerCase()),
            projectId: nonEmpty(query.project_id),
            proxyUrl: nonEmpty(query.proxy_url),
            flow: nonEmpty(query.flow),
          }),
      },
    }),
  };
}
