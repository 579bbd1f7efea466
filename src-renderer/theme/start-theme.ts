// The theme's variables as a constructed style sheet. Mantine would put them into a style element, which a policy
// that trusts only our own files refuses; constructed sheets are script, not markup, and pass.
import {
  convertCssVariables,
  DEFAULT_THEME,
  deepMerge,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core';
import { preferencesStore } from '../state/preferences.ts';
import { cssVariables, theme } from './theme.ts';

const moreContrast = matchMedia('(prefers-contrast: more)');

function showContrast(): void {
  const more = preferencesStore.get().contrast || moreContrast.matches;
  document.documentElement.dataset.contrast = more ? 'more' : 'normal';
}

/** Sets the variables of both themes and follows the preference for contrast. */
export function startTheme(): void {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(convertCssVariables(deepMerge(defaultCssVariablesResolver(merged), cssVariables(merged)), ':root'));
  // First, so that rules of our own files still win.
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
  showContrast();
  preferencesStore.subscribe(showContrast);
  moreContrast.addEventListener('change', showContrast);
}
