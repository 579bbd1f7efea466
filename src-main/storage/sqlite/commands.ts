// What the thread of the database can be told, by name. Each command runs on an open database.
import type { DatabaseSync } from 'node:sqlite';
import type { UsageHour } from '../../../src-shared/contract/usage-history.ts';
import type { CounterLimit, CounterWindow } from '../counters.ts';
import type {
  ActivityQuery,
  CostStepsQuery,
  PageQuery,
  ResponseTimesQuery,
  Retention,
  StoredRequest,
  SumsQuery,
} from '../ledger.ts';
import type { StoredLimits } from '../limit-store.ts';
import type { EarlierUsage } from '../usage-hours.ts';
import type { WaitingDelivery } from '../webhook-queue.ts';
import { CounterTable } from './counter-table.ts';
import { checkDatabase } from './database-file.ts';
import { readActivity } from './request-activity.ts';
import { readPage } from './request-pages.ts';
import { readCostSteps, readSums } from './request-sums.ts';
import { RequestTable } from './request-table.ts';
import { readResponseTimes } from './response-times.ts';
import { type CooldownChanges, cooldownTable, deliveryTable, limitTable, ownerTable } from './small-tables.ts';
import { UsageTable } from './usage-table.ts';

/** The open database with its prepared statements. */
export function createCommands(database: DatabaseSync) {
  const requests = new RequestTable(database);
  const usage = new UsageTable(database);
  const counters = new CounterTable(database);
  return {
    /** JSON of `StoredRequest[]`: one text crosses threads faster than many objects. */
    addRequests: (json: string) => requests.add(JSON.parse(json) as StoredRequest[]),
    page: (query: PageQuery) => readPage(database, query),
    one: (id: string) => requests.one(id),
    clearRequests: () => requests.clear(),
    sums: (query: SumsQuery) => readSums(database, query),
    costSteps: (query: CostStepsQuery) => readCostSteps(database, query),
    activity: (query: ActivityQuery) => readActivity(database, query),
    responseTimes: (query: ResponseTimesQuery) => readResponseTimes(database, query),
    /** Reads the whole file. What it finds damaged is set aside like any other damage. */
    check: () => checkDatabase(database),
    prune: ({ retention, now }: { retention: Retention; now: number }) => {
      counters.prune(now);
      return requests.prune(retention, now);
    },
    loadUsage: () => usage.load(),
    addUsage: (hours: readonly UsageHour[]) => usage.add(hours),
    setUsageKept: (kept: boolean) => usage.setKept(kept),
    takeUsageOver: (earlier: EarlierUsage) => usage.takeOver(earlier),
    reserve: (of: { client: string; windows: readonly CounterWindow[]; limits: readonly CounterLimit[] }) =>
      counters.reserve(of.client, of.windows, of.limits),
    giveBack: (of: { client: string; windows: readonly CounterWindow[] }) => counters.giveBack(of.client, of.windows),
    book: (of: { client: string; windows: readonly CounterWindow[]; used: { tokens: number; cost: number } }) =>
      counters.book(of.client, of.windows, of.used),
    used: (of: { clients: readonly string[]; windows: readonly CounterWindow[] }) =>
      counters.used(of.clients, of.windows),
    loadLimits: () => limitTable.load(database),
    saveLimits: (limits: readonly StoredLimits[]) => limitTable.save(database, limits),
    loadCooldowns: () => cooldownTable.load(database),
    saveCooldowns: (changes: CooldownChanges) => cooldownTable.save(database, changes),
    findOwner: (id: string) => ownerTable.find(database, id),
    saveOwner: (of: { ids: readonly string[]; credential: string }) => ownerTable.save(database, of.ids, of.credential),
    loadDeliveries: () => deliveryTable.load(database),
    saveDeliveries: (of: { deliveries: readonly WaitingDelivery[]; max: number }) =>
      deliveryTable.save(database, of.deliveries, of.max),
    removeDeliveries: (ids: readonly string[]) => deliveryTable.remove(database, ids),
    firstTime: ({ name, now }: { name: string; now: number }) => deliveryTable.firstTime(database, name, now),
    lease: (of: { owner: string; ms: number; now: number }) => deliveryTable.lease(database, of),
  };
}

type Commands = ReturnType<typeof createCommands>;
export type CommandName = keyof Commands;
export type CommandInput<N extends CommandName> = Parameters<Commands[N]>[0];
export type CommandResult<N extends CommandName> = Awaited<ReturnType<Commands[N]>>;
