export const pages = {
  home: '首页',
  accounts: '账号',
  files: '认证文件',
  providers: '提供商密钥',
  keys: '客户端密钥',
  requests: '请求',
  usage: '用量',
  logs: '日志',
  tools: '工具',
  config: '配置文件',
  settings: '设置',
  help: '帮助',
} as const;

export const sidebar = {
  label: '页面导航',
  skip: '跳到正文',
  groups: { access: '接入', activity: '动态', setup: '系统' },
  pageUnsaved: '{{page}}，有未保存的修改',
  version: '版本 {{version}}',
  pageWithAlerts_other: '{{page}}，{{count, number}} 项待处理',
} as const;

export const header = {
  search: '搜索或运行命令',
  searchShort: '搜索',
  privacy: '隐藏邮箱和密钥',
  baseUrl: '接口地址',
  managementUrl: '管理 API 地址',
  copyBaseUrl: '复制接口地址',
  copyManagementUrl: '复制管理 API 地址',
  restart: '重启服务',
  stop: '停止服务',
  serverControlFailed: '操作服务失败',
  signOut: '清除密钥并退出登录',
} as const;
