import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { RULES, cruiseModules, violations } from './cruise-modules.ts'
import { LAYERS } from './rules.ts'

const newFolder = (): string => realpathSync(mkdtempSync(join(tmpdir(), 'embargo-architecture-')))
const remove = (folder: string): void => rmSync(folder, { recursive: true })

let root = ''
beforeEach(() => {
  root = newFolder()
})
afterEach(() => remove(root))

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}

/** A library as npm installs it. */
const library = (name: string, file = 'index.js'): Readonly<Record<string, string>> => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
  [`node_modules/${name}/${file}`]: 'module.exports = {}',
})

type Breach = {
  readonly rule: string
  readonly from: string
  readonly imports: string
  readonly files?: Readonly<Record<string, string>>
}

const face = (room: string): Readonly<Record<string, string>> => ({ [`${room}/src/index.ts`]: 'export const face = 1' })

const forbidden = (room: string, other: string): Breach => ({
  rule: `${room}-imports-only-its-own`,
  from: `packages/${room}/src/breach.ts`,
  imports: `../../../packages/${other}/src/index.ts`,
  files: face(`packages/${other}`),
})

const strayed = (rule: string, name: string, from = 'apps/embargo/src/breach.ts'): Breach => ({
  rule,
  from,
  imports: name,
  files: library(name),
})

/**
 * For each layer, an import from the layer after it. The last layer may import all other layers, so it imports the
 * index file of the package, which is forbidden too.
 */
const againstTheOrder = LAYERS.map((layer, index): Breach => {
  const later = LAYERS[index + 1]
  const to = later === undefined ? 'index.ts' : `${later}/face.ts`
  return {
    rule: `core-${layer}-imports-earlier-layers`,
    from: `packages/core/src/${layer}/breach.ts`,
    imports: `../${to}`,
    files: { [`packages/core/src/${to}`]: 'export const face = 1' },
  }
})

const BREACHES: readonly Breach[] = [
  ...againstTheOrder,
  {
    rule: 'core-names-few-types-of-later-layers',
    from: 'packages/core/src/vocabulary/decision.ts',
    imports: '../gates/face.ts',
    files: { 'packages/core/src/gates/face.ts': 'export const face = 1' },
  },
  {
    rule: 'core-imports-no-value-of-later-layers',
    from: 'packages/core/src/vocabulary/decision.ts',
    imports: '../state/state.ts',
    files: { 'packages/core/src/state/state.ts': 'export const face = 1' },
  },
  forbidden('core', 'engine'),
  forbidden('mail', 'engine'),
  forbidden('documents', 'mail'),
  forbidden('letters', 'mail'),
  forbidden('config', 'engine'),
  forbidden('policy-check', 'engine'),
  forbidden('engine', 'store'),
  forbidden('store', 'chat'),
  forbidden('chat', 'store'),
  forbidden('bot-kit', 'store'),
  forbidden('emulator-kit', 'core'),
  forbidden('emulator-slack', 'engine'),
  forbidden('emulator-discord', 'emulator-slack'),
  forbidden('emulator-smtp', 'mail'),
  forbidden('emulator-cve', 'engine'),
  forbidden('cve-services', 'store'),
  forbidden('emulator-github', 'documents'),
  forbidden('github', 'store'),
  strayed('slack-only-in-its-room', '@slack/bolt'),
  strayed('discord-only-in-its-room', 'discord.js'),
  strayed('prisma-only-in-its-room', '@prisma/client'),
  strayed('octokit-only-in-its-room', '@octokit/core'),
  strayed('smtp-server-only-in-its-room', 'smtp-server', 'packages/mail/src/breach.ts'),
  strayed('imapflow-only-in-its-room', 'imapflow', 'packages/mail/src/breach.ts'),
  strayed('mailauth-only-in-its-room', 'mailauth', 'packages/mail/src/breach.ts'),
  strayed('imapflow-only-in-its-room', 'imapflow', 'apps/mail-bridge/src/breach.ts'),
  strayed('openpgp-only-in-its-room', 'openpgp', 'packages/mail/src/breach.ts'),
  strayed('nodemailer-only-in-its-room', 'nodemailer', 'packages/engine/src/breach.ts'),
  strayed('yaml-only-in-its-room', 'yaml'),
  strayed('core-imports-zod-alone', 'ulid', 'packages/core/src/breach.ts'),
  { rule: 'core-imports-zod-alone', from: 'packages/core/src/breach.ts', imports: 'node:crypto' },
  { rule: 'mail-opens-no-socket', from: 'packages/mail/src/breach.ts', imports: 'node:net' },
  {
    rule: 'mail-opens-no-socket',
    from: 'packages/mail/src/breach.ts',
    imports: 'nodemailer/lib/smtp-connection/index.js',
    files: library('nodemailer', 'lib/smtp-connection/index.js'),
  },
  {
    rule: 'no-app-imports-an-app',
    from: 'apps/slack-bot/src/breach.ts',
    imports: '../../mail-bridge/src/index.ts',
    files: face('apps/mail-bridge'),
  },
  {
    rule: 'demo-plays-the-program-alone',
    from: 'apps/demo/src/breach.ts',
    imports: '../../slack-bot/src/index.ts',
    files: face('apps/slack-bot'),
  },
  {
    rule: 'nothing-imports-the-demo',
    from: 'apps/embargo/src/breach.ts',
    imports: '../../demo/src/index.ts',
    files: face('apps/demo'),
  },
  {
    rule: 'packages-import-no-app',
    from: 'packages/chat/src/breach.ts',
    imports: '../../../apps/embargo/src/index.ts',
    files: face('apps/embargo'),
  },
  {
    rule: 'emulators-only-in-tests-and-demo',
    from: 'apps/embargo/src/breach.ts',
    imports: '../../../packages/testkit/src/index.ts',
    files: face('packages/testkit'),
  },
  {
    rule: 'emulators-only-in-tests-and-demo',
    from: 'apps/embargo/src/breach.ts',
    imports: '../../../packages/emulator-slack/src/index.ts',
    files: face('packages/emulator-slack'),
  },
  {
    rule: 'only-the-face-of-a-package',
    from: 'apps/embargo/src/breach.ts',
    imports: '../../../packages/store/src/tables.ts',
    files: { 'packages/store/src/tables.ts': 'export const face = 1' },
  },
  {
    rule: 'only-the-face-of-a-package',
    from: 'packages/chat/test/breach.ts',
    imports: '../../testkit/src/policy/quillmark.ts',
    files: { 'packages/testkit/src/policy/quillmark.ts': 'export const face = 1' },
  },
  {
    rule: 'no-cycle',
    from: 'packages/core/src/breach.ts',
    imports: './other.ts',
    files: { 'packages/core/src/other.ts': "export { face } from './breach.ts'" },
  },
  {
    rule: 'no-cycle',
    from: 'packages/core/src/breach.ts',
    imports: './other.ts',
    files: {
      'packages/core/src/other.ts': "import type { face } from './breach.ts'\nexport type Face = typeof face\n",
    },
  },
  { rule: 'everything-resolves', from: 'packages/chat/src/breach.ts', imports: './gone.ts' },
]

const nameOf = (imported: string): string => basename(imported).replace('node:', '')

/**
 * The files of all breaches in one tree, because checking many files takes hardly longer than checking two. No two
 * breaches share a file.
 */
function tree(): { readonly files: Readonly<Record<string, string>>; readonly breaches: readonly Breach[] } {
  const files: Record<string, string> = {}
  const breaches = BREACHES.map((breach, index): Breach => {
    const own = (text: string): string => text.replaceAll(/\b(breach|other)\.ts/g, `$1-${index}.ts`)
    const [from, imports] = [own(breach.from), own(breach.imports)]
    for (const [path, text] of Object.entries(breach.files ?? {})) files[own(path)] = own(text)
    files[from] =
      `${files[from] ?? ''}import { face as face${index} } from '${imports}'\nexport { face${index} as face }\n`
    return { ...breach, from, imports }
  })
  return { files, breaches }
}

describe('each rule of the architecture can fail', () => {
  const { files, breaches } = tree()
  let found: readonly string[] = []
  beforeAll(async () => {
    await using stack = new AsyncDisposableStack()
    const root = stack.adopt(newFolder(), remove)
    write(root, files)
    found = violations(await cruiseModules(root, ['packages', 'apps']))
  })

  it.each(breaches)('$rule: $from imports $imports', ({ rule, from, imports }) => {
    expect(found).toContainEqual(expect.stringMatching(new RegExp(`^${rule}: ${from} → .*${nameOf(imports)}`)))
  })

  it('and every rule is tried here', () => {
    expect(new Set(BREACHES.map(({ rule }) => rule))).toEqual(new Set(RULES))
  })

  it('also when only a type is imported', async () => {
    write(root, {
      ...face('packages/store'),
      'packages/core/src/breach.ts':
        "import type { face } from '../../store/src/index.ts'\nexport type Face = typeof face\n",
    })
    expect(violations(await cruiseModules(root, ['packages']))).toContainEqual(
      expect.stringContaining('core-imports-only-its-own'),
    )
  })

  it('also beside and inside an `await using`', async () => {
    const text = "await using held = await import('../../store/src/index.ts')\nexport const name = String(held)\n"
    write(root, { ...face('packages/store'), 'packages/core/src/breach.ts': text })
    expect(violations(await cruiseModules(root, ['packages']))).toContainEqual(
      expect.stringContaining('core-imports-only-its-own'),
    )
  })

  it('and a check that sees no modules fails', async () => {
    mkdirSync(join(root, 'packages'))
    await expect(cruiseModules(root, ['packages'])).rejects.toThrow('saw no modules')
  })

  it('while what is allowed passes', async () => {
    write(root, {
      ...library('zod'),
      ...face('packages/core'),
      'packages/chat/src/index.ts': "export { face } from '../../core/src/index.ts'\nexport { z } from 'zod'\n",
    })
    expect(violations(await cruiseModules(root, ['packages']))).toEqual([])
  })
})
