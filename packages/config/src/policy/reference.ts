import {
  commandsOf,
  isTree,
  NEEDED_FIELDS,
  POLICY_SETS,
  PROFILES,
  TEMPLATE_FIELDS,
  TEMPLATE_NAMES,
  TEXT_NAMES,
  TEXT_TEMPLATES,
} from '@embargo/core'
import type { Tree } from '@embargo/core'
import { policyJsonSchema } from './json-schema.ts'

/** One row of the reference. `path` is the whole path of a key in the policy file. */
export type SettingRow = {
  readonly path: string
  readonly takes: string
  readonly usual: string
  readonly says: string
}

type Period = 'day' | 'month' | 'never'

/** The settings that a team needs before its first report; `init` asks for most of them. */
const FIRST_DAY = [
  'profile',
  'platforms',
  ...['id', 'name', 'prefix', 'address', 'branches', 'announce', 'cve'].map((key) => `projects[].${key}`),
  ...['id', 'name', 'roles', 'mail', 'slack', 'discord', 'osUser', 'zone'].map((key) => `people[].${key}`),
  'calendar.zone',
]

/** The settings that most teams leave as they are. */
const HARDLY_EVER = [
  ...[
    'decideValidity',
    'updateReporter',
    'needsInfo',
    'fixReady',
    'reporterVerification',
    'requestCve',
    'retrospective',
    'signalSilence',
  ].map((key) => `clocks.${key}`),
  'intake',
  'roles',
]

const HEADS: readonly (readonly [Period, string])[] = [
  ['day', 'The first day'],
  ['month', 'The first month'],
  ['never', 'Hardly ever'],
]

/** The defaults of settings that have no value in any profile. */
const FIRST_VALUES: Readonly<Record<string, string>> = { profile: 'team', platforms: 'terminal' }

/** Every setting, in the order of the schema. */
export function settingRows(): readonly SettingRow[] {
  const { properties } = policyJsonSchema()
  return isTree(properties) ? Object.entries(properties).flatMap(([name, node]) => rowsOf(name, node)) : []
}

const periodOf = ({ path }: SettingRow): Period => {
  const isIn = (paths: readonly string[]): boolean =>
    paths.some((one) => path === one || path.startsWith(`${one}.`) || path.startsWith(`${one}[`))
  return isIn(FIRST_DAY) ? 'day' : isIn(HARDLY_EVER) ? 'never' : 'month'
}

/** A sentence that says how many settings a policy has. */
export function settingCount(): string {
  const rows = settingRows()
  const [day, month, never] = HEADS.map(([period]) => rows.filter((row) => periodOf(row) === period).length)
  return `A policy has ${rows.length} settings: ${day} for the first day, ${month} for the first month, and ${never} that hardly any team changes.`
}

/** The reference of the policy file as a Markdown page, made from the schema and the profiles. */
export function policyReference(): string {
  const rows = settingRows()
  return [
    ...introduction(),
    ...HEADS.flatMap(([period, title]) => [
      `## ${title}`,
      '',
      ...tablesOf(rows.filter((row) => periodOf(row) === period)),
    ]),
    ...setsOfCommands(),
    ...letters(),
    ...textsAboutVulnerabilities(),
    '',
  ].join('\n')
}

const introduction = (): readonly string[] => [
  '# The policy file',
  '',
  settingCount(),
  '',
  '`npm run docs` makes this page, and the JSON Schema beside it, from the schema in the code, and prints this count.',
  '',
  'The policy says how your team works. It is one file: `embargo.policy.yaml` in the data folder, or the file that `EMBARGO_POLICY` names. A key that you leave out has the profile’s value, so an empty file is a valid policy, for one person who works alone: the user of the machine. A list in the file replaces the profile’s whole list; everything else is changed value by value.',
  '',
  'All mistakes are reported at once, each with its line and column, the value that is there and what would be right. Four commands help you with the file. `embargo policy check` explores what can happen to cases under the policy; it reports stages that no case can reach, commands that nobody can run and people who can never be notified, each with the reason and what to do (`--whole` explores every state). `embargo policy diff` lists every setting that differs from the profile, and where projects differ from the whole policy. `embargo SEC-2026-0001 status why disclose` says which rules a command, written as in chat, still breaks in a case. `embargo policy schema` prints the JSON Schema.',
  '',
  'If your editor can complete and check YAML while you write, save the JSON Schema of the policy beside it (`embargo policy schema > embargo.policy.schema.json`) and begin the policy with:',
  '',
  '```yaml',
  '# yaml-language-server: $schema=embargo.policy.schema.json',
  '```',
  '',
  'A duration is a number with `minutes`, `hours`, `days` or `working days`. A day has 24 hours. Working days are those of the `calendar`, in its time zone. A duration in working days ends at the time of day at which it began.',
  '',
  'A case follows the whole policy, except for values that the `policy` of its project replaces. Deadlines without a setting here have the same time in every deployment; [deadlines.md](deadlines.md) lists them all.',
  '',
]

/** The path of a project's own policy. It has the same keys as the other sections, so they are not listed again. */
const REPEATS = 'projects[].policy'

function rowsOf(path: string, node: unknown): readonly SettingRow[] {
  if (!isTree(node)) return []
  const sentence = textOf(node['description'])
  if (path === REPEATS) return [{ path, takes: 'keys of this page', usual: '', says: sentence }]
  const within = childRows(path, node)
  // A section is a heading, not a setting.
  const isSection = !/[.[]/u.test(path)
  if (within.length > 0)
    return isSection || sentence === '' ? within : [{ path, takes: '', usual: '', says: sentence }, ...within]
  const usual = Object.hasOwn(FIRST_VALUES, path)
    ? `\`${FIRST_VALUES[path] ?? ''}\``
    : 'default' in node && path.includes('[]')
      ? written(node['default'])
      : usualOf(path)
  return [{ path, takes: takes(node), usual, says: sentence }]
}

function childRows(path: string, node: Tree): readonly SettingRow[] {
  if (isTree(node['items']) && isTree(node['items']['properties'])) return childRows(`${path}[]`, node['items'])
  const { properties } = node
  return isTree(properties)
    ? Object.entries(properties).flatMap(([name, child]) => rowsOf(`${path}.${name}`, child))
    : []
}

/** One table for each section of the file, and one for all keys outside the sections. */
function tablesOf(rows: readonly SettingRow[]): readonly string[] {
  const sections = Map.groupBy(rows, ({ path }) => (/[.[]/u.test(path) ? path.replace(/[.[].*$/u, '') : ''))
  return [...sections].flatMap(([name, those]) => [
    ...(name === '' ? [] : [`### ${name}`, '', sectionWords(name), '']),
    '| key | takes | by default | |',
    '|---|---|---|---|',
    ...those.map(
      ({ path, takes: what, usual, says }) =>
        `| \`${name === '' ? path : within(path)}\` | ${what} | ${usual} | ${says} |`,
    ),
    '',
  ])
}

/** The path without the name of its section. */
const within = (path: string): string => path.replace(/^[^.]+\./u, '')

function sectionWords(name: string): string {
  const { properties } = policyJsonSchema()
  const node = isTree(properties) ? properties[name] : undefined
  return isTree(node) ? textOf(node['description']) : ''
}

function takes(node: unknown): string {
  if (!isTree(node)) return ''
  const { enum: values, type, items, pattern, format } = node
  if (Array.isArray(values)) return values.map((value) => `\`${String(value)}\``).join(', ')
  if ('const' in node) return `\`${String(node['const'])}\``
  if (type === 'array') return `a list: ${takes(items)}`
  if (type === 'boolean') return '`true`, `false`'
  if (type === 'integer' || type === 'number') return 'a number'
  if (type === 'object') return 'a block of keys'
  if (format === 'email') return 'an address'
  if (format === 'date') return 'a date'
  if (typeof pattern !== 'string') return 'a text'
  if (pattern.includes('working days')) return pattern.includes('never') ? 'a duration, or `never`' : 'a duration'
  return pattern.includes('[0-5]') ? 'a time of day' : 'a text'
}

/** The value in the profile `team`, and the values in the other profiles if they differ. */
function usualOf(path: string): string {
  const [team, solo, organisation] = ([PROFILES.team, PROFILES.solo, PROFILES.organisation] as const).map((values) =>
    valueAt(values, path),
  )
  const others = [
    ...(JSON.stringify(solo) === JSON.stringify(team) ? [] : [`solo: ${written(solo)}`]),
    ...(JSON.stringify(organisation) === JSON.stringify(team) ? [] : [`organisation: ${written(organisation)}`]),
  ]
  if (team === undefined && others.length === 0) return ''
  return others.length === 0 ? written(team) : `${written(team)} (${others.join(', ')})`
}

function valueAt(values: unknown, path: string): unknown {
  if (path === '') return values
  const [step = '', ...rest] = path.split('.')
  return isTree(values) && Object.hasOwn(values, step) ? valueAt(values[step], rest.join('.')) : undefined
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(written).join(', ')
  if (isTree(value)) return Object.keys(value).length === 0 ? 'none' : written(value['name'] ?? 'see below')
  return `\`${String(value)}\``
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

function setsOfCommands(): readonly string[] {
  return [
    '## Commands and roles',
    '',
    'Which command is in which set of `roles`:',
    '',
    ...POLICY_SETS.map((set) => `- \`${set}\`: ${listOf(commandsOf(set))}`),
    '',
  ]
}

function letters(): readonly string[] {
  return [
    '## Letters',
    '',
    'A text file in the folder `templatesFrom`, named after the letter (`receipt.txt`), replaces the text between the subject and the signature. A file in a subfolder named after a project (`lantern/receipt.txt`) replaces the text for that project alone. In the text, a field is written like `{{case}}`. Embargo alone writes the letters that are not listed here, because they contain personal data or details of a vulnerability. If a letter has a patch, the patch is attached to your text too.',
    '',
    ...TEMPLATE_NAMES.map((name) => {
      const needed = NEEDED_FIELDS[name]
      const fields = fieldsOf(TEMPLATE_FIELDS[name])
      return `- \`${name}\`: ${fields}${needed === undefined ? '' : `; it must name \`{{${needed}}}\``}`
    }),
  ]
}

function textsAboutVulnerabilities(): readonly string[] {
  return [
    '',
    '## Texts about a vulnerability',
    '',
    'To replace a text about a vulnerability, put a file with one of the names below into the folder `templatesFrom`. If the text is a mail, Embargo still writes the subject. Write `{{#issue}}` and `{{/issue}}` each on a line of its own: the lines between them are repeated for each vulnerability. `{{issues}}` stands for Embargo’s own sections, one for each vulnerability. A line whose fields are all empty is left out, so write a label and its field on one line. Files that end in `.md` are Markdown; what a reporter wrote is escaped in them. When Embargo loads the policy, it fills each text with two sample vulnerabilities, and refuses the text if something that it must contain is missing.',
    '',
    '```',
    ...EXAMPLE,
    '```',
    '',
    ...TEXT_NAMES.flatMap((name) => {
      const { file, fields, issueFields, needs, issueNeeds } = TEXT_TEMPLATES[name]
      const must = [...needs, ...issueNeeds]
      return [
        `- \`${file}\`: ${fieldsOf(fields)}`,
        ...(issueFields.length === 0 ? [] : [`  - for each vulnerability: ${fieldsOf(issueFields)}`]),
        `  - it must contain: ${fieldsOf(must)}`,
      ]
    }),
  ]
}

const EXAMPLE = [
  '{{summary}}',
  '',
  '{{#issue}}',
  '{{id}} ({{severity}})',
  '{{impact}}',
  '  Affected  {{affected}}',
  '  Fixed in  {{fix}}',
  '  Credit    {{credit}}',
  '',
  '{{/issue}}',
  'Found something else? Write to {{contact}}.',
] as const

const fieldsOf = (names: readonly string[]): string => listOf(names.map((name) => `{{${name}}}`))

const listOf = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')
