// The list of accounts: found, filtered, and in the order of need.
import type { AccountFile } from '../../../../src-shared/contract/auth-files.ts';
import type { SignInProvider } from '../../../../src-shared/providers.ts';
import { type AccountKind, accountKinds, kindOf } from './account-kind.ts';

/** Accounts of one group with the same trouble, told once. */
export interface SharedTrouble {
  readonly message: string;
  readonly trouble: AccountFile['trouble'];
  readonly names: readonly string[];
  /** RFC 3339, when the first of them is tried again; `''` for trouble that does not end by itself. */
  readonly next: string;
}

export interface ListedGroup {
  readonly id: string;
  readonly title: string;
  /** Two letters. */
  readonly mark: string;
  /** Undefined: accounts that this program cannot sign in to. */
  readonly provider: SignInProvider | undefined;
  readonly accounts: readonly AccountFile[];
}

export interface ArrangedGroup extends ListedGroup {
  readonly shared: readonly SharedTrouble[];
}

export interface Arrangement {
  readonly groups: readonly ArrangedGroup[];
  /** Accounts of each kind that the search leaves. */
  readonly counts: Readonly<Record<AccountKind, number>>;
  /** The account or group whose remedy is the filled button: the first that needs a new sign-in. */
  readonly first: string | undefined;
}

/** From so many accounts on, the same trouble is told once. */
const sharedFrom = 3;

interface Wanted {
  readonly search: string;
  /** Empty: all. */
  readonly kinds: ReadonlySet<AccountKind>;
  /** The places that accounts and groups keep while the pointer is in the list. */
  readonly places: ReadonlyMap<string, number> | undefined;
}

const rank = (file: AccountFile): number => accountKinds.indexOf(kindOf(file));

export function arrange(groups: readonly ListedGroup[], { search, kinds, places }: Wanted): Arrangement {
  const counts = { needs: 0, unreachable: 0, cooling: 0, ready: 0, off: 0 };
  const isFiltered = search !== '' || kinds.size > 0;
  const arranged = groups.flatMap((group) => {
    const found = group.accounts.filter((file) => isFound(file, group.title, search));
    for (const file of found) counts[kindOf(file)] += 1;
    const accounts = found
      .filter((file) => kinds.size === 0 || kinds.has(kindOf(file)))
      .sort((one, other) => placed(places, one.name, other.name) ?? (rank(one) - rank(other) || byLabel(one, other)));
    return accounts.length === 0 && isFiltered ? [] : [{ ...group, accounts, shared: sharedTroubles(accounts) }];
  });
  const need = ({ accounts: [first] }: ArrangedGroup) => (first === undefined ? accountKinds.length : rank(first));
  const sorted = arranged.sort((one, other) => placed(places, one.id, other.id) ?? need(one) - need(other));
  return { groups: sorted, counts, first: firstRemedy(sorted) };
}

const placeOf = (places: ReadonlyMap<string, number>, name: string) => places.get(name) ?? places.size;

/** The order of two things by their places; undefined where they have none. */
function placed(places: ReadonlyMap<string, number> | undefined, one: string, other: string): number | undefined {
  const difference = places === undefined ? 0 : placeOf(places, one) - placeOf(places, other);
  return difference === 0 ? undefined : difference;
}

/** Where everything stands, to keep it there. */
export function placesOf(groups: readonly ArrangedGroup[]): ReadonlyMap<string, number> {
  const names = groups.flatMap(({ id, accounts }) => [id, ...accounts.map(({ name }) => name)]);
  return new Map(names.map((name, index) => [name, index]));
}

const byLabel = (one: AccountFile, other: AccountFile): number =>
  one.label < other.label ? -1 : one.label > other.label ? 1 : one.name < other.name ? -1 : 1;

function isFound(file: AccountFile, title: string, search: string): boolean {
  const { name, label, email, plan, project_id, note, prefix } = file;
  const words = [name, label, email, plan, project_id, note, prefix, title];
  return words.some((word) => word?.toLowerCase().includes(search) === true);
}

function sharedTroubles(accounts: readonly AccountFile[]): readonly SharedTrouble[] {
  const byMessage = new Map<string, AccountFile[]>();
  for (const file of accounts) {
    if (file.status !== 'error' || file.disabled || file.status_message === '') continue;
    const key = `${file.trouble} ${file.status_message}`;
    const same = byMessage.get(key);
    if (same) same.push(file);
    else byMessage.set(key, [file]);
  }
  return [...byMessage.values()]
    .filter((files) => files.length >= sharedFrom)
    .map((files) => ({
      message: files[0]?.status_message ?? '',
      trouble: files[0]?.trouble ?? '',
      names: files.map(({ name }) => name),
      next:
        files.flatMap(({ next_retry_after: next }) => next || []).sort((a, b) => Date.parse(a) - Date.parse(b))[0] ??
        '',
    }));
}

function firstRemedy(groups: readonly ArrangedGroup[]): string | undefined {
  for (const { id, accounts, shared } of groups) {
    if (shared.some(({ trouble }) => trouble === 'login')) return id;
    const needy = accounts.find((file) => kindOf(file) === 'needs' && file.trouble === 'login');
    if (needy !== undefined) return needy.name;
  }
  return undefined;
}
