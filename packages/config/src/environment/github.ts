import { createPrivateKey } from 'node:crypto'
import type { GitHubConfig, HostPort } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { apiUrlProblems } from './api-url.ts'
import { parseHostPort } from './host-port.ts'
import { readSecretFile } from './secret-file.ts'
import type { SecretFiles } from './secret-file.ts'
import type { VariableName, Variables } from './variables.ts'

export const GITHUB_API_URL = 'https://api.github.com'

/**
 * https://github.blog/engineering/behind-githubs-new-authentication-token-formats; older tokens have 40 hexadecimal
 * digits.
 */
const TOKEN = /^(?:gh[pousr]_|github_pat_)\w{16,255}$|^[0-9a-f]{40}$/u
const APP_ID = /^\d{1,12}$/u

export type GitHubReading = { readonly github?: GitHubConfig; readonly problems: readonly Problem[] }

/** Reads the app's id and the file with its key, or a token. A problem never repeats the token or the key. */
export function githubOf(variables: Variables, files: SecretFiles): GitHubReading {
  const apiUrl = variables.get('EMBARGO_GITHUB_API_URL') ?? GITHUB_API_URL
  const address = apiUrlProblems({ name: 'EMBARGO_GITHUB_API_URL', written: apiUrl, usual: GITHUB_API_URL })
  const token = variables.get('EMBARGO_GITHUB_TOKEN')
  const app = variables.get('EMBARGO_GITHUB_APP')
  const keyFile = variables.get('EMBARGO_GITHUB_KEY_FILE')
  if (token === undefined && app === undefined && keyFile === undefined) return { problems: address }
  const login =
    token === undefined ? appLogin(app, keyFile, files) : tokenLogin(token, app !== undefined || keyFile !== undefined)
  const webhook = webhookOf(variables)
  const problems = [address, problemsOf(login), problemsOf(webhook)].flat()
  if (problems.length > 0 || 'problems' in login || 'problems' in webhook) return { problems }
  return { github: { apiUrl: apiUrl.replace(/\/+$/u, ''), login, ...webhook }, problems }
}

const problemsOf = (read: object | { readonly problems: readonly Problem[] }): readonly Problem[] =>
  'problems' in read ? read.problems : []

/**
 * Only this machine can reach this address. GitHub sends its requests to a proxy, which ends TLS and forwards them to
 * this address.
 */
const DEFAULT_LISTEN: HostPort = { host: '127.0.0.1', port: 3001 }
/**
 * A shorter secret can be found by brute force, because the signature of a single delivery shows whether a guess is
 * right.
 */
const SECRET_MIN = 16

function webhookOf(variables: Variables): Pick<GitHubConfig, 'webhook'> | { readonly problems: readonly Problem[] } {
  const secret = variables.get('EMBARGO_GITHUB_WEBHOOK_SECRET')
  const written = variables.get('EMBARGO_GITHUB_LISTEN')
  if (secret === undefined && written === undefined) return {}
  const listen = written === undefined ? DEFAULT_LISTEN : parseHostPort(written)
  if (listen === undefined)
    return wrong(
      'EMBARGO_GITHUB_LISTEN',
      'This is not a host with a port.',
      'Write 127.0.0.1:3001, and let your TLS proxy forward the address of the webhook to it.',
    )
  if (secret === undefined || secret.length < SECRET_MIN)
    return wrong(
      'EMBARGO_GITHUB_WEBHOOK_SECRET',
      `The secret of the webhook is missing or has fewer than ${SECRET_MIN} characters, so anybody could write reports in GitHub’s name.`,
      'Make one with: openssl rand -hex 32. Write it here, and into the settings of the app.',
    )
  return { webhook: { secret: new Secret(secret), listen } }
}

type Login = GitHubConfig['login'] | { readonly problems: readonly Problem[] }

const wrong = (name: VariableName, because: string, instead: string): { readonly problems: readonly Problem[] } => ({
  problems: [{ at: { is: 'variable', name }, because, instead }],
})

function tokenLogin(token: string, hasApp: boolean): Login {
  if (hasApp)
    return wrong(
      'EMBARGO_GITHUB_TOKEN',
      'A token and an app are set, and only one of them is used.',
      'Unset EMBARGO_GITHUB_TOKEN and keep the app, which has fewer permissions.',
    )
  if (TOKEN.test(token)) return { is: 'token', token: new Secret(token) }
  return wrong(
    'EMBARGO_GITHUB_TOKEN',
    'This is not a GitHub token. (It is not shown here.)',
    'Copy it again: it begins with github_pat_ or ghp_.',
  )
}

function appLogin(app: string | undefined, keyFile: string | undefined, files: SecretFiles): Login {
  if (app === undefined)
    return wrong('EMBARGO_GITHUB_APP', 'The app’s id is missing.', 'The app’s page at GitHub shows it as "App ID".')
  if (!APP_ID.test(app))
    return wrong('EMBARGO_GITHUB_APP', 'An app’s id is a number.', 'The app’s page at GitHub shows it as "App ID".')
  if (keyFile === undefined)
    return wrong(
      'EMBARGO_GITHUB_KEY_FILE',
      'The app’s private key is missing.',
      'On the app’s page at GitHub: Private keys → Generate a private key. Then name the downloaded file here.',
    )
  const file = readSecretFile(files, keyFile)
  if ('because' in file) return wrong('EMBARGO_GITHUB_KEY_FILE', file.because, file.instead)
  if (file.text === undefined)
    return wrong('EMBARGO_GITHUB_KEY_FILE', `There is no such file: ${file.path}.`, 'Name the downloaded .pem file.')
  if (!isPrivateKey(file.text))
    return wrong(
      'EMBARGO_GITHUB_KEY_FILE',
      `The file ${file.path} holds no RSA private key.`,
      'Name the .pem file that GitHub let you download.',
    )
  return { is: 'app', appId: app, privateKey: new Secret(file.text) }
}

function isPrivateKey(text: string): boolean {
  try {
    return createPrivateKey(text).asymmetricKeyType === 'rsa'
  } catch {
    return false
  }
}
