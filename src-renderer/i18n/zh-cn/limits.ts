import type { en } from '../en/index.ts';
import type { Translation } from '../i18n.ts';

export const limits: Translation<typeof en.limits> = {
  usedUp: '已用尽',
  renewed: '已重置',
  seen: '{{ago}}的数据',
  hoursAndMinutes: '{{hours, number}} 小时 {{minutes, number}} 分',
  usedOf: '{{label}}：{{used}}。',
  renewsAt: '{{time}} 重置。',
  readAt: '取自 {{seen}} 的响应。',
  askedAt: '查询于 {{seen}}。',
  slot: '{{from}}–{{to}}：{{what}}',
  namedUsed: '{{name}} {{used}}',
  minutes: '{{count, number}} 分钟额度',
  hours: '{{count, number}} 小时额度',
  days_other: '{{count, number}} 天额度',
  week: '每周额度',
  month: '每月额度',
  names: {
    requests: '请求数',
    tokens: 'Token 数',
    'input-tokens': '输入 Token 数',
    'output-tokens': '输出 Token 数',
    'retry-after': '暂停',
  },
  comma: '，',
  answered: '应答 {{count, number}} 次',
  refused: '被拒绝 {{count, number}} 次',
  life: { answered: '已应答', ready: '可用', cooling: '冷却中', refused: '被拒绝', off: '已停用' },
};
