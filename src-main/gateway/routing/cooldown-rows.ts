// Cooldowns as they are shown: by the names people and clients know.
import type { Cooldown } from '../../../src-shared/contract/cooldowns.ts';
import type { CredentialCooldown } from './cooldowns.ts';
import type { Credential } from './credential.ts';

/** The account file's name, or a key's own id, which does not reveal the key. */
export const publicId = ({ id, account }: Credential): string => account?.name ?? id;

/** In the order of the credentials, those that end last first. */
export function describeCooldowns(
  cooldowns: readonly CredentialCooldown[],
  credentials: readonly Credential[],
): readonly Cooldown[] {
  const byCredential = Map.groupBy(cooldowns, ({ credentialId }) => credentialId);
  return credentials.flatMap((credential) =>
    (byCredential.get(credential.id) ?? [])
      .toSorted((a, b) => b.cooldown.until - a.cooldown.until)
      .map(({ model, cooldown: { kind, until, status, message } }) => ({
        id: publicId(credential),
        provider: credential.provider,
        label: credential.label,
        account: credential.account !== undefined,
        model,
        kind,
        until: new Date(until).toISOString(),
        status,
        message,
      })),
  );
}
