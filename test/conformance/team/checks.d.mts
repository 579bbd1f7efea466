type Check = readonly [name: string, group: string, run: (world: unknown) => Promise<void>];
declare const checks: readonly Check[];
export default checks;
