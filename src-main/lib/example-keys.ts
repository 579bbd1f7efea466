// The client keys of public example configs. Proxies that were left with them are searched for and used by strangers.

/** Whether a client key is one that everybody knows. */
export const isExampleKey = (key: string): boolean => /^your-api-key-[123]$/.test(key.trim());
