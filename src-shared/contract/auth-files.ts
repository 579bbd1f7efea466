// Account files.
import { z } from 'zod';
import { accountFieldChanges, accountFields } from '../account-fields.ts';
import type { JsonObject } from '../json.ts';
import { operation, type Upload, type UploadedFile } from '../operation.ts';
import { Problem } from '../problem.ts';
import { asObject, foldNames, nonEmpty, present } from '../wire.ts';
import { accountLimitWindow } from './account-limits.ts';
import { recentRequests } from './usage.ts';

/** One account file as it is listed. */
export const accountFile = z.object({
  name: z.string(),
  /** Bytes. */
  size: z.number(),
  /** RFC 3339 with the local offset. */
  modtime: z.string(),
  /** The file's own `type` and `email`, `''` when it has none. */
  type: z.string(),
  email: z.string(),
  id: z.string(),
  provider: z.string(),
  label: z.string(),
  /** `unsupported`: this program cannot use accounts of this kind. */
  status: z.enum(['ready', 'refreshing', 'cooling', 'error', 'disabled', 'unsupported']),
  status_message: z.string(),
  /** RFC 3339, when the status began; `''` while it never changed. */
  status_since: z.string(),
  /**
   * Why it does not work: `login`: only a new sign-in helps; `unreachable`: the provider cannot be reached; `rejected`:
   * the provider said no, and is asked again later; `invalid`: the file is no account. `''` unless `status` is `error`.
   */
  trouble: z.enum(['', 'login', 'unreachable', 'rejected', 'invalid']),
  /** RFC 3339, when a status that ends by itself is over and the account is used or tried again; `''` otherwise. */
  next_retry_after: z.string(),
  unavailable: z.boolean(),
  success: z.number(),
  failed: z.number(),
  /** RFC 3339, `''` while unused. */
  last_used: z.string(),
  /** Twenty times ten minutes, the present ones last; events leave it out. */
  recent_requests: z.array(recentRequests).optional(),
  /** Stays the same as long as the file keeps its name. */
  auth_index: z.string(),
  source: z.literal('file'),
  /** RFC 3339: when the file was made, and last written. */
  created_at: z.string(),
  updated_at: z.string(),
  /** As the file has it. */
  last_refresh: z.string().optional(),
  project_id: z.string().optional(),
  account_type: z.literal('oauth').optional(),
  /** The e-mail. */
  account: z.string().optional(),
  /** As the file or its identity token names it, in small letters. */
  plan: z.string().optional(),
  /** What the identity token of a file says, where it has one; never the token. */
  id_token: z.record(z.string(), z.string()).optional(),
  runtime_only: z.literal(false),
  ...accountFields.shape,
  disabled: z.boolean(),
  /** What the provider said of its limits; events leave it out. */
  limits: z.array(accountLimitWindow).optional(),
});
export type AccountFile = z.output<typeof accountFile>;

const failure = z.object({ name: z.string(), error: z.string() });
const removal = z.object({
  status: z.enum(['ok', 'partial']),
  deleted: z.number().optional(),
  files: z.array(z.string()).optional(),
  failed: z.array(failure).optional(),
});
const upload = z.object({
  status: z.enum(['ok', 'partial']),
  uploaded: z.number().optional(),
  /** Files that were stored though this program cannot use them. */
  unsupported: z.array(z.object({ name: z.string(), type: z.string(), message: z.string() })).optional(),
  files: z.array(z.string()).optional(),
  failed: z.array(failure).optional(),
});
const update = z.object({
  status: z.enum(['ok', 'partial']),
  files: z.array(z.string()).optional(),
  failed: z.array(failure).optional(),
});
const partial = (output: { readonly failed?: unknown }) => ({ status: output.failed ? 207 : 200, body: output });

export const authFilesContract = {
  'auth-files.list': operation({
    summary: 'List the account files',
    input: z.object({ name: z.string().optional(), auth_index: z.string().optional() }).optional(),
    output: z.object({ files: z.array(accountFile) }),
    http: {
      method: 'GET',
      path: '/auth-files',
      query: ['name', 'auth_index'],
      decode: ({ query }) => present({ name: nonEmpty(query.name), auth_index: nonEmpty(query.auth_index) }),
    },
  }),
  'auth-files.download': operation({
    summary: 'Download one account file',
    input: z.object({ name: z.string() }),
    output: z.object({ name: z.string(), content: z.string() }),
    http: {
      method: 'GET',
      path: '/auth-files/download',
      query: ['name'],
      decode: ({ query }) => ({ name: query.name ?? '' }),
      encode: (output: { readonly name: string; readonly content: string }) => ({
        type: 'application/json',
        headers: { 'content-disposition': attachment(output.name) },
        body: output.content,
      }),
      wireAnswer: z.looseObject({}),
    },
  }),
  'auth-files.upload': operation({
    summary: 'Save account files: multipart parts named file, or a raw JSON body with ?name=',
    input: z.object({ files: z.array(z.object({ name: z.string(), content: z.string() })).min(1) }),
    output: upload,
    http: {
      method: 'POST',
      path: '/auth-files',
      body: 'upload',
      query: ['name'],
      decode: ({ query, body }) => ({ files: uploadedFiles((body as Upload).files, query.name ?? '') }),
      encode: partial,
      wireBody: z.looseObject({}),
    },
  }),
  'auth-files.remove': operation({
    summary: 'Delete one account file, several, or all',
    input: z.union([
      z.object({ all: z.literal(true) }),
      z.object({ names: z.array(z.string()).min(1) }),
      z.object({ name: z.string() }),
    ]),
    output: removal,
    http: {
      method: 'DELETE',
      path: '/auth-files',
      body: 'json-optional',
      query: ['name', 'all'],
      decode: ({ query, repeated, body }) => {
        if (['true', '1', '*'].includes(query.all ?? '')) return { all: true };
        const names = repeated.name ?? [];
        if (names.length > 1) return { names };
        if (query.name || body === undefined) return { name: query.name ?? '' };
        return foldNames(asObject(body), ['names', 'name']);
      },
      encode: partial,
      wireBody: z.object({ names: z.array(z.string()) }),
    },
  }),
  'auth-files.set-status': operation({
    summary: 'Enable or disable one account file',
    input: z.object({ name: z.string(), disabled: z.boolean() }),
    output: z.object({ status: z.literal('ok'), disabled: z.boolean() }),
    http: {
      method: 'PATCH',
      path: '/auth-files/status',
      body: 'json-first',
      decode: ({ body }) => foldNames(asObject(body), ['name', 'disabled']),
    },
  }),
  'auth-files.update': operation({
    summary: 'Set fields of account files; null removes a field',
    /** Either one `name`, or `names`. */
    input: z.object({
      name: z.string().optional(),
      names: z.array(z.string()).optional(),
      fields: accountFieldChanges,
    }),
    output: update,
    http: {
      method: 'PATCH',
      path: '/auth-files/fields',
      body: 'json-first',
      decode: ({ body }) => {
        const { name, names, ...fields } = foldNames(asObject(body), ['name', 'names']);
        if (!isName(name) && !isNames(names)) throw new Problem('name_required');
        return { ...(isNames(names) ? { names } : { name }), fields: fieldChanges(underscored(fields)) };
      },
      encode: partial,
      wireBody: accountFieldChanges.extend({ name: z.string().optional(), names: z.array(z.string()).optional() }),
    },
  }),
};

/**
 * A header that offers a file of any name for saving: an ASCII name for old programs, and where that is not the whole
 * truth the real one in UTF-8 (RFC 6266 section 4.3, RFC 8187 section 3.2).
 */
function attachment(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const offered = `attachment; filename="${plain}"`;
  if (plain === name) return offered;
  const encoded = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${offered}; filename*=UTF-8''${encoded}`;
}

const isName = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const isNames = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && value.every(isName);

/** Fields may be spelled with hyphens. Throws Problem `invalid_value` for one that is given in both spellings. */
function underscored(fields: JsonObject): JsonObject {
  const changed: Record<string, unknown> = {};
  for (const [given, value] of Object.entries(fields)) {
    const name = given.replaceAll('-', '_');
    if (Object.hasOwn(changed, name)) throw invalidField(name, 'it is given twice, in two spellings');
    changed[name] = value;
  }
  return changed;
}

const invalidField = (name: string, sentence: string) =>
  new Problem('invalid_value', `invalid field ${name}: ${sentence}.`);

/** Throws Problem `invalid_value` that names the first field that is unknown or not as it must be. */
function fieldChanges(fields: JsonObject): z.output<typeof accountFieldChanges> {
  const parsed = accountFieldChanges.safeParse(fields);
  if (parsed.success) {
    if (Object.keys(fields).length === 0) throw new Problem('no_fields');
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const known = Object.keys(accountFieldChanges.shape).join(', ');
    throw invalidField(issue.keys[0] ?? '', `there is no such field; fields are ${known}`);
  }
  throw invalidField(issue?.path.join('.') ?? '', issue?.message ?? '');
}

/** The parts named `file`, or the raw body under the query's name. Folders in a part's file name are dropped. */
function uploadedFiles(files: readonly UploadedFile[], name: string) {
  const parts = files.filter((file) => file.field === 'file');
  if (parts.length > 0) {
    return parts.map((part) => {
      const base = part.name.split(/[\\/]/).at(-1) as string;
      if (!base.toLowerCase().endsWith('.json')) throw new Problem('file_not_json');
      return { name: base, content: part.content };
    });
  }
  return [{ name, content: files.find((file) => file.field === '')?.content ?? '' }];
}
