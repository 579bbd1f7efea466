export declare function nativeFolder(from: string): { readonly bin: string };

export declare class Postgres {
  constructor(options: { readonly from: string; readonly port: number; readonly settings?: Readonly<Record<string, string>> });
  urlOf(database: string): string;
  create(): Promise<this>;
  start(): Promise<void>;
  stop(how?: 'fast' | 'immediate'): Promise<void>;
  remove(): void;
}
