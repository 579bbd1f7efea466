// 简体中文
import type { Translation } from '../i18n.ts';

export const zhCn = {} as Translation;
