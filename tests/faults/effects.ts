import type { PlayedChat } from '../../apps/demo/src/chat/played-chat.ts'

export type ChatName = PlayedChat['platform']

/** What happens, in order; the fault meets what the last one asks of the platform. */
export type Step = 'mail' | 'ack' | 'remove' | 'archived' | 'spam' | 'a month'

export type EffectUnderTest = {
  readonly name: string
  readonly steps: readonly Step[]
  /** The call that meets the fault: as Slack's reference, and as Discord's API description, name it. */
  readonly call: Readonly<Record<ChatName, string>>
}

/** Everything that Embargo does on a chat platform. */
export const EFFECTS: readonly EffectUnderTest[] = [
  {
    name: 'open a channel',
    steps: ['mail'],
    call: { slack: 'conversations.create', discord: 'create_guild_channel' },
  },
  { name: 'place the status card', steps: ['mail'], call: { slack: 'chat.postMessage', discord: 'create_message' } },
  { name: 'pin it', steps: ['mail'], call: { slack: 'pins.add', discord: 'create_pin' } },
  {
    name: 'invite people',
    steps: ['mail'],
    call: { slack: 'conversations.invite', discord: 'set_channel_permission_overwrite' },
  },
  { name: 'post a message', steps: ['mail', 'ack'], call: { slack: 'chat.postMessage', discord: 'create_message' } },
  { name: 'edit the card', steps: ['mail', 'ack'], call: { slack: 'chat.update', discord: 'update_message' } },
  {
    name: 'take a person out',
    steps: ['mail', 'remove'],
    call: { slack: 'conversations.kick', discord: 'delete_channel_permission_overwrite' },
  },
  {
    name: 'tell the team elsewhere',
    steps: ['mail', 'archived'],
    call: { slack: 'chat.postMessage', discord: 'create_message' },
  },
  {
    name: 'archive a channel',
    steps: ['mail', 'spam', 'a month'],
    call: { slack: 'conversations.archive', discord: 'update_channel' },
  },
]
