// Other words that people look for things by, in every language at once: whoever types `dark` means the theme even
// where the window speaks Chinese. By the id of the command.

export const synonyms: Readonly<Record<string, string>> = {
  'page:usage': 'statistics tokens costs requests 统计 用量',
  'page:logs': 'errors trouble 日志 错误',
  'page:config': 'yaml file editor 配置',
  'page:settings': 'preferences options 设置 选项',
  'page:help': 'api docs shortcuts about version 帮助 快捷键 版本',
  'page:keys': 'token password client 密钥',
  'page:providers': 'upstream vendor relay 提供商',
  'page:accounts': 'login subscription oauth 登录 账号',
  'setting:theme': 'dark light night mode appearance colour color 主题 深色 浅色 暗色 夜间',
  'setting:language': 'english chinese 中文 英文 语言 locale',
  'setting:port': 'address listen 端口',
  'setting:host': 'network lan remote listen 局域网 网络',
  'setting:proxy-url': 'socks http vpn 代理',
  'switch:debug': 'verbose 调试',
  'switch:contrast': 'accessibility 对比度',
  'switch:privacy': 'hide mask stream 隐私',
  'action:restart': 'reboot reload 重启',
  'action:stop': 'quit shut 停止',
  'action:curl': 'terminal command line 命令行',
  'action:new-key': 'create add 新建 密钥',
  'action:doctor': 'check diagnose health 检查 诊断',
  'action:failed': 'errors 429 500 502 503 失败 错误',
};
