import type { HostPort, SlackHttpConfig } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { parseHostPort } from './host-port.ts'
import type { Variables } from './variables.ts'

/**
 * Only this machine can reach this address. Slack sends its requests to a proxy, which ends TLS and forwards them to
 * this address.
 */
const DEFAULT_LISTEN: HostPort = { host: '127.0.0.1', port: 3000 }

const SECRET_AT = 'api.slack.com/apps → your app → Basic Information → App Credentials → Signing Secret'
/** The form of a signing secret: https://docs.slack.dev/authentication/verifying-requests-from-slack */
const SIGNING_SECRET = /^[0-9a-f]{32}$/

export type SlackHttpReading =
  | { readonly is: 'socket-mode' }
  | { readonly is: 'http'; readonly http?: SlackHttpConfig; readonly problems: readonly Problem[] }

/**
 * Slack is reached over HTTP if the signing secret or the listener is set, otherwise in Socket Mode. A problem never
 * repeats the secret.
 */
export function slackHttpOf(variables: Variables): SlackHttpReading {
  const secret = variables.get('EMBARGO_SLACK_SIGNING_SECRET')
  const written = variables.get('EMBARGO_SLACK_LISTEN')
  if (secret === undefined && written === undefined) return { is: 'socket-mode' }
  const listen = written === undefined ? DEFAULT_LISTEN : parseHostPort(written)
  const problems = [...secretProblems(secret), ...(listen === undefined ? [noListener(written)] : [])]
  if (problems.length > 0 || secret === undefined || listen === undefined) return { is: 'http', problems }
  return { is: 'http', http: { signingSecret: new Secret(secret), listen }, problems }
}

function secretProblems(secret: string | undefined): readonly Problem[] {
  const at = { is: 'variable', name: 'EMBARGO_SLACK_SIGNING_SECRET' } as const
  if (secret === undefined)
    return [
      {
        at,
        because: 'The signing secret is missing; without it anybody could pretend to be Slack.',
        instead: `Get it at ${SECRET_AT}. For Socket Mode unset EMBARGO_SLACK_LISTEN.`,
      },
    ]
  if (SIGNING_SECRET.test(secret)) return []
  return [
    {
      at,
      because: 'A signing secret has 32 hexadecimal digits. (It is not shown here.)',
      instead: `Get it at ${SECRET_AT}.`,
    },
  ]
}

const noListener = (written: string | undefined): Problem => ({
  at: { is: 'variable', name: 'EMBARGO_SLACK_LISTEN' },
  ...(written === undefined ? {} : { found: written }),
  because: 'This is not a host with a port.',
  instead: 'Write 127.0.0.1:3000, and let your TLS proxy forward https://…/slack/events to it.',
})
