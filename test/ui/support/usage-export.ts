// A usage export with requests of the last days, as `/usage/import` takes it.

/** `models` says how many requests each model had. */
export function usageExport(api: string, models: Readonly<Record<string, number>>, stepMs = 3_600_000) {
  const now = Date.now();
  const details = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      timestamp: new Date(now - 60_000 - index * stepMs).toISOString(),
      source: 'name@example.com',
      failed: index % 40 === 39,
      tokens: {
        input_tokens: 5000 + index,
        output_tokens: 800,
        reasoning_tokens: 100,
        cached_tokens: 2000,
        total_tokens: 5900 + index,
      },
    }));
  const none = { total_requests: 0, success_count: 0, failure_count: 0, total_tokens: 0 };
  return {
    version: 1,
    exported_at: new Date(now).toISOString(),
    usage: {
      ...none,
      apis: {
        [api]: {
          ...none,
          models: Object.fromEntries(
            Object.entries(models).map(([name, count]) => [
              name,
              { total_requests: count, total_tokens: 0, details: details(count) },
            ]),
          ),
        },
      },
      requests_by_day: {},
      requests_by_hour: {},
      tokens_by_day: {},
      tokens_by_hour: {},
    },
  };
}
