// Handlers of the checks and of the report for asking for help.
import type { CompatibilityProvider, KeyEntry } from '../../src-shared/config.ts';
import type { diagnosticsContract } from '../../src-shared/contract/diagnostics.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import { diagnosticsText } from '../diagnostics/diagnostics.ts';
import { type AppDataState, type HistoryState, runDoctor } from '../diagnostics/doctor.ts';
import { findLocalServers } from '../diagnostics/local-servers.ts';
import { proxyTarget, testedKey, testOneToken, testProvider, testProxy } from '../diagnostics/provider-test.ts';
import { providerPresets, recognizeProvider } from '../diagnostics/recognize-provider.ts';
import type { LogFile } from '../logs/log-file.ts';
import { modelFacts, priceOf } from '../models/model-facts.ts';
import type { Dispatchers } from '../net/dispatchers.ts';
import type { Provider } from '../providers/provider.ts';

export interface DiagnosticsParts {
  readonly config: ConfigStore;
  readonly accounts: Accounts;
  readonly logFile: LogFile;
  readonly dispatchers: Dispatchers;
  readonly providers: readonly Provider[];
  readonly appData: AppDataState;
  readonly storage: HistoryState;
  readonly version: string;
  /** Base address for clients. */
  readonly address: () => string;
}

const diagnosticLines = 200;

function publishedFacts(models: readonly string[]) {
  return models.flatMap((id) => {
    const { contextTokens } = modelFacts(id);
    const price = priceOf(id);
    if (contextTokens === undefined && price === undefined) return [];
    return [{ id, contextTokens, inputUsd: price?.input, outputUsd: price?.output }];
  });
}

export function diagnosticsHandlers({
  config,
  accounts,
  logFile,
  dispatchers,
  providers,
  appData,
  storage,
  version,
  address,
}: DiagnosticsParts): Implementation<typeof diagnosticsContract> {
  const proxyUrl = () => config.current.config['proxy-url'];
  return {
    'doctor.run': async ({ scope }) => ({
      checks: await runDoctor({
        config,
        dispatchers,
        address,
        logDirectory: logFile.directory,
        appData,
        history: storage,
        scope,
        providers,
      }),
    }),
    'provider-test.run': async ({ list, entry, ask }) => {
      const provider = providers.find(({ row }) => row.keys?.list === list);
      if (provider === undefined) throw new Problem('invalid_value');
      const tested = testedKey(provider, entry as KeyEntry & CompatibilityProvider);
      const result = await (ask === 'token' ? testOneToken : testProvider)(tested, { dispatchers, proxyUrl });
      return { ...result, facts: publishedFacts(result.models) };
    },
    'provider.recognize': ({ text }) => {
      const { presets: fitting, ...rest } = recognizeProvider(text);
      const presets = rest.kind === 'unknown' ? providerPresets : fitting;
      return { ...rest, presets: presets.map(({ prefixes: _, ...preset }) => preset) };
    },
    'local-servers.find': async () => ({ servers: await findLocalServers(dispatchers) }),
    'proxy-test.run': ({ url }) => testProxy(url, proxyTarget, dispatchers),
    'diagnostics.get': async () => {
      const logging = config.current.config['logging-to-file'];
      return {
        text: diagnosticsText({
          version,
          address: address(),
          config: config.current.config,
          accounts: accounts.describe(),
          logLines: logging ? (await logFile.read({ limit: diagnosticLines })).lines : [],
        }),
      };
    },
  };
}
