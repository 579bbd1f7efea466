// 各项设置的名称和说明。
import type { SettingTexts } from '../setting-texts.ts';

export const setting = {
  host: {
    name: '访问范围',
    help: '服务监听的地址。127.0.0.1 表示仅限这台电脑，0.0.0.0 表示整个网络。网络中的其他电脑可能会消耗你的配额。',
  },
  port: { name: '端口', help: '服务监听的端口，默认为 8317。更改后客户端必须使用新地址。' },
  'tls/enable': { name: 'HTTPS', help: '在该端口只提供 HTTPS。客户端需改用新地址，并信任该证书。' },
  'tls/cert': { name: '证书', help: '证书及其证书链的 PEM 文件路径。' },
  'tls/key': { name: '私钥', help: '证书私钥的 PEM 文件路径。' },
  'auth-dir': { name: '认证文件夹', help: '认证文件所在的文件夹，~ 表示用户主目录。' },
  'remote-management/allow-remote': {
    name: '远程管理',
    help: '允许其他电脑用管理密钥管理此服务，服务还需能从网络访问。',
  },
  'remote-management/secret-key': { name: '管理密钥', help: '管理密钥的 bcrypt 哈希。明文密钥会在加载时替换为哈希。' },
  'remote-management/disable-control-panel': { name: '不提供网页', help: '不再通过 /management.html 提供此页面。' },
  debug: { name: '调试日志', help: '写入更详细的日志，不记录密钥。' },
  'logging-to-file': { name: '记录日志到文件', help: '写入文件，程序结束后仍可查看。' },
  'logs-max-total-size-mb': { name: '日志大小上限', help: '单位 MB。超出后删除最旧的文件，0 表示不限制。' },
  'error-logs-max-files': {
    name: '失败请求日志数量',
    help: '关闭请求日志时保留的数量，超出后删除最旧的，0 表示不限制。',
  },
  'usage-statistics-enabled': { name: '用量统计', help: '按客户端密钥和模型统计请求和 Token。' },
  'request-log': { name: '请求日志', help: '记录完整的提示词和响应，会占用大量磁盘空间。' },
  'request-retry': { name: '请求失败重试次数', help: '每次重试会在短暂等待后再次尝试所有账号和密钥。' },
  'max-retry-credentials': { name: '每轮尝试的账号和密钥数', help: '重试前最多尝试多少个账号和密钥，0 表示全部。' },
  'max-retry-interval': { name: '最长重试间隔', help: '最长重试间隔，单位为秒。' },
  'force-model-prefix': {
    name: '必须使用前缀',
    help: '带前缀的账号和密钥只处理以该前缀开头的模型名称，例如 team/gpt-5。',
  },
  'use-env-proxy': {
    name: '使用环境变量中的代理',
    help: '未设置其他代理时，使用 HTTP_PROXY、HTTPS_PROXY、ALL_PROXY 和 NO_PROXY。',
  },
  'streaming/keepalive-seconds': {
    name: '流式响应保活间隔',
    help: '静默多少秒后向客户端发送一行注释。0 表示默认间隔，负数表示不发送。',
  },
  'proxy-url': { name: '上游代理', help: '用于连接提供商的所有流量：http、https 或 socks5，可包含用户名和密码。' },
  'transient-error-cooldown-seconds': {
    name: '服务器出错后的冷却时间',
    help: '单位为秒，用于超时、服务器错误和网络错误之后。0 表示一分钟，负数表示不冷却。',
  },
  'disable-cooling': { name: '出错后不冷却', help: '账号被拒绝后立即继续使用。' },
  'ws-auth': { name: 'WebSocket 需要密钥', help: '通过 WebSocket 连接的客户端必须发送客户端密钥。' },
  'quota-exceeded/switch-project': { name: '配额用尽时切换项目', help: '适用于有多个项目的 Gemini CLI 账号。' },
  'quota-exceeded/switch-preview-model': { name: '配额用尽时切换到预览模型', help: '切换到该模型的预览版继续。' },
  'routing/strategy': {
    name: '调度策略',
    help: 'round-robin 轮流使用账号，weighted-round-robin 按权重分配，fill-first 先用完一个账号的配额，soonest-reset 优先使用配额最先恢复的账号。',
  },
  'routing/session-affinity': {
    name: '会话保持',
    help: 'auto：带有会话标识的请求固定使用同一账号或密钥；true：其他请求也按开头内容固定；false：从不固定。',
  },
  'routing/session-affinity-ttl': {
    name: '会话保持时长',
    help: '从会话的上一次请求算起，例如 90s 或 1h，默认为 1h。',
  },
  'routing/session-affinity-max': {
    name: '会话保持数量上限',
    help: '超出后忘记最久未使用的会话，默认为 100000。',
  },
  'save-cooldown-status': {
    name: '重启后保留冷却状态',
    help: '被拒绝的账号和密钥在重启后仍停用，直到冷却时间结束。',
  },
  'first-byte-timeout-seconds': {
    name: '等待响应开始的最长时间',
    help: '单位为秒。超时后改用下一个账号或密钥，0 表示不限制。',
  },
  'idle-timeout-seconds': {
    name: '响应中断的最长时间',
    help: '单位为秒。超过此时间没有新内容的响应会被结束，0 表示不限制。',
  },
  'request-history/enabled': {
    name: '保留请求记录',
    help: '记录何时由谁请求了哪个模型、由谁应答、令牌数和费用，绝不包含提示词和回答。',
  },
  'request-history/days': {
    name: '请求记录保留天数',
    help: '更早的请求会被删除，0 表示不限制。',
  },
  'request-history/max-mb': {
    name: '请求记录的最大大小',
    help: '单位为 MB。超出后删除最早的请求，0 表示不限制。',
  },
  'queue-timeout-seconds': {
    name: '排队的最长时间',
    help: '单位为秒。所有账号和密钥的并发数都已满时请求等待的时间，0 表示不等待。',
  },
  'passthrough-headers': {
    name: '向程序传递限额响应头',
    help: '提供商给出的限额信息和请求 ID。auto 表示仅当只有一个账号或密钥可以应答时传递。',
  },
  'max-upload-mb': {
    name: '上传大小上限',
    help: '单位为 MB。超出此大小的文件、图片和录音会被拒绝，默认为 512。',
  },
  'responses-store/enabled': {
    name: '在内存中保留响应',
    help: '让 Responses 客户端可以在任何提供商处用 previous_response_id 继续对话。不会写入磁盘。',
  },
  'responses-store/max-mb': {
    name: '保留响应所用内存',
    help: '单位为 MB。超出后先忘记最久未使用的响应，默认为 64。',
  },
  'responses-store/ttl-minutes': {
    name: '响应保留时间',
    help: '自最后一次使用起的分钟数，默认为 60。',
  },
  'image-base-model': {
    name: '调用图片工具的模型',
    help: '用于通过 ChatGPT 账号生成图片。留空则使用该账号的第一个模型。',
  },
  'time-zone': {
    name: '时区',
    help: '限额、费用和到期日按该时区划分日期，例如 Asia/Shanghai。留空则使用本机时区；使用共享数据库时，使用创建该数据库的机器的时区。',
  },
  'metrics/listen': {
    name: '免密钥的监控指标',
    help: '在该地址和端口（如 127.0.0.1:9317）读取 GET /metrics 无需密钥。留空则只能在主端口用管理密钥读取。',
  },
} as const satisfies SettingTexts;
