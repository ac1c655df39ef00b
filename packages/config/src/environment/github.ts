import { createPrivateKey } from 'node:crypto'
import type { GitHubConfig } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { apiUrlProblems } from './api-url.ts'
import { readSecretFile } from './secret-file.ts'
import type { SecretFiles } from './secret-file.ts'
import type { VariableName, Variables } from './variables.ts'

export const GITHUB_API_URL = 'https://api.github.com'

/** https://github.blog/engineering/behind-githubs-new-authentication-token-formats; older tokens have 40 hexadecimal digits. */
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
  const problems = [...address, ...('problems' in login ? login.problems : [])]
  if (problems.length > 0 || 'problems' in login) return { problems }
  return { github: { apiUrl: apiUrl.replace(/\/+$/u, ''), login }, problems }
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
      'Keep the app, which may do less, and unset EMBARGO_GITHUB_TOKEN.',
    )
  if (TOKEN.test(token)) return { is: 'token', token: new Secret(token) }
  return wrong(
    'EMBARGO_GITHUB_TOKEN',
    'This is no token of GitHub. (It is not shown here.)',
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
