import type { SlackConfig } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { apiUrlProblems } from './api-url.ts'
import { slackHttpOf } from './slack-http.ts'
import type { SlackHttpReading } from './slack-http.ts'
import type { VariableName, Variables } from './variables.ts'

export const SLACK_API_URL = 'https://slack.com/api/'

/**
 * Slack allows 32 characters for a command such as `/sec-ack`. With a prefix of this length, a command has at most 30:
 * the longest verb has 12, and `/` and `-` are added.
 */
export const LONGEST_PREFIX = 16

/** https://docs.slack.dev/apis/events-api/using-socket-mode: an app has at most ten connections. */
const MAX_SOCKETS = 10
/** With two connections, one can answer while the other reconnects. */
const USUAL_SOCKETS = 2

const PREFIX = new RegExp(`^[a-z0-9][a-z0-9_-]{0,${LONGEST_PREFIX - 1}}$`)

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

type PlatformUse = {
  /** The reason why Slack is needed, for a problem's text. */
  readonly wanted: string | undefined
  /** Whether this process connects to Slack. If it does not, a missing or wrong token is no problem. */
  readonly connects: boolean
}

/**
 * Reads the two secrets of the chosen mode. In Socket Mode these are the app-level token and the bot token; over HTTP
 * they are the bot token and the signing secret. Both must be set, or neither. A problem never repeats a secret.
 * Source: https://docs.slack.dev/apis/events-api/comparing-http-socket-mode
 */
export function slackOf(variables: Variables, { wanted, connects }: PlatformUse): SlackReading {
  const http = slackHttpOf(variables)
  if (http.is === 'http') return overHttp(variables, http, { wanted, connects })
  const app = variables.get(APP.name)
  const bot = variables.get(BOT.name)
  const anyToken = app !== undefined || bot !== undefined
  const { apiUrl, prefix, sockets } = wordsOf(variables)
  const reason = anyToken ? 'Slack needs two tokens, and only the other one is set' : wanted
  const wrong = reason === undefined ? [] : [...tokenProblems(APP, app, reason), ...tokenProblems(BOT, bot, reason)]
  const problems = [...(connects ? wrong : []), ...problemsOf({ apiUrl, prefix, sockets })]
  if (wrong.length > 0 || problems.length > 0 || app === undefined || bot === undefined) return { problems }
  return {
    slack: {
      appToken: new Secret(app),
      botToken: new Secret(bot),
      apiUrl: withSlash(apiUrl),
      prefix,
      sockets: Number(sockets),
    },
    problems,
  }
}

function overHttp(
  variables: Variables,
  http: Extract<SlackHttpReading, { is: 'http' }>,
  { wanted, connects }: PlatformUse,
): SlackReading {
  const bot = variables.get(BOT.name)
  const { apiUrl, prefix, sockets } = wordsOf(variables)
  const reason = wanted ?? 'Slack’s signing secret or listener is set'
  const wrong = [...tokenProblems(BOT, bot, reason), ...http.problems]
  const problems = [...(connects ? wrong : []), ...problemsOf({ apiUrl, prefix, sockets })]
  if (wrong.length > 0 || problems.length > 0 || bot === undefined || http.http === undefined) return { problems }
  return { slack: { botToken: new Secret(bot), apiUrl: withSlash(apiUrl), prefix, http: http.http }, problems }
}

const wordsOf = (variables: Variables) => ({
  apiUrl: variables.get('EMBARGO_SLACK_API_URL') ?? SLACK_API_URL,
  prefix: variables.get('EMBARGO_SLACK_PREFIX') ?? '',
  sockets: variables.get('EMBARGO_SLACK_SOCKETS') ?? String(USUAL_SOCKETS),
})

const problemsOf = ({ apiUrl, prefix, sockets }: ReturnType<typeof wordsOf>): readonly Problem[] => [
  ...apiUrlProblems({ name: 'EMBARGO_SLACK_API_URL', written: apiUrl, usual: SLACK_API_URL }),
  ...prefixProblems(prefix),
  ...socketsProblems(sockets),
]

const withSlash = (apiUrl: string): string => (apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`)

function tokenProblems(kind: TokenKind, token: string | undefined, reason: string): readonly Problem[] {
  const at = { is: 'variable', name: kind.name } as const
  if (token === undefined)
    return [{ at, because: `This token is missing: ${reason}.`, instead: `Get it at ${kind.where}.` }]
  if (token.startsWith(kind.starts)) return []
  const other = [APP, BOT].find((one) => one !== kind && token.startsWith(one.starts))
  const because =
    other === undefined ? `This does not begin with ${kind.starts}.` : `This is the token for ${other.name}.`
  return [{ at, because, instead: `Get the right one at ${kind.where}.` }]
}

function prefixProblems(prefix: string): readonly Problem[] {
  if (prefix === '' || PREFIX.test(prefix)) return []
  return [
    {
      at: { is: 'variable', name: 'EMBARGO_SLACK_PREFIX' },
      found: prefix,
      because: 'Slack allows only lower-case letters, digits, - and _ in a command, and at most 32 characters.',
      instead: `Write a prefix of at most ${LONGEST_PREFIX} such characters, for example sec.`,
    },
  ]
}

function socketsProblems(written: string): readonly Problem[] {
  const count = Number(written)
  if (/^\d+$/.test(written) && count >= 1 && count <= MAX_SOCKETS) return []
  return [
    {
      at: { is: 'variable', name: 'EMBARGO_SLACK_SOCKETS' },
      found: written,
      because: `Slack gives an app 1 to ${MAX_SOCKETS} connections.`,
      instead: `Write a number from 1 to ${MAX_SOCKETS}, or unset it for ${USUAL_SOCKETS}.`,
    },
  ]
}
