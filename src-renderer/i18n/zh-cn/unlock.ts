export const unlock = {
  title: '打开 CLI Proxy Desktop',
  note: '此窗口管理该地址上的代理，需要管理密钥。',
  key: '管理密钥',
  keyHelp: '创建配置时显示过一次。桌面应用可在“偏好设置 – 安全”中再次查看。',
  wrongKey: '密钥不正确。连续五次错误后，服务会暂停接受一段时间。',
  remember: '在此浏览器中保存密钥',
  open: '打开',
  tryAgain: '重试',
  reasons: {
    banned: {
      title: '这台电脑输入错误密钥的次数过多',
      remedy: '服务暂时拒绝访问。请稍候，或在运行应用的电脑上重启应用。',
    },
    'remote-off': {
      title: '不允许从其他电脑管理',
      remedy: '请在运行服务的电脑上打开此页面，或在设置中允许远程管理。',
    },
    'api-off': {
      title: '管理接口已关闭',
      remedy: 'config.yaml 中没有管理密钥。请设置 remote-management.secret-key 后重试。',
    },
    refused: { title: '服务拒绝了此窗口', remedy: '服务的回答如下。' },
  },
} as const;
