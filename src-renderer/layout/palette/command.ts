// One thing that the palette offers.

type CommandGroup =
  | 'pages'
  | 'switches'
  | 'settings'
  | 'accounts'
  | 'providers'
  | 'models'
  | 'keys'
  | 'tools'
  | 'actions'
  | 'errors';

export interface Command {
  readonly id: string;
  readonly group: CommandGroup;
  readonly name: string;
  readonly note: string;
  /** Other words it is found by, in any language. */
  readonly words?: string;
  readonly keys?: string;
  /** A switch can be changed without leaving the palette. */
  readonly isSwitch?: boolean;
  /** What can be done with a thing: shown only once something is typed, so that the things stay in sight. */
  readonly isVerb?: boolean;
  readonly run: () => void;
}

export type Go = (path: string) => () => void;
