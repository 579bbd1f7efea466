export const setting = {
  failed: '无法更改“{{name}}”',
  names: {
    debug: '调试日志',
    'logging-to-file': '写入日志文件',
    'logs-max-total-size-mb': '日志大小',
    'usage-statistics-enabled': '用量统计',
    'request-log': '请求日志',
    'request-retry': '请求失败后的重试次数',
    'max-retry-interval': '重试之间的最长等待',
    'proxy-url': '上游代理',
    'ws-auth': 'WebSocket 需要密钥',
    'disable-cooling': '出错后不冷却',
    'quota-exceeded/switch-project': '配额用尽时切换项目',
    'quota-exceeded/switch-preview-model': '配额用尽时使用预览模型',
    'routing/strategy': '账号顺序',
  },
} as const;
