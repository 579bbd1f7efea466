// The config document: the settings and the lists that the program reads. Unknown keys are kept, never listed.
import { z } from 'zod';
import { maxWeight } from './account-fields.ts';
import { clientPolicies } from './client-policies.ts';
import { modelChains } from './model-chains.ts';
import { modelAbilitiesSchema, modelPriceSchema } from './model-facts.ts';
import { prices } from './prices.ts';
import { bareKeys, compatibleList, type KeyListName, keyListNames } from './providers.ts';
import { nestSettings } from './setting-paths.ts';
import { meantBy, type Setting, type SettingGroup, type SettingsTable, settings } from './settings.ts';
import { webhooks } from './webhooks.ts';

const text = z.string().default('');

/** A model offered by a provider: the provider's name and the name clients use. */
export const modelAlias = z.looseObject({
  name: z.string().optional(),
  alias: z.string().optional(),
  /** For accounts: the model is listed under its own name too. */
  fork: z.boolean().optional(),
  /** Responses name the alias as their model. */
  'force-mapping': z.boolean().optional(),
});

const headers = z.record(z.string(), z.string());

/** Its share of the requests while the strategy is `weighted-round-robin`; none at zero. A fraction is an error. */
export const entryWeight = z
  .int()
  .min(0, 'a weight must not be negative')
  .max(maxWeight, `a weight is at most ${maxWeight}`);

/** How a key is chosen among others that offer the same model. */
const choice = {
  /** Requests at the same time; absent or 0: any number. */
  'max-concurrent': z.int().min(0, 'must not be negative').optional(),
  /** Keys with a higher one are asked first. */
  priority: z.int().optional(),
  weight: entryWeight.optional(),
};

/** What entries of all lists of keys have. */
const entryOptions = {
  ...choice,
  /** Clients may name it, with a slash, before a model. */
  prefix: z.string().optional(),
  note: z.string().optional(),
  /** Further rounds of attempts; a negative one means that of the config. */
  'request-retry': z.int().optional(),
  'disable-cooling': z.boolean().optional(),
};

/**
 * One key of a provider. The entries of all lists of API keys have these fields.
 * Fields stay optional so that writing a list back adds nothing to the entries that were not touched.
 */
export const keyEntry = z.looseObject({
  'api-key': z.string().optional(),
  'base-url': z.string().optional(),
  'proxy-url': z.string().optional(),
  headers: headers.optional(),
  models: z.array(modelAlias).optional(),
  'excluded-models': z.array(z.string()).optional(),
  /** Whether services of the Responses API are asked over a WebSocket for clients that ask over one. */
  websockets: z.boolean().optional(),
  disabled: z.boolean().optional(),
  ...entryOptions,
});

export const compatibilityKey = z.looseObject({
  'api-key': z.string().optional(),
  'proxy-url': z.string().optional(),
  ...choice,
});

/** One OpenAI-compatible provider with its keys. `api-keys` is the legacy form of `api-key-entries`. */
export const compatibilityProvider = z.looseObject({
  name: z.string().optional(),
  'base-url': z.string().optional(),
  'api-keys': z.array(z.string()).optional(),
  'api-key-entries': z.array(compatibilityKey).optional(),
  models: z.array(modelAlias).optional(),
  /** Whether earlier reasoning goes back as `reasoning_content`; absent: as each model is known to want it. */
  'reasoning-history': z.boolean().optional(),
  headers: headers.optional(),
  'excluded-models': z.array(z.string()).optional(),
  disabled: z.boolean().optional(),
  ...entryOptions,
});

const paths = z.array(z.string());
const values = z.array(z.record(z.string(), z.unknown()));

/** Which requests a rule of `payload` is for: all that it says must hold. */
const payloadModel = z.looseObject({
  name: z.string().optional(),
  protocol: z.string().optional(),
  'from-protocol': z.string().optional(),
  headers: headers.optional(),
  match: values.optional(),
  'not-match': values.optional(),
  exist: paths.optional(),
  'not-exist': paths.optional(),
});

const payloadRules = <P extends z.ZodType>(params: P) =>
  z.array(z.looseObject({ models: z.array(payloadModel).default([]), params })).default([]);
const setRules = () => payloadRules(z.record(z.string(), z.unknown()).default({}));

/** What is changed in the bodies that go upstream, in this order. */
const payload = z
  .looseObject({
    default: setRules(),
    'default-raw': setRules(),
    override: setRules(),
    'override-raw': setRules(),
    filter: payloadRules(paths.default([])),
  })
  .prefault({});

/** What the user knows of models that a name or pattern (`*`) means; it wins over our own facts. */
export const ownModelFacts = z.looseObject({
  model: z.string(),
  price: modelPriceSchema.optional(),
  ...modelAbilitiesSchema.shape,
});

/** The name that `oauth-model-alias` had before. */
export const olderAliases = 'oauth-model-mappings';

const inlineProvider = z.looseObject({ name: text, type: text, 'api-keys': z.array(z.string()).default([]) });

/** A field for each list of API keys. */
export const keyListFields = <V extends z.ZodType>(list: V): Readonly<Record<KeyListName, V>> =>
  Object.fromEntries(keyListNames.map((name) => [name, list])) as Record<KeyListName, V>;

/** What stands in the config beside the settings. */
const lists = {
  'api-keys': z.array(z.string()).default([]),
  ...keyListFields(z.array(keyEntry).default([])),
  [bareKeys.bareList]: z.array(z.string()).default([]),
  [compatibleList]: z.array(compatibilityProvider).default([]),
  auth: z.looseObject({ providers: z.array(inlineProvider).default([]) }).prefault({}),
  'oauth-excluded-models': z.record(z.string(), z.array(z.string())).default({}),
  'oauth-model-alias': z.record(z.string(), z.array(modelAlias)).default({}),
  /** The client ids with which this program asks providers that have given it none, by provider. */
  'oauth-client-ids': z.record(z.string(), z.string()).default({}),
  [olderAliases]: z.record(z.string(), z.array(modelAlias)).default({}),
  'model-facts': z.array(ownModelFacts).default([]),
  payload,
  'model-chains': modelChains.default({}),
  'client-policies': clientPolicies.default([]),
  prices: prices.default([]),
  webhooks: webhooks.default([]),
};

type Field<T extends SettingsTable, P extends keyof T> = z.ZodDefault<T[P]['schema']>;
type SettingFields<T extends SettingsTable> = {
  [P in keyof T as P extends `${string}/${string}` ? never : P]: Field<T, P>;
} & {
  [G in SettingGroup<keyof T>]: z.ZodPrefault<
    z.ZodObject<{ [P in keyof T as P extends `${G}/${infer Name}` ? Name : never]: Field<T, P> }, z.core.$loose>
  >;
};

/** An unknown word reads as the default where a setting has several spellings: the notices tell of it. */
function settingField(row: Setting): z.ZodType {
  const field = row.schema as z.ZodType;
  if (row.read === undefined && row.negativeIsDefault === undefined) return field.default(row.default);
  return z.preprocess((value) => meantBy(row, value) ?? row.default, field).prefault(row.default);
}

/** The schema of each setting with its default, those of one group inside an object of their own. */
function settingFields<T extends SettingsTable>(table: T): SettingFields<T> {
  const fields = Object.entries(table).map(([path, row]): [string, z.ZodType] => [path, settingField(row)]);
  const nested = Object.entries(nestSettings(fields)).map(([name, field]) => [
    name,
    field instanceof z.ZodType ? field : z.looseObject(field).prefault({}),
  ]);
  // Its type says per path what the two lines above do for all of them.
  return Object.fromEntries(nested) as SettingFields<T>;
}

/** The document as it is read, with these settings in it. */
export const createConfigSchema = <T extends SettingsTable>(table: T) =>
  z.looseObject({ ...settingFields(table), ...lists });

export const configSchema = createConfigSchema(settings);

export type ModelAlias = z.output<typeof modelAlias>;
export type KeyEntry = z.output<typeof keyEntry>;
export type CompatibilityKey = z.output<typeof compatibilityKey>;
export type CompatibilityProvider = z.output<typeof compatibilityProvider>;
/** A whole config, defaults filled in. */
export type Config = z.output<typeof configSchema>;
