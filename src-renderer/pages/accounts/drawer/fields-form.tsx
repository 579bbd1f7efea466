// The fields that people set in account files: of one, or of several at once.
import { TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { AccountFields } from '../../../../src-shared/account-fields.ts';
import { attempt, toastDone } from '../../../components/toast.tsx';
import { useText } from '../../../i18n/i18n.ts';
import { call } from '../../../state/client.ts';
import { PairList } from '../../providers/pair-list.tsx';
import { changesOf, type TextField, toFieldDraft, wrongNumbers } from './field-draft.ts';

const rows: readonly (readonly TextField[])[] = [
  ['note'],
  ['priority', 'weight'],
  ['prefix', 'proxy_url'],
  ['request_retry', 'max_concurrent'],
];

interface FieldsFormProps {
  /** Joins the form and the button that submits it. */
  readonly id: string;
  readonly names: readonly string[];
  /** What the one account has; undefined for several, whose empty fields stay as they are. */
  readonly fields: AccountFields | undefined;
  readonly onSaved: () => void;
}

export function FieldsForm({ id, names, fields, onSaved }: FieldsFormProps) {
  const t = useText();
  const [before] = useState(() => toFieldDraft(fields));
  const [draft, setDraft] = useState(before);
  const [tried, setTried] = useState(false);
  const wrong = wrongNumbers(draft);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    const changes = changesOf(before, draft);
    if (wrong.length > 0) return;
    if (Object.keys(changes).length === 0) return onSaved();
    const done = await attempt(t('account.saveFailed', { count: names.length }), async () => {
      const { failed } = await call('auth-files.update', { names: [...names], fields: changes });
      if (failed?.[0]) throw new Error(failed.map(({ name, error }) => `${name}: ${error}`).join('\n'));
    });
    if (!done) return;
    toastDone({ title: t('account.saved', { count: names.length }) });
    onSaved();
  };
  return (
    <form id={id} className="form" noValidate onSubmit={(event) => void save(event)}>
      {fields === undefined && <p className="second">{t('account.batchNote')}</p>}
      {rows.map((fieldsOfRow) => (
        <div key={fieldsOfRow.join()} className={fieldsOfRow.length > 1 ? 'halves' : ''}>
          {fieldsOfRow.map((name, index) => (
            <TextInput
              key={name}
              label={t(`account.fields.${name}`)}
              description={t(`account.help.${name}`)}
              size="md"
              value={draft[name]}
              error={tried && wrong.includes(name) ? t('account.notNumber') : undefined}
              onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
              {...(name === 'note' && index === 0 && { 'data-autofocus': true })}
            />
          ))}
        </div>
      ))}
      <PairList
        title={t('providers.headers')}
        heads={[t('providers.headerName'), t('providers.headerValue')]}
        rows={draft.headers}
        onChange={(headers) => setDraft({ ...draft, headers })}
        addLabel={t('providers.addHeader')}
        names={(number) => [t('providers.headerNumber', { number }), t('providers.headerValueNumber', { number })]}
        removeName={(number) => t('providers.removeHeader', { number })}
      />
    </form>
  );
}
