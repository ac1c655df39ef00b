import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { COMMANDS, commandReference, typedName } from '@embargo/chat'
import { VARIABLES, describeProblems, readPolicy } from '@embargo/config'
import { CommandOutput } from 'embargo'
import { describe, expect, it } from 'vitest'
import { deadlineList } from '../tools/deadlines.ts'
import { machines } from '../tools/machines.ts'
import { rules } from '../tools/rules.ts'

const ROOT = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')
const readmes = globSync('{packages,apps}/*/README.md', { cwd: ROOT })
const pages = [...globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT }), ...readmes]

/** The paths in the code spans of a page, without patterns such as `<verb>.ts`. */
function pathsIn(page: string): readonly string[] {
  const path = readmes.includes(page)
    ? /`([a-z.][\w.-]*\/[^`\s]*)`/g
    : /`((?:packages|apps|prisma|tests|docs|tools|bench)\/[^`\s]*)`/g
  return [...read(page).matchAll(path)].map(([, found = '']) => found).filter((one) => !/[<>*…#]/.test(one))
}

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsIn = (page: string): ReadonlySet<string> =>
  new Set(
    [...read(page).matchAll(/^#+ (.+)$/gmu)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )

describe('the documentation', () => {
  it.each([
    ['docs/operations.md', ''],
    // The policies on these pages leave out the people, so two people are added to each policy.
    ...globSync('docs/publication/*.md', { cwd: ROOT }).map((page) => [
      page,
      'people: [{ id: ana, name: Ana }, { id: ben, name: Ben }]',
    ]),
  ])('%s has an example policy that is valid', (page = '', rest = '') => {
    const [, written = ''] = /```yaml\n([^]*?)```/.exec(read(page)) ?? []
    const reading = readPolicy(page, `${written}${rest}`)
    expect(written).toContain('projects:')
    expect(reading.ok ? '' : describeProblems(reading.problems)).toBe('')
  })

  it.each([
    ['docs/commands.md', commandReference],
    ['docs/deadlines.md', deadlineList],
    ['docs/machines.md', machines],
    ['docs/rules.md', rules],
  ])('%s says what the program does', (page, made) => {
    expect(read(page), `${page} is not what it is made from any more: run "npm run docs"`).toBe(made())
  })

  it('names every variable, and no other', () => {
    const named = [...read('docs/operations.md').matchAll(/^\| `(EMBARGO_[A-Z_]+)` \|/gm)].map(([, name]) => name)
    expect(named.toSorted()).toEqual(Object.keys(VARIABLES).toSorted())
  })

  it('tells coordinators of every command', () => {
    const page = read('docs/process.md')
    const isTold = (name: string): boolean => new RegExp(`\`(?:/|/cvd |embargo 42 )${name}[ \`]`, 'u').test(page)
    expect(COMMANDS.map(({ verb }) => typedName(verb)).filter((name) => !isTold(name))).toEqual([])
  })

  it('says of every JSON value that is printed what is in it', () => {
    const page = read('docs/json.md')
    // Workers are left out, because only the process that started a worker reads its messages.
    const sources = globSync('apps/embargo/src/{cli,control,facts,measures}/**/*.ts', {
      cwd: ROOT,
      exclude: ['**/*-worker.ts'],
    })
    const printed = sources.flatMap((path) =>
      [...read(path).matchAll(/\bis: (?:z\.literal\()?'([a-z-]+)'/g)].map(([, is = '']) => is),
    )
    expect(printed).toEqual(expect.arrayContaining(['measures', 'policy-check']))
    for (const { shape } of CommandOutput.options) expect(printed).toContain(shape.is.value)
    expect([...new Set(printed)].filter((is) => !page.includes(`\`${is}\``))).toEqual([])
  })

  it.each(pages)('%s has no broken link', (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
      ([, target = '', anchor]) => ({
        target: target === '' ? page : relative(ROOT, join(ROOT, dirname(page), target)),
        anchor,
      }),
    )
    const isBroken = ({ target, anchor }: (typeof targets)[number]): boolean =>
      !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsIn(target).has(anchor))
    expect(targets.filter(isBroken)).toEqual([])
  })

  it.each(['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'docs/threat-model.md', ...readmes])(
    '%s names no file or folder that is gone',
    (page) => {
      // The README of a package can name paths relative to its own folder or to its `src` folder.
      const from = [ROOT, join(ROOT, dirname(page)), join(ROOT, dirname(page), 'src')]
      const gone = pathsIn(page).filter((path) => !from.some((folder) => existsSync(join(folder, path))))
      expect(gone).toEqual([])
    },
  )

  it('finds the paths that a page names', () => {
    expect(pathsIn('CONTRIBUTING.md').length).toBeGreaterThan(5)
    for (const page of readmes) expect(pathsIn(page)).not.toEqual([])
  })

  it('names for each attack on the reading of mail a test whose title begins with its name', () => {
    const folder = 'packages/mail'
    const rows = [
      ...read(`${folder}/README.md`).matchAll(/^\| ([^|`]+) \| [^|]+ \| ((?:`[^`]+\.test\.ts`(?:, )?)+) \|$/gmu),
    ]
    const missing = rows.flatMap(([, name = '', files = '']) =>
      [...files.matchAll(/`([^`]+)`/gu)].flatMap(([, file = '']) =>
        read(join(folder, file)).includes(`'${name}`) ? [] : [`${name} in ${file}`],
      ),
    )
    expect(missing).toEqual([])
    expect(rows.length).toBeGreaterThan(30)
  })

  it('names a test for every promise of the threat model', () => {
    const tests = [...read('docs/threat-model.md').matchAll(/`([^`]+\.test\.ts)`/g)]
    expect(tests.length).toBeGreaterThan(15)
  })
})
