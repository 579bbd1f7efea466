// The window's languages. English is bundled; others are loaded when chosen.
import i18next, { type TFunction } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { preferencesStore } from '../state/preferences.ts';
import { en } from './en/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    enableSelector: false;
  }
}

/** The same shape in another language; a language without a singular form leaves the `_one` keys out. */
export type Translation<T = typeof en> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Translation<T[K]>;
};

export type Language = 'en' | 'zh-CN';
export type Text = TFunction;

/** The language in use: the chosen one, else the first of the system's that we have. */
export function currentLanguage(): Language {
  const { language } = preferencesStore.get();
  if (language !== 'system') return language;
  const wanted = navigator.languages.find((tag) => /^(en|zh)\b/i.test(tag));
  return wanted?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

async function load(language: Language): Promise<void> {
  if (language === 'zh-CN' && !i18next.hasResourceBundle('zh-CN', 'translation')) {
    const { zhCn } = await import('./zh-cn/index.ts');
    i18next.addResourceBundle('zh-CN', 'translation', zhCn);
  }
  document.documentElement.lang = language;
  await i18next.changeLanguage(language);
}

/** Resolves when the language's words are there. Follows the preference from then on. */
export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  await load(currentLanguage());
  preferencesStore.subscribe(() => {
    const language = currentLanguage();
    if (language !== i18next.language) load(language).catch((error: unknown) => console.error(error));
  });
}

export const useText = (): Text => useTranslation().t;
/** For words outside components, such as toasts. */
export const text: Text = i18next.t;
