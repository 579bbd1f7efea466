// The config document while it is edited: what is on disk, what is in the editor, and whether it is valid.
import { useEffect, useState } from 'react';
import type { ConfigNotice } from '../../../src-shared/contract/config.ts';
import { attempt, toastDone } from '../../components/toast.tsx';
import { text as translate } from '../../i18n/i18n.ts';
import { call, invalidate, useRead } from '../../state/client.ts';
import { configDraftStore, isUnsaved, replaceDraft, setBase, setDraft } from '../../state/config-draft.ts';
import { invalidConfigStore } from '../../state/live.ts';
import { useStore } from '../../state/store.ts';
import type { EditorError } from './editor-extensions.ts';

const checkAfterMs = 250;

interface Checked {
  readonly text: string;
  readonly error: EditorError | undefined;
  readonly notices: readonly ConfigNotice[];
}

/** One for all, so that nothing is drawn again. */
const noNotices: readonly ConfigNotice[] = [];

export interface ConfigDocument {
  /** The text the editing began with. */
  readonly base: string;
  readonly draft: string;
  readonly error: EditorError | undefined;
  /** Of the text that was checked last. */
  readonly notices: readonly ConfigNotice[];
  readonly checking: boolean;
  readonly dirty: boolean;
  /** The text on disk when it was changed by others while this one was edited. */
  readonly theirs: string | undefined;
  /** What was typed in the editor. */
  readonly setDraft: (draft: string) => void;
  /** Another text for the editor to show, such as an earlier version. */
  readonly replaceDraft: (draft: string) => void;
  /** Rises with each text that did not come from the editor: what is typed must never come back to it late. */
  readonly replaced: number;
  readonly discard: () => void;
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
  readonly save: () => Promise<boolean>;
}

export function useDocument(): {
  readonly document: ConfigDocument | undefined;
  readonly query: ReturnType<typeof useYaml>;
} {
  const query = useYaml();
  const invalid = useStore(invalidConfigStore);
  const disk = query.data?.text;
  const state = useStore(configDraftStore);
  const { base, text: draft, replaced } = state;
  const dirty = isUnsaved(state);
  const [checked, setChecked] = useState<Checked>();

  // A file that breaks is another text on disk, but the config in force stays and no config event comes.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the state of the file is what asks for reading it again.
  useEffect(() => void invalidate('config-yaml.get'), [invalid]);

  useEffect(() => {
    if (disk === undefined || disk === base) return;
    if (base === undefined || !dirty) replaceDraft(disk, disk);
    else if (disk === draft) setBase(disk);
  }, [disk, base, dirty, draft]);

  useEffect(() => {
    if (base === undefined) return;
    let current = true;
    const timer = setTimeout(() => {
      call('config-yaml.check', { text: draft })
        .then(({ message, line, column, notices = noNotices }) => {
          if (current)
            setChecked({ text: draft, error: message === '' ? undefined : { message, line, column }, notices });
        })
        // Saving checks again and says what is wrong then.
        .catch(() => current && setChecked({ text: draft, error: undefined, notices: noNotices }));
    }, checkAfterMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [base, draft]);

  if (base === undefined || disk === undefined) return { document: undefined, query };
  return {
    query,
    document: {
      base,
      draft,
      dirty,
      error: checked?.error,
      notices: checked?.notices ?? noNotices,
      checking: checked?.text !== draft,
      theirs: dirty && disk !== base && disk !== draft ? disk : undefined,
      setDraft,
      replaceDraft,
      replaced,
      discard: () => takeDisk(disk),
      keepMine: () => setBase(disk),
      takeTheirs: () => takeDisk(disk),
      save: () =>
        attempt(translate('config.saveFailed'), async () => {
          // Looked at once more: what another program wrote a moment ago must not be lost.
          const { text: now } = await call('config-yaml.get');
          if (now !== base) {
            await invalidate('config-yaml.get');
            throw new Error(translate('config.changedMeanwhile'));
          }
          await call('config-yaml.put', { text: draft });
          setBase(draft);
          await invalidate('config-yaml.get', 'config-history.list');
          toastDone({
            title: translate('config.saved'),
            undo: async () => {
              await call('config-yaml.put', { text: base });
              await invalidate('config-yaml.get');
            },
          });
        }),
    },
  };
}

/** Gives up what was typed, until Undo brings it back. */
function takeDisk(disk: string): void {
  const { text } = configDraftStore.get();
  replaceDraft(disk, disk);
  toastDone({ title: translate('config.discarded'), undo: async () => replaceDraft(text) });
}

const useYaml = () => useRead('config-yaml.get');
