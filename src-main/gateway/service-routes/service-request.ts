// A call of a route as the request that the pipeline runs.
import type { Config } from '../../../src-shared/config.ts';
import type { Provider } from '../../providers/provider.ts';
import { RequestError } from '../model/errors/request-error.ts';
import type { ServiceRequest } from '../request/service-request.ts';
import { UploadError } from '../uploads/upload-error.ts';
import type { ServiceCall } from './call.ts';
import type { Owned, Owners } from './owners.ts';
import { passPlan } from './pass-plan.ts';
import { notServed, offersFor, supportOf } from './support.ts';
import { translatePlan } from './translate-plan.ts';

export interface ServiceContext {
  readonly config: Config;
  readonly providers: readonly Provider[];
  readonly owners: Owners;
}

export function serviceRequest(
  call: ServiceCall,
  { config, providers, owners }: ServiceContext,
  owned: Owned,
): ServiceRequest {
  const { route, path, model, body, format } = call;
  const isOwned = route.model === 'owner';
  let keeps = false;
  return {
    action: 'service',
    format,
    model,
    isOwned,
    offers: (pool, named) => (isOwned ? owners.offers(route, pool, owned) : offersFor(route, model, pool, named)),
    notServed: () => notServed({ route, path, model }, providers),
    isRepeatable: () => body.kind !== 'upload' || keeps || (body.upload.isEnded && body.upload.isRepeatable),
    choose: (candidates) => {
      keeps = candidates.length > 1;
    },
    plan: async (candidate, context) => {
      const { credential } = candidate;
      if (supportOf(route, credential.upstream, candidate.model) !== 'translate') {
        const onOwned = (ids: readonly unknown[]) => owners.learn(ids, credential);
        return passPlan(call, candidate, { keeps, ...(route.owns && { onOwned }) });
      }
      try {
        const imageBaseModel = config['image-base-model'];
        return await translatePlan(call, candidate, { ...context, keeps, imageBaseModel });
      } catch (error) {
        if (error instanceof UploadError) throw new RequestError(error.message, undefined, undefined, error.status);
        throw error;
      }
    },
  };
}
