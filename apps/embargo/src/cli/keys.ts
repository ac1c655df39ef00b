import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { safeJson } from '@embargo/chat'
import type { CreatedKey, ExtendedKey, FoundKey, ImportedKey, ProjectKey } from '@embargo/engine'
import type { CliCommand } from './command.ts'
import type { CliContext } from './context.ts'
import { JSON_OPTION } from './help.ts'
import { CliError } from './output.ts'
import { askPassphrase } from './passphrase.ts'

const STRING = { type: 'string' } as const
const OPTIONS = { project: STRING, 'passphrase-file': STRING, to: STRING, json: { type: 'boolean' } } as const

type Options = {
  readonly project?: string | undefined
  readonly 'passphrase-file'?: string | undefined
  readonly to?: string | undefined
  readonly json?: boolean | undefined
}

/** `embargo keys`: manages the OpenPGP keys of the projects. */
export const keysCommand: CliCommand = {
  name: 'keys',
  entry: {
    usage: 'keys [create | confirm | extend | import | publish | find]',
    summary: 'The OpenPGP keys of your projects',
  },
  uses: [
    { usage: 'keys [--json]', summary: 'List the keys of your projects' },
    {
      usage: 'keys create [--project <id>] [--to <folder>]',
      summary: 'Make a key, and write copies of it to store on another machine or medium',
    },
    {
      usage: 'keys confirm [--project <id>]',
      summary: 'Confirm that the copies are stored elsewhere; the key is used from then on',
    },
    { usage: 'keys extend [--project <id>]', summary: 'Give the current key three more years from today' },
    { usage: 'keys import <file> [--project <id>]', summary: 'Take over a key that you have used elsewhere' },
    { usage: 'keys publish <folder>', summary: 'Write the files by which mail programs find your keys' },
    {
      usage: 'keys find <address> [--to <folder>]',
      summary: 'Look for the key of a recipient or a person in the directory of their mail domain',
    },
  ],
  help: {
    options: [
      ['--project <id>', 'where there are several'],
      [
        '--to <folder>',
        'the folder for the copies (by default the current one), or for the key that "keys find" finds',
      ],
      ['--passphrase-file <file>', 'a file whose first line is the passphrase; without it you are asked'],
      JSON_OPTION,
    ],
    examples: [
      ['keys create --to /media/usb', 'a private key under a passphrase, and a revocation certificate'],
      ['keys publish /var/www/html', 'a Web Key Directory, and the armored key for security.txt'],
    ],
  },
  run: async (args, context) => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
    const [what, file, ...more] = positionals
    if (more.length === 0) {
      if (what === undefined) return list(context, values)
      if (what === 'create' && file === undefined) return create(context, values)
      if (what === 'confirm' && file === undefined) return confirm(context, values)
      if (what === 'extend' && file === undefined) return extend(context, values)
      if (what === 'import' && file !== undefined) return take(context, file, values)
      if (what === 'publish' && file !== undefined) return publish(context, file)
      if (what === 'find' && file !== undefined) return find(context, file, values)
    }
    throw new CliError(
      'Type "embargo keys" alone, or with create, confirm, extend, import <file>, publish <folder> or find <address>.',
    )
  },
}

const project = ({ project: id }: Options) => (id === undefined ? {} : { project: id })

async function list({ ask, output }: CliContext, { json }: Options): Promise<number> {
  const keys = (await ask('keys', {})) as readonly ProjectKey[]
  if (json === true) output.out(safeJson({ is: 'keys', keys }))
  else if (keys.length === 0) output.out('No project has a key yet. Make one: embargo keys create')
  else for (const key of keys) output.out(lineOf(key))
  return 0
}

const STATES = {
  current: 'current',
  unconfirmed: 'not used yet: store its copies elsewhere, then: embargo keys confirm',
  former: 'former: mail to it can still be read',
} as const

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

function lineOf({ project: id, fingerprint, address, expiresAt, state }: ProjectKey): string {
  const until = expiresAt === undefined ? 'no end' : `until ${day(expiresAt)}`
  return [id, `<${address}>`, spaced(fingerprint), until, STATES[state]].join('  ')
}

/** The fingerprint in groups of four digits, as people compare it. */
const spaced = (fingerprint: string): string => fingerprint.match(/.{1,4}/gu)?.join(' ') ?? fingerprint

async function create(context: CliContext, options: Options): Promise<number> {
  const { ask, output } = context
  const passphrase = await askPassphrase(context, options['passphrase-file'], 'twice')
  const made = (await ask('keys-create', { ...project(options), passphrase })) as CreatedKey
  switch (made.is) {
    case 'taken':
      throw new CliError('Another key was made at the same moment. "embargo keys" shows it.', 1)
    case 'unconfirmed':
      throw new CliError(
        `${made.key.project} has a key that is not confirmed yet: ${spaced(made.key.fingerprint)}. Store its copies on another machine or medium, then: embargo keys confirm`,
        1,
      )
    case 'created': {
      const folder = options.to ?? '.'
      const secret = join(folder, `${made.key.fingerprint}-private.asc`)
      const revocation = join(folder, `${made.key.fingerprint}-revocation.asc`)
      write(secret, made.copies.secret, PRIVATE)
      write(revocation, made.copies.revocation, PRIVATE)
      output.out(lineOf(made.key))
      output.out(`The private key, under your passphrase: ${secret}`)
      output.out(`Its revocation certificate: ${revocation}`)
      output.out(
        'Move both files to another machine or medium, so that no backup of this machine contains them. Then: embargo keys confirm',
      )
      return 0
    }
  }
}

async function confirm({ ask, output }: CliContext, options: Options): Promise<number> {
  const { key } = (await ask('keys-confirm', project(options))) as { readonly key?: ProjectKey }
  if (key === undefined) throw new CliError('No key waits to be confirmed. "embargo keys" lists all keys.', 1)
  output.out(lineOf(key))
  output.out(
    'Reporters can encrypt to this key now. To publish it where their mail programs look for it: embargo keys publish <folder>',
  )
  return 0
}

async function extend({ ask, output }: CliContext, options: Options): Promise<number> {
  const extended = (await ask('keys-extend', project(options))) as ExtendedKey
  if (extended.is === 'no-key') throw new CliError('The project has no key in use. Make one: embargo keys create', 1)
  if (extended.is === 'cannot-extend')
    throw new CliError(
      'The primary part of this key is missing here. Extend the key on the machine where that part is stored, then import it here: embargo keys import <file>',
      1,
    )
  output.out(lineOf(extended.key))
  output.out('Its public part has changed. Publish it again: embargo keys publish <folder>')
  return 0
}

const REFUSALS = {
  'no-key': 'The file has no OpenPGP key.',
  'public-only': 'The file has only the public part of a key. Export the private part: gpg --export-secret-keys',
  'too-large': 'The file is larger than any key.',
  unreadable: 'The key cannot be read. Its version or its algorithms are not supported.',
  'wrong-passphrase': 'The passphrase does not open the key.',
  'cannot-decrypt': 'The key cannot decrypt: it has no subkey for encryption, or the subkey has expired.',
  'cannot-sign':
    'The key cannot sign: its secret part for signing is missing or has expired. Every encrypted mail must be signed.',
} as const

async function take(context: CliContext, file: string, options: Options): Promise<number> {
  const { ask, output } = context
  const key = readFileSync(file).toString('base64')
  const passphrase = await askPassphrase(context, options['passphrase-file'], 'once')
  const taken = (await ask('keys-import', { ...project(options), key, passphrase })) as ImportedKey
  if (taken.is === 'taken') throw new CliError('Another key was taken over at the same moment. Try again.', 1)
  if (taken.is === 'refused') throw new CliError(`${REFUSALS[taken.because]} Nothing was changed.`, 1)
  output.out(lineOf(taken.key))
  if (!taken.extends)
    output.out(
      'The primary part of the key is not here, so its expiry date cannot be changed here. Extend the key on the machine where that part is stored.',
    )
  return 0
}

async function publish({ ask, output }: CliContext, folder: string): Promise<number> {
  const files = (await ask('key-files', {})) as readonly { readonly path: string; readonly content: string }[]
  if (files.length === 0) throw new CliError('No project has a key that is in use. Make one: embargo keys create', 1)
  for (const { path, content } of files) write(join(folder, path), Buffer.from(content, 'base64'), PUBLIC)
  for (const path of new Set(files.map((one) => join(folder, one.path)))) output.out(path)
  output.out('Serve the folder .well-known over HTTPS at the domain of the address, or at openpgpkey.<domain>.')
  return 0
}

const NOT_FOUND = {
  none: 'Their mail domain publishes no key for this address. Ask them for it.',
  unreachable: 'The directory of their mail domain does not answer. Try again later, or ask them for the key.',
  unusable:
    'Their mail domain publishes a key that cannot be used, or that does not name this address. Ask them for another.',
} as const

async function find({ ask, output }: CliContext, address: string, { to }: Options): Promise<number> {
  const found = (await ask('key-find', { address })) as FoundKey & { readonly armored: string }
  if (found.is !== 'found') throw new CliError(NOT_FOUND[found.is], 1)
  const { fingerprint, expiresAt } = found.key
  output.out(
    [`<${address}>`, spaced(fingerprint), expiresAt === undefined ? 'no end' : `until ${day(expiresAt)}`].join('  '),
  )
  if (to !== undefined) {
    const path = join(to, `${fingerprint}.asc`)
    write(path, found.armored, PUBLIC)
    output.out(path)
  }
  const getFile = to === undefined ? `get the key’s file with "embargo keys find ${address} --to <folder>", and ` : ''
  output.out(
    `Their mail domain says that this is their key, and nothing else proves it. Compare the fingerprint with them, but not by mail. Then ${getFile}write the name of the key’s file into the policy, as "key" beside their address.`,
  )
  return 0
}

const PRIVATE = 0o600
const PUBLIC = 0o644

function write(path: string, content: string | Uint8Array, mode: number): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content, { mode })
}
