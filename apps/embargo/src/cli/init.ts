import { safeJson } from '@embargo/chat'
import { surroundingsOfProcess } from '@embargo/config'
import { discordBotConfig } from '../program/discord-app.ts'
import { slackApp } from '../program/slack-app.ts'
import type { CliCommand } from './command.ts'
import type { CliContext } from './context.ts'
import { discordSettings } from './doctor.ts'
import { initGitHub } from './init-github.ts'
import { initSecurityMd, initSecurityTxt } from './init-security-txt.ts'
import { offerKey } from './offer-key.ts'
import { CliError } from './output.ts'

/** `embargo init slack|discord|github|security-txt|security-md`: prints what a platform or a website needs. */
export const initCommand: CliCommand = {
  name: 'init',
  entry: {
    usage: 'init slack | discord | github | security-txt | security-md',
    summary:
      'Print what a platform needs: the manifest of the Slack or GitHub app, the link that invites the Discord bot, the security.txt of a website, or the SECURITY.md of a repository',
  },
  uses: [
    {
      usage: 'init slack [--prefix <word>] [--url <address>] [--explain]',
      summary: 'Print the Slack app manifest, made from the commands',
    },
    {
      usage: 'init discord',
      summary: 'Print the link that invites the bot to your server, with as few permissions as possible',
    },
    {
      usage: 'init github [--url <address>]',
      summary: 'Print the manifest of the GitHub app, with as few permissions as possible, and how to install it',
    },
    {
      usage: 'init security-txt [<project>]',
      summary: 'Print the security.txt of a project for its website, and until when it is valid',
    },
    {
      usage: 'init security-md [<project>]',
      summary: 'Print the SECURITY.md of a project for its repository, made from the policy',
    },
  ],
  help: {
    options: [
      [
        '--prefix <word>',
        'a prefix for all commands: with sec they are /sec, /sec-ack and so on; EMBARGO_SLACK_PREFIX by default',
      ],
      [
        '--url <address>',
        'where Slack sends requests over HTTP (without it, Socket Mode is used), or where GitHub delivers private reports (without it, Embargo polls for them)',
      ],
      ['--explain', 'prints why each scope, event and switch is needed, instead of the manifest'],
    ],
    examples: [
      ['init slack > manifest.json', 'to paste at api.slack.com/apps'],
      ['init slack --prefix sec', 'where another app has /ack already'],
      ['init discord', 'open the link as somebody who may manage the server'],
      ['init github', 'as an owner of the organisation, open the form that it names'],
    ],
  },
  run: async ([platform, ...args], context) => {
    if (platform === 'slack') return manifest(args, context)
    if (platform === 'discord' && args.length === 0) return invite(context)
    if (platform === 'github') return initGitHub(args, context)
    if (platform === 'security-txt') return initSecurityTxt(args, context)
    if (platform === 'security-md') return initSecurityMd(args, context)
    throw new CliError('"embargo init" takes slack, discord, github, security-txt or security-md.')
  },
}

async function manifest(args: readonly string[], context: CliContext): Promise<number> {
  const { output } = context
  const at = args.indexOf('--prefix')
  // By default, this is the prefix in the environment, because the bot listens for commands with that prefix.
  const prefix = (at < 0 ? surroundingsOfProcess().env['EMBARGO_SLACK_PREFIX'] : args[at + 1]) ?? ''
  const urlAt = args.indexOf('--url')
  const app = await slackApp(prefix, urlAt < 0 ? undefined : args[urlAt + 1])
  const { explainManifest, lintManifest } = await import('@embargo/slack-bot')
  if (args.includes('--explain')) {
    output.out(explainManifest(app))
    return 0
  }
  const problems = lintManifest(app)
  // A manifest that Slack would refuse is not printed, so that no script writes it to a file.
  for (const problem of problems) output.err(problem)
  if (problems.length > 0) return 1
  output.out(safeJson(app, 2))
  await offerKey(context)
  return 0
}

async function invite(context: CliContext): Promise<number> {
  const { config, output } = context
  const { discordInvite } = await import('@embargo/discord-bot')
  output.out(await discordInvite(discordBotConfig(discordSettings(config()))))
  await offerKey(context)
  return 0
}
