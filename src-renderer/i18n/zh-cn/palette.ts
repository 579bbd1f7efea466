export const palette = {
  title: '命令',
  groups: {
    pages: '页面',
    switches: '开关',
    settings: '设置',
    accounts: '账号',
    keys: '客户端密钥',
    actions: '操作',
  },
  nothing: '没有与“{{query}}”匹配的结果。',
  move: '选择',
  open: 'Enter 打开',
  stay: 'Ctrl Enter 切换且不关闭',
  copyKey: '复制密钥',
  login: '登录账号',
  doctor: '运行诊断',
  folders: { config: '打开配置文件夹', accounts: '打开认证文件夹', logs: '打开日志文件夹' },
} as const;
