// What a tool is: where its settings are, which of them we write, and how to try it. One file each in tools/.
import type { JsonObject } from '../../src-shared/json.ts';
import type { Assignment } from './edits/operation.ts';
import type { TextFormat } from './formats/format.ts';

/** Where a user's files are. */
export interface Place {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Path below the home directory, or absolute. */
  readonly join: (...parts: readonly string[]) => string;
  readonly exists: (file: string) => boolean;
  /** A JSON object in a file that is only looked at; empty when there is none. */
  readonly readJson: (file: string) => JsonObject;
}

/** What a tool is to be given. */
export interface Setup {
  /** The gateway, such as `http://127.0.0.1:8317`. */
  readonly origin: string;
  /** Client key. */
  readonly key: string;
  /** A model's name for each slot that is filled. */
  readonly models: Readonly<Record<string, string>>;
  /** Whether the gateway serves a model of this name. */
  readonly serves: (model: string) => boolean;
}

export interface ToolFile {
  readonly file: string;
  readonly format: TextFormat;
  /** What to write into a file that holds `document`. Throws Problem `agent_file_invalid`. */
  readonly assignments: (setup: Setup, document: JsonObject) => readonly Assignment[];
}

/** What a user should know before: the window has a sentence for each. */
export type WarningCode =
  | 'sends-other-key'
  | 'environment-wins'
  | 'hides-conversations'
  | 'provider-disabled'
  | 'key-from-environment'
  | 'project-file-wins'
  | 'untrusted-folder'
  | 'older-file'
  | 'unknown-key'
  | 'unknown-model';

export interface Warning {
  readonly code: WarningCode;
  /** The key, variable or file it is about. */
  readonly subject: string;
}

export interface Tool {
  readonly id: string;
  /** As its makers write it. */
  readonly name: string;
  /** Names of its program. */
  readonly programs: readonly string[];
  /** What models are for: `main` is needed, unless a tool has other slots. */
  readonly slots: readonly string[];
  readonly files: (place: Place) => readonly ToolFile[];
  /** Where its own settings directory is: it tells that the tool was used here. */
  readonly directory: (place: Place) => string;
  /** What asks for one short answer, without questions to the user. */
  readonly test?: {
    readonly args: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  };
  /** Variables that win over the file, or are sent as well, when the shell sets them. */
  readonly variables?: readonly string[];
  readonly warnings?: (place: Place, documents: readonly JsonObject[]) => readonly Warning[];
  /** The key of the table of providers in which ours stands. */
  readonly providers?: string;
}

/** A tool that reads no file of ours. `environment`: variables do; `none`: it cannot use a gateway on this machine. */
export interface ManualTool {
  readonly id: string;
  readonly name: string;
  readonly programs: readonly string[];
  readonly support: 'environment' | 'by-hand' | 'none';
  readonly variables?: (setup: Setup) => Readonly<Record<string, string>>;
}
