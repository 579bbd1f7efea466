// The closed list of what can go wrong: code, HTTP status, documented wire body, one sentence for people.

interface ProblemKind {
  readonly status: number;
  /** `text`: `{error: <that text>}`; `'message'`: `{error: message}`; `'code'` or `code`: `{error: code, message}`. */
  readonly wire: { readonly text: string } | { readonly code: string } | 'message' | 'code';
  /** What happened and what to do, when the thrower has nothing more exact to say. */
  readonly sentence: string;
}

const text = (status: number, wireText: string, sentence: string): ProblemKind => ({
  status,
  wire: { text: wireText },
  sentence,
});

export const problems = {
  invalid_body: text(
    400,
    'invalid body',
    'The request body does not have the expected form. Compare it with the API page.',
  ),
  missing_fields: text(
    400,
    'missing fields',
    'Name what to change: an index in the list with a value, or an old and a new value.',
  ),
  missing_index_or_value: text(400, 'missing index or value', 'Say which item to delete: by ?index= or by ?value=.'),
  missing_key_or_index: text(400, 'missing api-key or index', 'Say which entry to delete: by ?api-key= or by ?index=.'),
  missing_name_or_index: text(400, 'missing name or index', 'Say which provider to delete: by ?name= or by ?index=.'),
  missing_provider: text(400, 'missing provider', 'Name the provider whose entry is meant.'),
  invalid_provider: text(400, 'invalid provider', 'Name the provider whose entry is meant.'),
  provider_not_found: text(404, 'provider not found', 'This provider has no entry. Reload the list and try again.'),
  name_required: text(400, 'name is required', 'Name the account file that is meant.'),
  no_fields: text(400, 'no fields to update', 'Name at least one field to set.'),
  missing_channel: text(400, 'missing channel', 'Name the channel whose entry is meant.'),
  invalid_channel: text(400, 'invalid channel', 'Name the channel whose entry is meant.'),
  channel_not_found: text(404, 'channel not found', 'This channel has no entry. Reload the list and try again.'),
  auth_index_required: text(400, 'auth_index is required', 'Name the key or account by its auth_index.'),
  invalid_count: text(400, 'count must be a positive integer', 'Say how many as a whole number above 0.'),
  invalid_request_body: text(400, 'invalid request body', 'The request body is not a JSON object.'),
  auth_not_found: text(404, 'auth not found', 'No key or account has this auth_index. Reload the list and try again.'),
  missing_state: text(400, 'missing state', 'Name the login by its state.'),
  item_not_found: text(404, 'item not found', 'There is no such entry any more. Reload the list and try again.'),
  unknown_operation: text(404, 'unknown operation', 'This program has no such operation.'),
  invalid_name: text(400, 'invalid name', 'An account file is named by a plain file name without folders.'),
  name_not_json: text(400, 'name must end with .json', 'Account files end in .json.'),
  file_not_json: text(400, 'file must be .json', 'Only .json files can be account files.'),
  file_not_found: text(
    404,
    'file not found',
    'There is no file of that name. It may have been deleted; reload the list.',
  ),
  auth_file_not_found: text(
    404,
    'auth file not found',
    'There is no account file of that name. It may have been deleted; reload the list.',
  ),
  invalid_auth_file: {
    status: 400,
    wire: 'message',
    sentence: 'This is not an account file: a JSON object is needed.',
  },
  file_read_failed: {
    status: 500,
    wire: 'message',
    sentence: 'The file cannot be read. Check the folder and its permissions.',
  },
  file_write_failed: {
    status: 500,
    wire: 'message',
    sentence: 'The file cannot be written. Check free space and permissions.',
  },
  invalid_value: { status: 400, wire: 'message', sentence: 'This value is not allowed here.' },
  invalid_config: { status: 422, wire: 'code', sentence: 'This is not a valid config.' },
  config_broken: { status: 409, wire: 'code', sentence: 'The config file on disk has an error. Fix it first.' },
  config_missing: {
    status: 404,
    wire: { code: 'not_found' },
    sentence: 'The config file has vanished. Save a config to create it again.',
  },
  config_unreadable: {
    status: 500,
    wire: { code: 'read_failed' },
    sentence: 'The config file cannot be read. Check its permissions.',
  },
  write_failed: {
    status: 500,
    wire: 'code',
    sentence: 'The config cannot be written. Check free space and permissions.',
  },
  save_failed: {
    status: 500,
    wire: 'message',
    sentence: 'The change could not be saved. Check free space and permissions.',
  },
  logging_disabled: text(
    400,
    'logging to file disabled',
    'There is no log while logging to file is off. Switch it on first.',
  ),
  log_directory_missing: text(
    404,
    'log directory not found',
    'There is no log folder yet. It appears with the first line.',
  ),
  not_supported: text(409, 'not_supported', 'This provider cannot be asked for that.'),
  invalid_usage: { status: 400, wire: 'message', sentence: 'This is not a usage export of this program.' },
  agent_file_invalid: {
    status: 422,
    wire: 'code',
    sentence: 'The file of the tool cannot be used as it is.',
  },
  agent_file_changed: {
    status: 409,
    wire: 'code',
    sentence: 'The file of the tool has changed since. Look at the changes again.',
  },
  agent_not_supported: {
    status: 422,
    wire: 'code',
    sentence: 'This tool cannot be set up by writing a file.',
  },
  backup_unreadable: {
    status: 422,
    wire: 'code',
    sentence: 'This file is no backup of this program, or it is damaged. Choose another file.',
  },
  wrong_passphrase: {
    status: 422,
    wire: 'code',
    sentence: 'This passphrase does not open the backup. Enter the one it was made with.',
  },
  login_not_pending: text(404, 'no such login', 'This login is not waiting any more. Start it again.'),
  login_failed: { status: 500, wire: 'message', sentence: 'The login could not be started.' },
  client_id_missing: {
    status: 501,
    wire: 'message',
    sentence: 'The provider has given this program no client id.',
  },
  file_required: text(400, 'file required', 'Choose the file to sign in with.'),
  invalid_json: { status: 400, wire: { code: 'invalid json' }, sentence: 'This file is not a JSON object.' },
  invalid_service_account: {
    status: 400,
    wire: { code: 'invalid service account' },
    sentence: 'This is not the key file of a service account.',
  },
  project_id_missing: text(400, 'project_id missing', 'This key file names no project.'),
  invalid_location: {
    status: 400,
    wire: { code: 'invalid location' },
    sentence: 'A location is the name of a region, such as us-central1 or global.',
  },
  import_failed: {
    status: 500,
    wire: { code: 'save_failed' },
    sentence: 'The account could not be stored. Check free space and permissions.',
  },
  body_too_large: text(413, 'request body too large', 'The request is larger than this server accepts.'),
  address_unavailable: {
    status: 500,
    wire: 'message',
    sentence: 'The server cannot listen on this address. Choose another port or host in the config.',
  },
  unavailable: {
    status: 503,
    wire: 'message',
    sentence: 'The server is shutting down or not ready. Try again in a moment.',
  },
  database_away: {
    status: 503,
    wire: 'code',
    sentence: 'The database does not answer at present. Try again in a moment.',
  },
  internal: text(500, 'internal error', 'Something went wrong inside the program. The log has the details.'),
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);

/** Over HTTP it tells the code, since many documented bodies hold a text only. */
export const problemHeader = 'x-problem-code';

/** Line and column in a text, both from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export interface ProblemOptions extends ErrorOptions {
  /** Where in the user's text the mistake stands. The message then begins with it. */
  readonly place?: TextPlace | undefined;
}

/** An expected failure. `message` is for people; the wire body follows from the code. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  /** The message without its place. */
  readonly sentence: string;
  readonly place: TextPlace | undefined;

  constructor(
    code: ProblemCode,
    sentence: string = problems[code].sentence,
    { place, ...options }: ProblemOptions = {},
  ) {
    super(place ? `line ${place.line}, column ${place.column}: ${sentence}` : sentence, options);
    this.code = code;
    this.sentence = sentence;
    this.place = place;
  }

  get status(): number {
    return problems[this.code].status;
  }

  /** The documented JSON body of this problem. */
  get body(): { readonly error: string; readonly message?: string } {
    const { wire } = problems[this.code] as ProblemKind;
    if (wire === 'code') return { error: this.code, message: this.message };
    if (wire === 'message') return { error: this.message };
    return 'code' in wire ? { error: wire.code, message: this.message } : { error: wire.text };
  }
}

/** How an answer crosses IPC: Electron's own error transport keeps only a message. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ProblemCode; readonly message: string };
