import type { SlackConfig } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { Secret } from '../secrets/secret.ts'
import type { VariableName, Variables } from './variables.ts'

export const SLACK_API_URL = 'https://slack.com/api/'

/** Slack allows 32 characters for a whole command name; the longest short verb has 12. */
export const LONGEST_PREFIX = 16
const PREFIX = new RegExp(`^[a-z0-9][a-z0-9_-]{0,${LONGEST_PREFIX - 1}}$`)

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

type TokenKind = { readonly name: VariableName; readonly starts: string; readonly where: string }

const APP: TokenKind = {
  name: 'EMBARGO_SLACK_APP_TOKEN',
  starts: 'xapp-',
  where:
    'api.slack.com/apps → your app → Basic Information → App-Level Tokens → Generate, with the scope connections:write',
}
const BOT: TokenKind = {
  name: 'EMBARGO_SLACK_BOT_TOKEN',
  starts: 'xoxb-',
  where: 'api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token, after Install to Workspace',
}

export type SlackReading = { readonly slack?: SlackConfig; readonly problems: readonly Problem[] }

type Asked = {
  /** What asks for Slack, in the words of a problem. */
  readonly wanted: string | undefined
  /** Whether a missing or wrong token is a mistake: not to who only looks and never speaks to Slack. */
  readonly connects: boolean
}

/** Both tokens or none. Tokens are never repeated. */
export function slackOf(variables: Variables, { wanted, connects }: Asked): SlackReading {
  const app = variables.get(APP.name)
  const bot = variables.get(BOT.name)
  const anyToken = app !== undefined || bot !== undefined
  const apiUrl = variables.get('EMBARGO_SLACK_API_URL') ?? SLACK_API_URL
  const prefix = variables.get('EMBARGO_SLACK_PREFIX') ?? ''
  const why = anyToken ? 'Slack takes two tokens, and only the other one is set' : wanted
  const wrong = why === undefined ? [] : [...tokenProblems(APP, app, why), ...tokenProblems(BOT, bot, why)]
  const problems = [...(connects ? wrong : []), ...apiUrlProblems(apiUrl), ...prefixProblems(prefix)]
  if (wrong.length > 0 || problems.length > 0 || app === undefined || bot === undefined) return { problems }
  const withSlash = apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`
  return { slack: { appToken: new Secret(app), botToken: new Secret(bot), apiUrl: withSlash, prefix }, problems }
}

function tokenProblems(kind: TokenKind, token: string | undefined, why: string): readonly Problem[] {
  const at = { is: 'variable', name: kind.name } as const
  if (token === undefined)
    return [{ at, because: `This token is missing: ${why}.`, instead: `Get it at ${kind.where}.` }]
  if (token.startsWith(kind.starts)) return []
  const other = [APP, BOT].find((one) => one !== kind && token.startsWith(one.starts))
  const because =
    other === undefined ? `This does not begin with ${kind.starts}.` : `This is the token for ${other.name}.`
  return [{ at, because, instead: `Get the right one at ${kind.where}.` }]
}

function apiUrlProblems(written: string): readonly Problem[] {
  const url = URL.canParse(written) ? new URL(written) : undefined
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.has(url.hostname))) return []
  return [
    {
      at: { is: 'variable', name: 'EMBARGO_SLACK_API_URL' },
      found: written,
      because: 'The tokens and every case would go to this address unencrypted, or it is no address.',
      instead: `Unset it for ${SLACK_API_URL}, or write an https: address (http: only on this machine).`,
    },
  ]
}

function prefixProblems(prefix: string): readonly Problem[] {
  if (prefix === '' || PREFIX.test(prefix)) return []
  return [
    {
      at: { is: 'variable', name: 'EMBARGO_SLACK_PREFIX' },
      found: prefix,
      because: 'Slack takes only small letters, digits, - and _ in a command, and no more than 32 characters.',
      instead: `Write at most ${LONGEST_PREFIX} of them, for example sec.`,
    },
  ]
}
