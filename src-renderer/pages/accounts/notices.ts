// The sentences of a provider's notice, and where people go instead.
import type { SignInNotice } from '../../../src-shared/provider-row.ts';
import { type LoginName, providerRows, type SignInProvider } from '../../../src-shared/providers.ts';
import type { providerTexts } from '../../i18n/en/provider-texts.ts';
import type { Text } from '../../i18n/i18n.ts';

type NoticeName = keyof typeof providerTexts.notice;

/** Only for providers whose row has a notice; a test holds that each of them has its texts. */
export function noticeTexts(t: Text, { signIn }: SignInProvider) {
  const name = signIn.login as NoticeName & LoginName;
  return {
    title: t(`providerTexts.notice.${name}.title`),
    text: t(`providerTexts.notice.${name}.text`),
    instead: t(`providerTexts.notice.${name}.instead`),
  };
}

/** The first provider that works instead: the page of its keys, else of its sign-in. */
export function insteadOf({ instead }: SignInNotice) {
  const other = Object.values(providerRows).find(({ id }) => id === instead[0]);
  if (other === undefined) return undefined;
  const isKey = other.keys !== undefined;
  return {
    title: other.title,
    isKey,
    path: isKey ? `/providers/${other.id}` : `/accounts/login/${other.signIn?.login}`,
  };
}

/** Whether the provider has ended its sign-in, for all or for some. */
export const isEnded = ({ signIn }: SignInProvider): boolean =>
  signIn.notice?.kind === 'ended' || signIn.notice?.kind === 'restricted';
