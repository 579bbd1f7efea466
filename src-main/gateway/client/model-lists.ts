// The offered models as clients see them.
import type { ListedModel, ModelList } from '../formats/client-side.ts';
import type { OfferedModel } from '../routing/credential.ts';
import { inputLimit, limitsOf, listedSince } from '../routing/static-models.ts';

function listed({ name, owner, upstream }: OfferedModel): ListedModel {
  const maxInput = inputLimit(upstream);
  const { maxOutput } = limitsOf(upstream);
  return {
    name,
    owner,
    created: listedSince,
    ...(maxInput === undefined ? {} : { maxInput }),
    ...(maxOutput === undefined ? {} : { maxOutput }),
  };
}

export const describeModel = (model: OfferedModel, list: ModelList): unknown => list.model(listed(model));

export const describeModels = (models: readonly OfferedModel[], list: ModelList): unknown =>
  list.models(models.map(listed));
