import { instant } from '@embargo/core'
import type { Instant } from '@embargo/core'
import type { MailboxConfig, MailLogin } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { IMAP, serverOf } from './server-url.ts'
import type { ServerUrl } from './server-url.ts'
import { oauthLogin } from './oauth.ts'
import { readSecretFile } from './secret-file.ts'
import type { SecretFiles, SecretFileTrouble } from './secret-file.ts'
import type { Variables } from './variables.ts'

export type MailboxReading = { readonly mailboxes: readonly MailboxConfig[]; readonly problems: readonly Problem[] }

type SettingName = 'EMBARGO_IMAP' | 'EMBARGO_IMAP_FILE'

/** The options that a mailbox's address may have. */
const OPTIONS: readonly string[] = ['project', 'since', 'oauth', 'return-path']

const EXAMPLE = 'imaps://user%40example.org:password@imap.example.org/?project=lantern&since=2026-11-01'

/**
 * The mailboxes that are read. The variable lists them separated by spaces; the file has one on each line. An error
 * never repeats an address, because it may contain a password.
 */
export function mailboxesOf(variables: Variables, around: SecretFiles, projects: readonly string[]): MailboxReading {
  const path = variables.get('EMBARGO_IMAP_FILE')
  const file = path === undefined ? { text: '' } : readSecretFile(around, path)
  if ('because' in file) return failed('EMBARGO_IMAP_FILE', file.because, file.instead)
  const { text } = file
  if (text === undefined)
    return failed(
      'EMBARGO_IMAP_FILE',
      'There is no such file.',
      'Name a file with one mailbox on each line, or unset it.',
    )
  const lines = text.split('\n').map((line) => line.trim())
  const written = [
    ...(variables.get('EMBARGO_IMAP') ?? '').split(/\s+/u).map((url) => ['EMBARGO_IMAP', url] as const),
    ...lines.filter((line) => !line.startsWith('#')).map((url) => ['EMBARGO_IMAP_FILE', url] as const),
  ].filter(([, url]) => url !== '')
  const read = written.map(([name, url]) => mailboxOf(name, url, projects, around))
  const mailboxes = read.flatMap((one) => one.mailboxes)
  const problems = read.flatMap((one) => one.problems)
  const keys = mailboxes.map(({ user, host }) => `${user}@${host}`)
  const [twice] = keys.filter((key, at) => keys.indexOf(key) !== at)
  if (twice === undefined) return { mailboxes, problems }
  const because = 'A mailbox is named twice.'
  return {
    mailboxes,
    problems: [...problems, problem('EMBARGO_IMAP', because, 'Name it once, with all its projects.')],
  }
}

function mailboxOf(name: SettingName, written: string, known: readonly string[], around: SecretFiles): MailboxReading {
  const server = serverOf(written, IMAP)
  if (server === undefined || server.user === '')
    return failed(
      name,
      'This is not a mailbox address. (It is not shown here, because it may contain a password.)',
      `Write ${EXAMPLE}.`,
    )
  const { options, host, port, tls, user } = server
  const strange = [...options.keys()].find((key) => !OPTIONS.includes(key))
  if (strange !== undefined)
    return failed(name, `A mailbox has no option "${strange}".`, `The options are ${OPTIONS.join(', ')}.`)
  const projects = options.getAll('project').flatMap((ids) => ids.split(','))
  const missing = projects.find((id) => !known.includes(id))
  if (missing !== undefined)
    return failed(name, `The policy has no project "${missing}".`, `It has ${known.join(', ')}.`)
  const since = sinceOf(options)
  if (since === 'wrong') return failed(name, 'What follows "since" is not a date.', 'Write it as since=2026-11-01.')
  const returnPath = options.get('return-path')
  if (returnPath !== null && returnPath !== 'trust')
    return failed(name, '"return-path" has only the value "trust".', 'Write return-path=trust, or leave it out.')
  const login = loginOf(server, around)
  if ('because' in login) return failed(name, login.because, login.instead)
  return {
    mailboxes: [
      {
        host,
        port,
        tls,
        user,
        login,
        projects: projects.length > 0 ? projects : known,
        ...(since !== undefined && { since }),
        ...(returnPath !== null && { returnPath }),
      },
    ],
    problems: [],
  }
}

function loginOf({ options, password }: ServerUrl, around: SecretFiles): MailLogin | SecretFileTrouble {
  const file = options.get('oauth')
  if (file !== null) return oauthLogin(around, file)
  return password.reveal() === ''
    ? { because: 'The password of a mailbox is missing.', instead: `Write ${EXAMPLE}.` }
    : { is: 'password', password }
}

function sinceOf(options: ServerUrl['options']): Instant | undefined | 'wrong' {
  const written = options.get('since')
  if (written === null) return undefined
  const at = /^\d{4}-\d{2}-\d{2}$/u.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN
  return Number.isNaN(at) || at < 0 ? 'wrong' : instant(at)
}

const problem = (name: SettingName, because: string, instead: string): Problem => ({
  at: { is: 'variable', name },
  because,
  instead,
})

const failed = (name: SettingName, because: string, instead: string): MailboxReading => ({
  mailboxes: [],
  problems: [problem(name, because, instead)],
})
