// Config files as nobody should write them, each with edits and the exact text that must come out.
import type { Edit } from '../../../src-main/config/store/snapshot.ts';

export interface UglyFile {
  readonly name: string;
  readonly text: string;
  readonly edits: readonly Edit[];
  readonly result: string;
}

export const uglyFiles: readonly UglyFile[] = [
  {
    name: 'tab before value and comment',
    text: `debug:\tfalse\t# x
port:\t8317
`,
    edits: [{ path: ['debug'], value: true }],
    result: `debug:\ttrue\t# x
port:\t8317
`,
  },
  {
    name: 'quoted key',
    text: `"debug": false
'port': 1
`,
    edits: [
      { path: ['debug'], value: true },
      { path: ['port'], value: 2 },
    ],
    result: `"debug": true
'port': 2
`,
  },
  {
    name: 'explicit key',
    text: `? debug
: false
? api-keys
:
  - a
port: 1
`,
    edits: [
      { path: ['debug'], value: true },
      { path: ['api-keys'], value: ['a', 'b'] },
    ],
    result: `? debug
: true
? api-keys
:
  - a
  - b
port: 1
`,
  },
  {
    name: 'value on next line',
    text: `debug:
  # why
  false
host:

  x
`,
    edits: [
      { path: ['debug'], value: true },
      { path: ['host'], value: 'y: z' },
    ],
    result: `debug:
  # why
  true
host:

  'y: z'
`,
  },
  {
    name: 'items at the column of their key, comments in odd places, reordered',
    text: `api-keys: # team
# at margin
- a

# before b
- b

port: 1
`,
    edits: [{ path: ['api-keys'], value: ['b', 'a'] }],
    result: `api-keys: # team
# before b
- b

# at margin
- a

port: 1
`,
  },
  {
    name: 'a removed item takes its own comments along',
    text: `api-keys:
  # anna
  - a # A
  # bob
  - b # B
  # carl
  - c
`,
    edits: [{ path: ['api-keys'], value: ['a', 'c'] }],
    result: `api-keys:
  # anna
  - a # A
  # carl
  - c
`,
  },
  {
    name: 'the first item has a comment of its own',
    text: `api-keys:
  # anna
  - a # A
  # bob
  - b # B
`,
    edits: [{ path: ['api-keys'], value: ['b'] }],
    result: `api-keys:
  # bob
  - b # B
`,
  },
  {
    name: 'a heading of the list stays',
    text: `api-keys:
  # all our keys
  - a
  - b
`,
    edits: [{ path: ['api-keys'], value: ['b'] }],
    result: `api-keys:
  # all our keys
  - b
`,
  },
  {
    name: 'items that are commented out stay',
    text: `api-keys:
  - a
  # - old
  - b
  # - older
port: 1
`,
    edits: [{ path: ['api-keys'], value: ['a', 'b', 'c'] }],
    result: `api-keys:
  - a
  # - old
  - b
  - c
  # - older
port: 1
`,
  },
  {
    name: 'a list with comments is emptied',
    text: `api-keys: # team
  # heading
  - a # A
  # tail

port: 1
`,
    edits: [{ path: ['api-keys'], value: [] }],
    result: `api-keys: [] # team
  # heading
  # tail

port: 1
`,
  },
  {
    name: 'an empty list with a comment gets its first item',
    text: `api-keys: [] # none yet
# next
port: 1
`,
    edits: [{ path: ['api-keys'], value: ['a'] }],
    result: `api-keys: # none yet
  - a
# next
port: 1
`,
  },
  {
    name: 'a list without a value gets items',
    text: `api-keys: # none yet
port: 1
`,
    edits: [{ path: ['api-keys'], value: ['a', 'b'] }],
    result: `api-keys: # none yet
  - a
  - b
port: 1
`,
  },
  {
    name: 'a null list gets items',
    text: `api-keys: ~
port: 1
`,
    edits: [{ path: ['api-keys'], value: ['a', 'b'] }],
    result: `api-keys:
  - a
  - b
port: 1
`,
  },
  {
    name: 'one item to a line in brackets that close at the margin',
    text: `api-keys: [
  a, # first
  "b",
  c # last
]
`,
    edits: [{ path: ['api-keys'], value: ['a', 'b', 'c', 'd'] }],
    result: `api-keys: [
  a, # first
  "b",
  c, # last
  d
]
`,
  },
  {
    name: 'the last line in brackets goes',
    text: `api-keys: [
  a, # first
  "b",
  c # last
]
`,
    edits: [{ path: ['api-keys'], value: ['a', 'b'] }],
    result: `api-keys: [
  a, # first
  "b"
]
`,
  },
  {
    name: 'a trailing comma',
    text: `api-keys: [a, b, ]
`,
    edits: [{ path: ['api-keys'], value: ['b', 'c'] }],
    result: `api-keys: [b, c, ]
`,
  },
  {
    name: 'brackets with odd spacing, reordered',
    text: `api-keys: ['a',  "b", c]
`,
    edits: [{ path: ['api-keys'], value: ['c', 'a', 'b'] }],
    result: `api-keys: [c,  'a', "b"]
`,
  },
  {
    name: 'brackets without spaces',
    text: `api-keys: [a,b,c]
`,
    edits: [{ path: ['api-keys'], value: ['a', 'b', 'c', 'd, e'] }],
    result: `api-keys: [a,b,c,'d, e']
`,
  },
  {
    name: 'JSON in lines',
    text: `{
  "debug": false,
  "api-keys": ["a"],
  "claude-api-key": [{"api-key": "k"}]
}
`,
    edits: [
      { path: ['debug'], value: true },
      { path: ['api-keys'], value: ['a', 'b'] },
      { path: ['claude-api-key'], value: [{ 'api-key': 'k', 'base-url': 'u' }, { 'api-key': 'l' }] },
      { path: ['host'], value: 'h' },
    ],
    result: `{
  "debug": true,
  "api-keys": ["a", "b"],
  "claude-api-key": [{"api-key": "k", "base-url": "u"}, {"api-key": "l"}],
  "host": "h"
}
`,
  },
  {
    name: 'JSON without spaces',
    text: `{"debug":false,"api-keys":["a","b"]}`,
    edits: [
      { path: ['debug'], value: true },
      { path: ['api-keys'], value: ['a', 'b', 'c'] },
    ],
    result: `{"debug":true,"api-keys":["a","b","c"]}`,
  },
  {
    name: 'an anchored list changes and its aliases keep the old one',
    text: `x: &d
  a: 1
api-keys: &k
  - a
generative-language-api-key: *k
z: *k
`,
    edits: [{ path: ['api-keys'], value: ['b'] }],
    result: `x: &d
  a: 1
api-keys:
  - b
generative-language-api-key: &k [a]
z: *k
`,
  },
  {
    name: 'an alias gets a value of its own',
    text: `api-keys: &k
  - a
generative-language-api-key: *k # same
`,
    edits: [{ path: ['generative-language-api-key'], value: ['b'] }],
    result: `api-keys: &k
  - a
generative-language-api-key: # same
  - b
`,
  },
  {
    name: 'an anchored value is deleted',
    text: `host: &h "1.2.3.4" # h
x: *h
y: [*h]
`,
    edits: [{ path: ['host'], value: undefined }],
    result: `x: &h "1.2.3.4"
y: [*h]
`,
  },
  {
    name: 'a merged field is overridden',
    text: `x: &b {base-url: u}
claude-api-key:
  - <<: *b
    api-key: k
`,
    edits: [{ path: ['claude-api-key', 0, 'base-url'], value: 'v' }],
    result: `x: &b {base-url: u}
claude-api-key:
  - <<: *b
    api-key: k
    base-url: v
`,
  },
  {
    name: 'a merged field is deleted',
    text: `x: &b {base-url: u}
claude-api-key:
  - <<: *b
    api-key: k # c
`,
    edits: [{ path: ['claude-api-key', 0, 'base-url'], value: undefined }],
    result: `x: &b {base-url: u}
claude-api-key:
  - api-key: k # c
`,
  },
  {
    name: 'block scalars that look like keys',
    text: `x: |
  debug: false
  api-keys:
    - a
proxy-url: >-
  http://a

# c
debug: false
`,
    edits: [
      { path: ['proxy-url'], value: 'b' },
      { path: ['debug'], value: true },
    ],
    result: `x: |
  debug: false
  api-keys:
    - a
proxy-url: b

# c
debug: true
`,
  },
  {
    name: 'a scalar that keeps its last line breaks ends the file',
    text: `debug: false
x: |+
  text


`,
    edits: [{ path: ['host'], value: 'h' }],
    result: `debug: false
x: |+
  text


host: h
`,
  },
  {
    name: 'a block scalar ends the file without a line break',
    text: `debug: false
x: |
  text`,
    edits: [{ path: ['host'], value: 'h' }],
    result: `debug: false
x: |
  text
host: h`,
  },
  {
    name: 'a plain scalar over lines looks like a key',
    text: `x: one
  two
  debug no
debug: no
`,
    edits: [{ path: ['debug'], value: true }],
    result: `x: one
  two
  debug no
debug: true
`,
  },
  {
    name: 'a quoted scalar over lines looks like a key',
    text: `x: "one
  debug: false # no
  two"
debug: false
`,
    edits: [
      { path: ['debug'], value: true },
      { path: ['x'], value: 'z' },
    ],
    result: `x: "z"
debug: true
`,
  },
  {
    name: 'several documents with a directive',
    text: `%YAML 1.2
--- # first
debug: false
# end of first
---\x20
debug: 7
`,
    edits: [
      { path: ['debug'], value: true },
      { path: ['host'], value: 'h' },
    ],
    result: `%YAML 1.2
--- # first
debug: true
# end of first
host: h
---\x20
debug: 7
`,
  },
  {
    name: 'a document end, and nothing before it any more',
    text: `debug: false
...
# after
`,
    edits: [{ path: ['debug'], value: undefined }],
    result: `{}
...
# after
`,
  },
  {
    name: 'Windows line ends',
    text: `# a\r
debug: false # b\r
api-keys:\r
  - a\r
\r
# tail\r
`,
    edits: [
      { path: ['api-keys'], value: ['a', 'b'] },
      { path: ['host'], value: 'h' },
    ],
    result: `# a\r
debug: false # b\r
api-keys:\r
  - a\r
  - b\r
host: h\r
\r
# tail\r
`,
  },
  {
    name: 'a byte order mark before brackets',
    text: `\ufeff{debug: no}`,
    edits: [
      { path: ['debug'], value: true },
      { path: ['port'], value: 1 },
    ],
    result: `\ufeff{debug: true, port: 1}`,
  },
  {
    name: 'no line break at the end, a key is added',
    text: `debug: false`,
    edits: [{ path: ['host'], value: 'h' }],
    result: `debug: false
host: h`,
  },
  {
    name: 'no line break at the end, the last key goes',
    text: `host: h
debug: false`,
    edits: [{ path: ['debug'], value: undefined }],
    result: `host: h`,
  },
  {
    name: 'new keys go above the samples at the end',
    text: `debug: false

# Samples
# port: 1
# api-keys:
#   - a
`,
    edits: [{ path: ['host'], value: 'h' }],
    result: `debug: false
host: h

# Samples
# port: 1
# api-keys:
#   - a
`,
  },
  {
    name: 'a deleted key takes the comment above along',
    text: `# file

# about debug
debug: false

# about port
port: 1 # p

# about host
host: h
`,
    edits: [{ path: ['port'], value: undefined }],
    result: `# file

# about debug
debug: false


# about host
host: h
`,
  },
  {
    name: 'a setting that is commented out stays',
    text: `# request-log: true
debug: false
# host: x
port: 1
`,
    edits: [{ path: ['port'], value: undefined }],
    result: `# request-log: true
debug: false
# host: x
`,
  },
  {
    name: 'providers reordered and changed in depth',
    text: `openai-compatibility:
  # OpenRouter
  - name: "openrouter"   # main
    base-url: https://o/v1

    api-key-entries:
      - api-key: a # a
        proxy-url: ""
      - api-key: b # b
    models: # m
      - name: m1
        alias: x # X

  # Other
  - name: other
    base-url: https://p
    x-own: [1,  2]
`,
    edits: [
      {
        path: ['openai-compatibility'],
        value: [
          { name: 'other', 'base-url': 'https://p', 'x-own': [1, 2] },
          {
            name: 'openrouter',
            'base-url': 'https://o/v2',
            'api-key-entries': [{ 'api-key': 'b' }, { 'api-key': 'c', 'proxy-url': 'direct' }],
            models: [{ name: 'm1', alias: 'y' }, { name: 'm2' }],
          },
        ],
      },
    ],
    result: `openai-compatibility:
  # Other
  - name: other
    base-url: https://p
    x-own: [1,  2]

  # OpenRouter
  - name: "openrouter"   # main
    base-url: https://o/v2

    api-key-entries:
      - api-key: b # b
      - api-key: c
        proxy-url: direct
    models: # m
      - name: m1
        alias: "y" # X
      - name: m2
`,
  },
  {
    name: 'a provider goes with its comment',
    text: `openai-compatibility:
  # OpenRouter
  - name: "openrouter"   # main
    base-url: https://o/v1

  # Other
  - name: other
    base-url: https://p

# end
`,
    edits: [{ path: ['openai-compatibility'], value: [{ name: 'other', 'base-url': 'https://p' }] }],
    result: `openai-compatibility:

  # Other
  - name: other
    base-url: https://p

# end
`,
  },
  {
    name: 'dashes on lines of their own',
    text: `x:
- - a
  - b
-
  - c
claude-api-key:
-
  api-key: k
-   api-key: l
    base-url: u
`,
    edits: [
      {
        path: ['claude-api-key'],
        value: [{ 'api-key': 'k', 'base-url': 'v' }, { 'api-key': 'l' }, { 'api-key': 'n' }],
      },
    ],
    result: `x:
- - a
  - b
-
  - c
claude-api-key:
-
  api-key: k
  base-url: v
-   api-key: l
-   api-key: "n"
`,
  },
  {
    name: 'the first key of an item goes',
    text: `claude-api-key:
  - x: 1 # own
    # about the key
    api-key: k
`,
    edits: [{ path: ['claude-api-key', 0, 'x'], value: undefined }],
    result: `claude-api-key:
  -
    # about the key
    api-key: k
`,
  },
  {
    name: 'an empty mapping and a null one get fields',
    text: `quota-exceeded: {} # q
routing:
`,
    edits: [
      { path: ['quota-exceeded', 'switch-project'], value: true },
      { path: ['routing', 'strategy'], value: 'fill-first' },
    ],
    result: `quota-exceeded: # q
  switch-project: true
routing:
  strategy: fill-first
`,
  },
  {
    name: 'null items among others',
    text: `api-keys:
  - a
  - ~
  -
  - b
`,
    edits: [{ path: ['api-keys'], value: ['a', 'b', 'c'] }],
    result: `api-keys:
  - a
  - ~
  -
  - b
  - c
`,
  },
  {
    name: 'explicit tags',
    text: `host: !!str 123 # t
request-retry: !!int "3"
`,
    edits: [
      { path: ['host'], value: 'true' },
      { path: ['request-retry'], value: 4 },
    ],
    result: `host: "true" # t
request-retry: 4
`,
  },
  {
    name: 'odd indentation and a comment above the first field',
    text: `remote-management:
    # about
    allow-remote: true # a
    secret-key: "s" # key
debug: false
`,
    edits: [
      { path: ['remote-management', 'allow-remote'], value: undefined },
      { path: ['remote-management', 'secret-key'], value: '$2a$10$abc' },
    ],
    result: `remote-management:
    # about
    secret-key: "$2a$10$abc" # key
debug: false
`,
  },
  {
    name: 'the only field goes',
    text: `routing:
  strategy: fill-first # s
debug: no
`,
    edits: [{ path: ['routing', 'strategy'], value: undefined }],
    result: `routing: {}
debug: no
`,
  },
  {
    name: 'text beyond ASCII and control characters',
    text: `host: "h\\u00e9" # 漢字
api-keys: [é漢字🎉]
`,
    edits: [
      { path: ['host'], value: '🎉' },
      { path: ['api-keys'], value: ['é漢字🎉', 'a\u0000b'] },
    ],
    result: `host: "🎉" # 漢字
api-keys: [é漢字🎉, "a\\u0000b"]
`,
  },
  {
    name: 'the last field between brackets goes',
    text: `quota-exceeded: { # q
  switch-project: true, # p
  switch-preview-model: false # m
}
`,
    edits: [{ path: ['quota-exceeded', 'switch-preview-model'], value: undefined }],
    result: `quota-exceeded: { # q
  switch-project: true # p
}
`,
  },
  {
    name: 'the same key in strings, lists, deeper and in comments',
    text: `x: "debug: false"
y: [debug, {debug: false}]
z:
  debug: false
# debug: false
debug: false
`,
    edits: [{ path: ['debug'], value: true }],
    result: `x: "debug: false"
y: [debug, {debug: false}]
z:
  debug: false
# debug: false
debug: true
`,
  },
];
