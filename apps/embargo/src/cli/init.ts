import { safeJson } from '@embargo/chat'
import { surroundingsOfProcess } from '@embargo/config'
import { slackApp } from '../program/slack-app.ts'
import type { CliCommand } from './command.ts'
import { CliError } from './output.ts'

/** `embargo slack manifest`: what to paste at api.slack.com when the app is made. */
export const slackCommand: CliCommand = {
  name: 'slack',
  uses: [
    {
      usage: 'slack manifest [--prefix <word>] [--url <address>] [--explain]',
      summary: 'Print the Slack app manifest, made from the commands',
    },
  ],
  help: {
    options: [
      ['--prefix <word>', 'renames all commands: sec makes /sec and /sec-ack; EMBARGO_SLACK_PREFIX by default'],
      ['--url <address>', 'where Slack sends requests, over HTTP; without it Socket Mode'],
      ['--explain', 'says instead what each scope, event and switch is for'],
    ],
    examples: [
      ['slack manifest > manifest.json', 'to paste at api.slack.com/apps'],
      ['slack manifest --prefix sec', 'where another app has /ack already'],
    ],
  },
  run: async (args, { output }) => {
    if (args[0] !== 'manifest') throw new CliError('"embargo slack" takes manifest.')
    const at = args.indexOf('--prefix')
    // The bot listens for the prefix of its environment, so the app is made with the same one unless another is asked for.
    const prefix = (at < 0 ? surroundingsOfProcess().env['EMBARGO_SLACK_PREFIX'] : args[at + 1]) ?? ''
    const urlAt = args.indexOf('--url')
    const manifest = await slackApp(prefix, urlAt < 0 ? undefined : args[urlAt + 1])
    const { explainManifest, lintManifest } = await import('@embargo/slack-bot')
    if (args.includes('--explain')) {
      output.out(explainManifest(manifest))
      return 0
    }
    const problems = lintManifest(manifest)
    // A manifest that Slack would refuse is not printed: a script that writes it to a file must not have one.
    for (const problem of problems) output.err(problem)
    if (problems.length === 0) output.out(safeJson(manifest, 2))
    return problems.length === 0 ? 0 : 1
  },
}
