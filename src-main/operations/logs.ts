// Handlers of the log and the request logs.
import type { logsContract } from '../../src-shared/contract/logs.ts';
import type { Implementation } from '../../src-shared/operation.ts';
import { Problem } from '../../src-shared/problem.ts';
import type { ConfigStore } from '../config/store/config-store.ts';
import type { LogFile } from '../logs/log-file.ts';
import type { RequestLogs } from '../logs/request-logs.ts';

export function logHandlers(
  config: ConfigStore,
  logFile: LogFile,
  requestLogs: RequestLogs,
): Implementation<typeof logsContract> {
  const requireLogging = () => {
    if (!config.current.config['logging-to-file']) throw new Problem('logging_disabled');
  };
  return {
    'logs.get': (input) => {
      requireLogging();
      return logFile.read(input);
    },
    'recent-log.get': () => ({ lines: [...logFile.recentLines()] }),
    'logs.clear': async () => {
      requireLogging();
      const removed = await logFile.clear();
      return { status: 'ok', success: true, message: 'Logs cleared successfully', removed };
    },
    'request-error-logs.list': async () => ({ files: [...(await requestLogs.listErrors())] }),
    'request-error-logs.get': ({ name }) => requestLogs.readError(name),
    'request-log-by-id.get': ({ id }) => requestLogs.readById(id),
  };
}
