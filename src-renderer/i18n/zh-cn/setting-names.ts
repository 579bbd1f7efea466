export const setting = {
  failed: '无法更改“{{name}}”',
  names: {
    debug: '调试日志',
    'logging-to-file': '记录日志到文件',
    'logs-max-total-size-mb': '日志大小上限',
    'usage-statistics-enabled': '用量统计',
    'request-log': '请求日志',
    'request-retry': '请求失败重试次数',
    'max-retry-interval': '最长重试间隔',
    'proxy-url': '上游代理',
    'ws-auth': 'WebSocket 需要密钥',
    'disable-cooling': '出错后不冷却',
    'quota-exceeded/switch-project': '配额用尽时切换项目',
    'quota-exceeded/switch-preview-model': '配额用尽时切换到预览模型',
    'routing/strategy': '调度策略',
  },
} as const;
