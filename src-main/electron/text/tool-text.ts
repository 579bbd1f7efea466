// The words of the user's tools in the tray's menu and its notifications.

export const toolText = {
  tools: 'Tools',
  toolsFlat: 'Tools…',
  toolState: (name: string, state: 'absent' | 'configured' | 'changed' | 'stale' | 'invalid') =>
    ({
      absent: name,
      configured: `${name} (set up)`,
      changed: `${name} (changed since)`,
      stale: `${name} (out of date)`,
      invalid: `${name} (file cannot be read)`,
    })[state],
  toolSetUp: 'Set up…',
  toolSetUpAgain: 'Set up again',
  toolVerify: 'Verify',
  toolRestore: 'Restore',
  toolWorks: (name: string) => `${name} works`,
  toolWorksDetail: (model: string) => `It was answered by ${model} through the gateway.`,
  toolFails: (name: string) => `${name} could not be verified`,
  toolOutcome: (outcome: 'failed' | 'elsewhere' | 'not-set-up' | 'no-program' | 'timeout') =>
    ({
      failed: 'Its request came here but was not answered.',
      elsewhere: 'It ran, but no request came here.',
      'not-set-up': 'It is not set up.',
      'no-program': 'Its program was not found.',
      timeout: 'It sent no request in time.',
    })[outcome],
  toolDone: (name: string) => `${name} is set up`,
  toolRestored: (name: string) => `${name} is back as it was`,
  toolDoneDetail: (name: string) => `${name} reads its settings when it is started again.`,
};

export const toolTextInChinese: typeof toolText = {
  tools: '工具',
  toolsFlat: '工具…',
  toolState: (name, state) =>
    ({
      absent: name,
      configured: `${name}（已配置）`,
      changed: `${name}（之后被改动）`,
      stale: `${name}（已过期）`,
      invalid: `${name}（无法读取文件）`,
    })[state],
  toolSetUp: '配置…',
  toolSetUpAgain: '重新配置',
  toolVerify: '验证',
  toolRestore: '还原',
  toolWorks: (name) => `${name} 可用`,
  toolWorksDetail: (model) => `已通过网关由 ${model} 应答。`,
  toolFails: (name) => `未能验证 ${name}`,
  toolOutcome: (outcome) =>
    ({
      failed: '请求已到达，但没有得到应答。',
      elsewhere: '程序已运行，但没有请求到达这里。',
      'not-set-up': '尚未配置。',
      'no-program': '找不到它的程序。',
      timeout: '没有及时发出请求。',
    })[outcome],
  toolDone: (name) => `已配置 ${name}`,
  toolRestored: (name) => `${name} 已还原`,
  toolDoneDetail: (name) => `${name} 重新启动后才会读取新的设置。`,
};
