// The text of the config while it is edited. It outlives the page: leaving it must not lose what was typed.
import { createStore, useStore } from './store.ts';

export interface ConfigDraft {
  /** The text the editing began with; undefined until the file has been read. */
  readonly base: string | undefined;
  readonly text: string;
  /** Rises with each text that did not come from the editor: what is typed must never come back to it late. */
  readonly replaced: number;
}

export const configDraftStore = createStore<ConfigDraft>({ base: undefined, text: '', replaced: 0 });

export const isUnsaved = ({ base, text }: ConfigDraft): boolean => base !== undefined && text !== base;

export const useUnsavedConfig = (): boolean => isUnsaved(useStore(configDraftStore));

/** The file as it is on disk becomes what the editing begins with; what was typed stays. */
export const setBase = (base: string): void => configDraftStore.set({ ...configDraftStore.get(), base });

/** What was typed in the editor. */
export const setDraft = (text: string): void => configDraftStore.set({ ...configDraftStore.get(), text });

/** Another text for the editor to show, such as an earlier version. */
export function replaceDraft(text: string, base = configDraftStore.get().base): void {
  configDraftStore.set({ base, text, replaced: configDraftStore.get().replaced + 1 });
}

/** Has the browser ask before a tab with unsaved edits is closed. The desktop app only hides its window. */
export function guardUnsavedConfig(): void {
  addEventListener('beforeunload', (event) => {
    if (isUnsaved(configDraftStore.get())) event.preventDefault();
  });
}
