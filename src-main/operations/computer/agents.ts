// Handlers of the user's own tools.
import type { agentsContract } from '../../../src-shared/contract/agents.ts';
import type { Implementation } from '../../../src-shared/operation.ts';
import type { Agents } from '../../agents/agents.ts';

export const agentHandlers = (agents: Agents): Implementation<typeof agentsContract> => ({
  'agents.list': async () => ({ agents: await agents.list() }),
  'agents.preview': ({ id, action, options, keepProvider }) => agents.preview(id, action, options, keepProvider),
  'agents.apply': ({ id, options, revision, overwrite }, actor) =>
    agents.apply(id, options, { revision, overwrite }, actor),
  'agents.restore': ({ id, keepProvider }, actor) => agents.restore(id, { keepProvider }, actor),
  'agents.verify': ({ id }) => agents.verify(id),
});
