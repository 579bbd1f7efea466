// A client key: its label, when it ends, its limits, and what it may use.
import { Button, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { ClientPolicy } from '../../../src-shared/client-policies.ts';
import { anyKey } from '../../../src-shared/policy-terms.ts';
import { SideDrawer } from '../../components/drawer.tsx';
import { day, useNow, whole } from '../../components/format.ts';
import { maskKey } from '../../components/mask.ts';
import { useText } from '../../i18n/i18n.ts';
import { LimitRow } from './limit-row.tsx';
import type { LimitUse } from './limit-use.ts';
import { errorsOf, isValid, newLimit, type PolicyDraft, restricts, toDraft, toPolicy } from './policy-draft.ts';
import { policyYaml } from './policy-yaml.ts';
import { matching, useTargets } from './use-targets.ts';

export interface EditedKey {
  /** `*` for every key without a policy of its own. */
  readonly key: string;
  readonly isNew: boolean;
  readonly label: string;
  readonly created: string;
  /** Its own one. */
  readonly policy: ClientPolicy | undefined;
  readonly limits: readonly LimitUse[];
}

interface KeyDrawerProps {
  readonly edited: EditedKey;
  /** Keeps the drawer open by resolving to false. */
  readonly onSave: (policy: ClientPolicy, label: string) => Promise<void>;
  readonly onClose: () => void;
}

const maxShownMatches = 3;
const inDays = (days: number) => day(Date.now() + days * 86_400_000);

export function KeyDrawer({ edited, onSave, onClose }: KeyDrawerProps) {
  const t = useText();
  const now = useNow();
  const targets = useTargets();
  const [draft, setDraft] = useState<PolicyDraft>(() => toDraft(edited.policy, edited.label));
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const set = (change: Partial<PolicyDraft>) => setDraft((before) => ({ ...before, ...change }));
  const errors = errorsOf(draft);
  const policy = toPolicy(edited.key, draft, edited.policy);
  const forAll = edited.key === anyKey;

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isValid(errors)) return;
    setSaving(true);
    await onSave(policy, draft.label.trim());
    setSaving(false);
  };
  const change = (id: number, part: Partial<PolicyDraft['limits'][number]>) =>
    set({ limits: draft.limits.map((limit) => (limit.id === id ? { ...limit, ...part } : limit)) });

  const models = matching(targets.models, draft.models);
  const sources = matching(targets.sources, draft.sources);
  const modelsNote =
    draft.models.length === 0
      ? t('keys.allModels')
      : t('keys.modelsMatch', { count: models.length, total: whole(targets.models.length) });
  const more = sources.length > maxShownMatches ? t('keys.andMore', { count: sources.length - maxShownMatches }) : '';
  const sourcesNote =
    draft.sources.length === 0
      ? t('keys.allSources')
      : sources.length === 0
        ? t('keys.noSourceMatches')
        : t('keys.sourcesMatch', { names: sources.slice(0, maxShownMatches).join(', ') + more });

  const known = edited.label || maskKey(edited.key);
  const title = edited.isNew ? t('keys.newKey') : forAll ? t('keys.everyOther') : t('keys.titleOf', { name: known });
  const made = edited.created ? t('keys.madeOn', { date: day(edited.created) }) : t('keys.fromConfig');
  const note = forAll ? t('keys.everyOtherNote') : `${maskKey(edited.key)}, ${made}`;
  return (
    <SideDrawer
      title={title}
      note={edited.isNew ? t('keys.shownOnce') : note}
      width={560}
      onClose={onClose}
      foot={
        <>
          <span className="second grow">{t('keys.holdsFromNext')}</span>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="key-form" variant="filled" disabled={saving}>
            {edited.isNew ? t('keys.createAndCopy') : t('common.save')}
          </Button>
        </>
      }
    >
      <form id="key-form" className="form" noValidate onSubmit={(event) => void save(event)}>
        {edited.isNew && (
          <p className="sunken key-once">
            <code>{edited.key}</code>
          </p>
        )}
        <div className={forAll ? 'form' : 'key-pair'}>
          {!forAll && (
            <TextInput
              label={t('keys.label')}
              size="md"
              maxLength={100}
              value={draft.label}
              onChange={(event) => set({ label: event.currentTarget.value })}
              data-autofocus
            />
          )}
          <div>
            <TextInput
              label={t('keys.expires')}
              size="md"
              placeholder={t('keys.never')}
              data-mono
              value={draft.expires}
              error={tried && errors.expires !== undefined && t('keys.errors.no-date')}
              onChange={(event) => set({ expires: event.currentTarget.value })}
            />
            <div className="row key-dates">
              <Button size="xs" variant="subtle" onClick={() => set({ expires: inDays(7) })}>
                {t('keys.inDays', { count: 7 })}
              </Button>
              <Button size="xs" variant="subtle" onClick={() => set({ expires: '' })}>
                {t('keys.never')}
              </Button>
            </div>
          </div>
        </div>
        <section>
          <div className="row between">
            <h3 className="head">{t('keys.limits')}</h3>
            <Button size="xs" variant="subtle" onClick={() => set({ limits: [...draft.limits, newLimit()] })}>
              {t('keys.addLimit')}
            </Button>
          </div>
          <ul className="limit-rows">
            {draft.limits.map((limit) => {
              const fault = tried ? errors.limits.get(limit.id) : undefined;
              return (
                <LimitRow
                  key={limit.id}
                  limit={limit}
                  use={edited.limits.find(({ metric, per }) => metric === limit.metric && per === limit.per)}
                  error={fault && t(`keys.errors.${fault}`)}
                  now={now}
                  onChange={(part) => change(limit.id, part)}
                  onRemove={() => set({ limits: draft.limits.filter(({ id }) => id !== limit.id) })}
                />
              );
            })}
          </ul>
          <p className="second">{t(draft.limits.length === 0 ? 'keys.noLimitNote' : 'keys.limitNote')}</p>
        </section>
        <div className="key-models">
          <TagsInput
            label={t('keys.models')}
            description={modelsNote}
            size="md"
            placeholder={t('keys.addModel')}
            data={[...targets.models]}
            limit={20}
            value={[...draft.models]}
            onChange={(models) => set({ models })}
          />
          <NumberInput
            label={t('keys.atOnce')}
            description={t('keys.atOnceNote')}
            size="md"
            min={0}
            allowDecimal={false}
            hideControls
            placeholder={t('keys.anyNumber')}
            value={draft.atOnce}
            onChange={(atOnce) => set({ atOnce })}
          />
        </div>
        <TagsInput
          label={t('keys.answeredBy')}
          description={sourcesNote}
          size="md"
          placeholder={t('keys.addSource')}
          data={[...targets.sources]}
          limit={20}
          value={[...draft.sources]}
          onChange={(next) => set({ sources: next })}
        />
        <section className="sunken key-yaml">
          <p className="second">{t(restricts(policy) ? 'keys.written' : 'keys.nothingWritten')}</p>
          {restricts(policy) && <pre className="mono">{policyYaml(policy)}</pre>}
        </section>
      </form>
    </SideDrawer>
  );
}
