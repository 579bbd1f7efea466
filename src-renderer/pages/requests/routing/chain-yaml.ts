// A chain of models as it will stand in the config file.
import { yamlScalar } from '../../../components/yaml-scalar.ts';

export const chainYaml = (name: string, models: readonly string[]): string =>
  ['model-chains:', `  ${yamlScalar(name)}:`, ...models.map((model) => `    - ${yamlScalar(model)}`)].join('\n');
