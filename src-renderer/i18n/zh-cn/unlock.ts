export const unlock = {
  title: '打开 CLI Proxy Desktop',
  note: '此页面用于管理该地址上的网关，请输入管理密钥。',
  key: '管理密钥',
  keyHelp: '创建配置时显示过一次，也可在桌面应用的“设置 > 安全”中查看。',
  lost: '忘记密钥？在运行服务的电脑上打开 config.yaml，在 secret-key: 后写入新密钥并保存，服务会把它替换为哈希值。',
  wrongKey: '密钥错误。',
  wrongKeyTries_other: '密钥错误。再输错 {{count, number}} 次，这台电脑将被暂时封禁。',
  wait: '{{time}}后可再试。',
  remember: '在此浏览器中记住密钥',
  open: '打开',
  tryAgain: '重试',
  reasons: {
    banned: {
      title: '这台电脑输错密钥的次数过多',
      remedy: '访问已被暂时封禁。请稍后再试，或在运行应用的电脑上重启应用。',
    },
    'remote-off': {
      title: '未开启远程管理',
      remedy: '请在运行服务的电脑上打开此页面，或在其设置中允许远程管理。',
    },
    'api-off': {
      title: '管理 API 未启用',
      remedy: 'config.yaml 中没有管理密钥，请设置 remote-management.secret-key 后重试。',
    },
    rejected: { title: '服务拒绝了连接', remedy: '服务返回的信息如下。' },
  },
} as const;
