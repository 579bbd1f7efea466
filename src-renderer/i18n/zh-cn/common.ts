export const common = {
  movedTo: '{{name}} 现在是第 {{place}} 个，共 {{count}} 个',
  moveRow: '移动 {{name}}（第 {{place}} 个）：方向键或拖动',
  on: '已开启',
  off: '已关闭',
  close: '关闭',
  cancel: '取消',
  save: '保存',
  undo: '撤销',
  copy: '复制',
  delete: '删除',
  edit: '编辑',
  more: '{{name}} 的更多操作',
  tryAgain: '重试',
  clearFilters: '清除筛选',
  loading: '正在加载',
  stale: '刷新失败，当前显示 {{time}} 的数据。',
  pageFailed: '无法显示此页面',
  folderFailed: '无法打开文件夹',
  actions: '操作',
  answeredBy: '实际应答',
  line: '第 {{line, number}} 行',
  lineAdded: '新增：',
  lineRemoved: '删除：',
} as const;

export const copy = {
  label: '复制{{what}}',
  done: '已复制：{{what}}',
  cleared: '剪贴板将在一分钟后清空。',
  failed: '无法复制{{what}}',
} as const;

export const secret = { reveal: '显示{{what}}', hide: '隐藏{{what}}' } as const;

export const toast = { label: '通知', undoFailed: '无法撤销' } as const;

export const time = {
  span: { seconds: '{{count, number}} 秒', minutes: '{{count, number}} 分钟', hours: '{{count, number}} 小时' },
  seconds: '{{count, number}} 秒前',
  minutes: '{{count, number}} 分钟前',
  hours: '{{count, number}} 小时前',
  days_other: '{{count, number}} 天前',
} as const;

export const chart = { bar: '{{label}}：{{values}}', together: '合计' } as const;
