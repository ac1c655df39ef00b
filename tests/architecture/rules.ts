import type { ICruiseOptions, IForbiddenRuleType } from 'dependency-cruiser'

// The boundaries between packages and apps (ARCHITECTURE.md), as rules. rules-can-fail.test.ts proves that each rule
// can fail.

type Rule = IForbiddenRuleType & { readonly name: string }

/** Files of tests. They may import more than shipped files: the emulators, and libraries to compare results with. */
const TESTS = String.raw`\.test\.ts$|^(packages|apps)/[^/]+/(test|scripts)/`

/** Files that are not shipped: only tests and the demo use them. */
const NOT_SHIPPED = String.raw`${TESTS}|^packages/(testkit|emulator-[a-z]+)/`

/** For each package here, our other packages that it may import. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  mail: ['core'],
  documents: ['core'],
  letters: ['core', 'documents'],
  config: ['core'],
  'policy-check': ['core'],
  engine: ['core', 'documents', 'letters', 'mail'],
  store: ['core', 'engine'],
  'cve-services': ['core', 'engine'],
  chat: ['core', 'engine', 'letters'],
  'bot-kit': ['core', 'engine', 'chat'],
  github: ['core', 'engine'],
  'emulator-kit': [],
  'emulator-slack': ['emulator-kit'],
  'emulator-discord': ['emulator-kit'],
  'emulator-smtp': ['emulator-kit'],
  'emulator-cve': ['emulator-kit'],
  'emulator-github': ['emulator-kit'],
}

/** Libraries that only a few places may import. `rooms` are the places that may import the library. */
const OUTSIDE = [
  { name: 'slack', library: '@slack/', rooms: ['apps/slack-bot'] },
  { name: 'discord', library: 'discord\\.js', rooms: ['apps/discord-bot', 'bench'] },
  { name: 'octokit', library: '@octokit/', rooms: ['packages/github'] },
  { name: 'prisma', library: '@prisma/', rooms: ['packages/store'] },
  { name: 'smtp-server', library: 'smtp-server', rooms: ['apps/mail-bridge', 'bench'] },
  { name: 'imapflow', library: 'imapflow', rooms: ['apps/mail-bridge', 'bench'] },
  // packages/mail uses nodemailer only to build MIME. The rule `mail-opens-no-socket` ensures that it opens no socket.
  { name: 'nodemailer', library: 'nodemailer', rooms: ['apps/mail-bridge', 'packages/mail', 'bench'] },
  { name: 'mailauth', library: 'mailauth', rooms: ['packages/mail/src/domain-checks', 'bench'] },
  { name: 'imapflow', library: 'imapflow', rooms: ['apps/mail-bridge/src/imap', 'bench'] },
  { name: 'openpgp', library: 'openpgp', rooms: ['packages/mail/src/openpgp', 'bench'] },
  { name: 'yaml', library: 'yaml', rooms: ['packages/config'] },
]

const rooms: readonly Rule[] = Object.entries(ROOMS).map(([room, allowed]) => ({
  name: `${room}-imports-only-its-own`,
  severity: 'error',
  comment: `packages/${room} may import ${allowed.length === 0 ? 'nothing' : allowed.join(', ')} of ours.`,
  from: { path: `^packages/${room}/src/`, pathNot: TESTS },
  to: {
    path: String.raw`^(packages|apps|tests|bench)/|^@embargo/|^embargo$`,
    pathNot: [room, ...allowed].map((one) => `^packages/${one}/|^@embargo/${one}$`).join('|'),
  },
}))

const outside: readonly Rule[] = OUTSIDE.map(({ name, library, rooms: allowed }) => ({
  name: `${name}-only-in-its-room`,
  severity: 'error',
  comment: `${library} belongs to ${allowed.join(' and ')}, and to what no release has.`,
  from: { path: '^(packages|apps|bench)/', pathNot: `${NOT_SHIPPED}|${allowed.map((room) => `^${room}/`).join('|')}` },
  to: { path: String.raw`(^|/)node_modules/${library}|^${library}` },
}))

/** The layers of core, from the lowest to the highest. Each layer may import the layers before it. */
export const LAYERS: readonly string[] = [
  'shared',
  'text',
  'events',
  'vocabulary',
  'policy',
  'state',
  'gates',
  'deadlines',
  'effects',
  'commands',
  'views',
]

/**
 * The exceptions to this order. `decision.ts` describes what `decide` gets, which includes the states of cases,
 * releases and people. So that file must import the types of these states, which are in a later layer.
 */
const TYPES_OF_LATER_LAYERS = [
  {
    from: 'vocabulary/decision.ts',
    to: ['state/state.ts', 'state/people/people-state.ts', 'state/release/state.ts'],
  },
]

const inCore = (paths: readonly string[]): string => `^packages/core/src/(${paths.join('|')})`
const laterThan = (layer: string): readonly string[] => LAYERS.slice(LAYERS.indexOf(layer) + 1).map((one) => `${one}/`)

const layers: readonly Rule[] = LAYERS.map((layer) => ({
  name: `core-${layer}-imports-earlier-layers`,
  severity: 'error',
  comment: `${layer} may import ${LAYERS.slice(0, LAYERS.indexOf(layer)).join(', ') || 'no other layer'}.`,
  from: {
    path: inCore([`${layer}/`]),
    pathNot: [TESTS, inCore(TYPES_OF_LATER_LAYERS.map(({ from }) => from))].join('|'),
  },
  to: { path: inCore([...laterThan(layer), 'index.ts']) },
}))

const typesOfLaterLayers: readonly Rule[] = TYPES_OF_LATER_LAYERS.flatMap(({ from, to }): readonly Rule[] => {
  const later = laterThan(from.replace(/\/.*/, ''))
  return [
    {
      name: 'core-names-few-types-of-later-layers',
      severity: 'error',
      from: { path: inCore([from]) },
      to: { path: inCore([...later, 'index.ts']), pathNot: inCore(to) },
    },
    {
      name: 'core-imports-no-value-of-later-layers',
      severity: 'error',
      from: { path: inCore([from]) },
      to: { path: inCore(to), dependencyTypesNot: ['type-only'] },
    },
  ]
})

export const FORBIDDEN: readonly Rule[] = [
  ...rooms,
  ...layers,
  ...typesOfLaterLayers,
  ...outside,
  {
    name: 'core-imports-zod-alone',
    severity: 'error',
    comment: 'The domain is pure: no node:*, no library but zod.',
    from: { path: '^packages/core/src/', pathNot: String.raw`\.test\.ts$` },
    to: { pathNot: String.raw`^packages/core/src/|^node_modules/zod/|^zod$` },
  },
  {
    name: 'mail-opens-no-socket',
    severity: 'error',
    comment:
      "documents, letters and mail turn facts into texts, and bytes into messages and back. Sockets are the bridge's.",
    from: { path: '^packages/(documents|letters|mail)/src/', pathNot: TESTS },
    to: {
      path: String.raw`^(node:)?(net|tls|dgram|http|https|http2|dns)(/promises)?$|node_modules/nodemailer/lib/(nodemailer|smtp-connection|smtp-transport|smtp-pool|sendmail-transport|ses-transport|fetch)`,
    },
  },
  {
    name: 'no-app-imports-an-app',
    severity: 'error',
    comment: 'Only the all-in-one program composes the others, and the demo plays it.',
    from: { path: '^apps/([^/]+)/', pathNot: '^apps/(embargo|demo)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'demo-plays-the-program-alone',
    severity: 'error',
    comment: 'The demo starts the program as anybody does. It has no way in of its own.',
    from: { path: '^apps/demo/' },
    to: { path: '^apps/', pathNot: '^apps/(demo|embargo)/' },
  },
  {
    name: 'nothing-imports-the-demo',
    severity: 'error',
    from: { path: '^(packages|apps|bench)/', pathNot: '^apps/demo/' },
    to: { path: '^apps/demo/' },
  },
  {
    name: 'packages-import-no-app',
    severity: 'error',
    from: { path: '^packages/', pathNot: NOT_SHIPPED },
    to: { path: '^apps/' },
  },
  {
    name: 'emulators-only-in-tests-and-demo',
    severity: 'error',
    comment: 'An emulator in the shipped program would be a second way in.',
    from: { path: '^(packages|apps)/', pathNot: `${NOT_SHIPPED}|^apps/demo/` },
    to: { path: String.raw`^packages/(testkit|emulator-[a-z]+)/|^@embargo/(testkit|emulator-[a-z]+)$` },
  },
  {
    // testkit has several entry points, so that a test of core loads no database, and the demo loads no test runner.
    name: 'only-the-face-of-a-package',
    severity: 'error',
    comment: 'Import another package only through its entry points: the rest of it may change.',
    from: { path: '^(packages|apps)/([^/]+)/' },
    to: {
      path: '^(packages|apps)/[^/]+/',
      pathNot: String.raw`^$1/$2/|^(packages|apps)/[^/]+/src/index\.ts$|^packages/testkit/src/(policy|contract)/index\.ts$`,
    },
  },
  {
    name: 'everything-resolves',
    severity: 'error',
    comment: 'An import that leads nowhere escapes every other rule. (The database client is generated.)',
    from: { pathNot: NOT_SHIPPED },
    to: { couldNotResolve: true, pathNot: '/generated/' },
  },
]

/** How dependency-cruiser must read this repository. */
export const OPTIONS: ICruiseOptions = {
  // TypeScript 7 has no compiler API, so dependency-cruiser cannot use it, and reads the sources with swc instead.
  parser: 'swc',
  tsPreCompilationDeps: true,
  detectProcessBuiltinModuleCalls: true,
  skipAnalysisNotInRules: true,
  exclude: { path: '/(dist|generated)/' },
  doNotFollow: { path: 'node_modules' },
}

/** Our packages resolve to their sources, as they do when the program runs. */
export const RESOLVING = {
  exportsFields: ['exports'],
  conditionNames: ['@embargo/source', 'import', 'node', 'default'],
  extensions: ['.ts', '.js', '.mjs', '.json'],
}
