// Whether the steps to the first answer are on the first page: until somebody has left them.
import { createStore } from '../../state/store.ts';

/** `open` once a window without accounts and keys was seen; the key that is added does not close the steps. */
export const firstStepsStore = createStore<'unseen' | 'open' | 'left'>('unseen');
