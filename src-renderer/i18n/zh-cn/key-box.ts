export const keyBox = {
  label: '密钥、地址或 curl 命令',
  placeholder: '粘贴密钥、地址或整条 curl 命令',
  note: '点击“添加”之前，不会有任何内容离开这台电脑。',
  paste: '粘贴',
  add: '添加',
  pasteFailed: '读取剪贴板失败',
  service: '这是哪个服务？',
  which: '有 {{count, number}} 个服务使用这种密钥',
  unknown: '这既不是密钥，也不是地址。',
  testing: '正在请求一个 Token',
  failed: '未添加：测试失败',
  addAnyway: '仍然添加',
} as const;
