import {
  commandsOf,
  GATES,
  isTree,
  isWaivable,
  NEEDED_FIELDS,
  PROFILES,
  POLICY_SETS,
  TEMPLATE_FIELDS,
  TEMPLATE_NAMES,
  WAIVABLE_GATES,
} from '@embargo/core'
import type { GateId } from '@embargo/core'
import { policyJsonSchema } from './json-schema.ts'

/** The reference of the policy file as a Markdown page, made from the schema and the profiles. */
export function policyReference(): string {
  const { properties } = policyJsonSchema()
  const sections = isTree(properties) ? Object.entries(properties) : []
  return [
    ...INTRODUCTION,
    ...sections.flatMap(([name, node]) => sectionOf(name, node)),
    ...gatesSaid(),
    ...rolesSaid(),
    ...templatesSaid(),
    '',
  ].join('\n')
}

const INTRODUCTION = [
  '# The policy file',
  '',
  'This page is made from the schema: `npm run docs` writes it and the schema beside it again.',
  '',
  'One file settles how a deployment works: `embargo.policy.yaml` in the data folder, or the file that `EMBARGO_POLICY` names. What you leave out has the value of the profile, so an empty file is a policy: that of one person alone, the user of the machine. A list replaces the list below it whole; everything else is changed value by value.',
  '',
  'All mistakes are reported at once, each with its line and column, the value found and what would be right. Four commands look at the file: `embargo policy check` explores how cases can go under it, and reports what can never be reached, run, heard or mailed, with the reason and what to do (`--whole` explores every state); `embargo policy diff` lists every setting that differs from the profile, and where projects differ from the policy as a whole; `embargo policy explain SEC-2026-0001 disclose` says which rules a command, as it is typed in chat, still breaks in a case; `embargo policy schema` prints the JSON Schema.',
  '',
  'For an editor that completes and checks while you write, save that schema beside the policy (`embargo policy schema > embargo.policy.schema.json`) and begin the policy with:',
  '',
  '```yaml',
  '# yaml-language-server: $schema=embargo.policy.schema.json',
  '```',
  '',
  'A duration is a number with `minutes`, `hours`, `days` or `working days`. A day has 24 hours. Working days are those of the calendar, counted in its zone, and end at the same time of day.',
  '',
  'What holds for a case is the whole policy, and over it the `policy` of its project.',
  '',
]

type Row = { readonly key: string; readonly takes: string; readonly usual: string; readonly says: string }

/** Its keys are those of the other sections. */
const REPEATS = 'projects[].policy'
/** These have tables of their own. */
const TOLD_BELOW: ReadonlySet<string> = new Set(['waivers'])

function sectionOf(name: string, node: unknown): readonly string[] {
  if (!isTree(node)) return []
  const head = [`## ${name}`, '', textOf(node['description']), '']
  if (TOLD_BELOW.has(name)) return [...head, `Its keys stand [below](#${ANCHORS[name] ?? name}).`, '']
  const rows = rowsOf(name, node, name)
  if (rows.length === 0) {
    const usual = name === 'platforms' ? '`terminal`' : usualOf(name)
    return [...head, `Takes ${takes(node)}.${usual === '' ? '' : ` By default ${usual}.`}`, '']
  }
  return [...head, ...tableOf(rows), '']
}

const ANCHORS: Readonly<Record<string, string>> = {
  waivers: 'gates',
}

function rowsOf(key: string, node: unknown, path: string): readonly Row[] {
  if (!isTree(node) || path === REPEATS) return []
  if (isTree(node['items']) && isTree(node['items']['properties']))
    return rowsOf(`${key}[]`, node['items'], `${path}[]`)
  const { properties } = node
  if (!isTree(properties)) return []
  return Object.entries(properties).flatMap(([name, child]): readonly Row[] => {
    if (!isTree(child)) return []
    const own = `${path}.${name}`
    const within = rowsOf(name, child, own)
    const said = textOf(child['description'])
    const filled = 'default' in child && own.includes('[]') ? written(child['default']) : usualOf(own)
    const row = { key: short(own), takes: takes(child), usual: filled, says: said }
    if (own === REPEATS) return [{ ...row, takes: 'keys of the sections below', usual: '' }]
    if (within.length === 0) return [row]
    return said === '' ? within : [{ ...row, takes: '', usual: '' }, ...within]
  })
}

/** The key within its section. */
const short = (path: string): string => path.replace(/^[^.]+\./, '')

function tableOf(rows: readonly Row[]): readonly string[] {
  return [
    '| key | takes | by default | |',
    '|---|---|---|---|',
    ...rows.map(({ key, takes: what, usual, says }) => `| \`${key}\` | ${what} | ${usual} | ${says} |`),
  ]
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

/** The value in the profile `team`, and those of the other profiles if they differ. */
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

function gatesSaid(): readonly string[] {
  const ids = Object.keys(GATES) as readonly GateId[]
  return [
    '## Gates',
    '',
    'A gate is a rule that can refuse a command. Where `waivers` names who, that role may let a command pass it, with a reason and a second person; the others have no way round. The fix is waived branch by branch, and never on the last one.',
    '',
    '| gate | the rule | waived by default by |',
    '|---|---|---|',
    ...ids.map(
      (gate) => `| \`${gate}\` | ${GATES[gate].rule} | ${isWaivable(gate) ? usualOf(`waivers.${gate}`) : 'nobody'} |`,
    ),
    '',
    `Keys of \`waivers\`: ${WAIVABLE_GATES.map((gate) => `\`${gate}\``).join(', ')}. Each takes \`team\`, \`admin\` or \`nobody\`.`,
    '',
  ]
}

function rolesSaid(): readonly string[] {
  return [
    '## Commands and roles',
    '',
    'Which command is in which set of `roles`:',
    '',
    ...POLICY_SETS.map(
      (set) =>
        `- \`${set}\`: ${commandsOf(set)
          .map((verb) => `\`${verb}\``)
          .join(', ')}`,
    ),
    '',
  ]
}

function templatesSaid(): readonly string[] {
  return [
    '## Letters',
    '',
    'A text file of the folder `templatesFrom`, named as the letter (`receipt.txt`), replaces the text between the subject and the signature; in a folder of it that is named after a project (`lantern/receipt.txt`) it does so for that project. Fields are written `{{case}}`. What carries details of a vulnerability or a person’s data, and what the public reads, is written by Embargo alone. A patch goes with its letter as an attachment.',
    '',
    '| letter | fields | must name |',
    '|---|---|---|',
    ...TEMPLATE_NAMES.map((name) => {
      const needed = NEEDED_FIELDS[name]
      const fields = TEMPLATE_FIELDS[name].map((field) => `\`{{${field}}}\``).join(', ')
      return `| \`${name}\` | ${fields} | ${needed === undefined ? '' : `\`{{${needed}}}\``} |`
    }),
  ]
}
