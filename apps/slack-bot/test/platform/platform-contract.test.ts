import { chatPlatformContract } from '@embargo/testkit/contract'
import { createSlackPlatform, slackClient } from '../../src/index.ts'
import { ANA, BEN, BOT_TOKEN, policy, recordingLog, workspace } from '../workspace.ts'

const NAMES = [
  [ANA, 'ana'],
  [BEN, 'ben'],
] as const

chatPlatformContract('Slack', async () => {
  const slack = await workspace()
  const log = recordingLog()
  const client = slackClient({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl, log })
  let listens = true
  const leaves = async (): Promise<void> => {
    if (listens) await slack.close()
    listens = false
  }
  return {
    platform: createSlackPlatform({ client, policy, log }),
    seen: (channel) => slack.state.messagesIn(channel).map((message) => message.text),
    members: (channel) => {
      const inside = slack.state.channels.get(channel)?.members
      return NAMES.filter(([id]) => inside?.has(id) === true).map(([, name]) => name)
    },
    deletes: async (channel, message) => void (await client.chat.delete({ channel, ts: message })),
    leaves,
    [Symbol.asyncDispose]: leaves,
  }
})
