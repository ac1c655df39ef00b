import type { PlayedChat } from '../../apps/demo/src/chat/played-chat.ts'

export type ChatName = PlayedChat['platform']

/** What happens in a test, step by step. The fault hits the request that the last step causes. */
export type Step =
  | 'mail'
  | 'another mail'
  | 'long mail'
  | 'ack'
  | 'press'
  | 'ask'
  | 'form'
  | 'home'
  | 'valid'
  | 'write'
  | 'send in'
  | 'remove'
  | 'talk'
  | 'archived'
  | 'spam'
  | 'a month'
  | 'start'

export type EffectUnderTest = {
  readonly name: string
  readonly steps: readonly Step[]
  /** Whether the policy asks to store transcripts. */
  readonly keepsTranscript?: true
  /** Whether Slack uses HTTP instead of Socket Mode to send people's actions to the bot. */
  readonly overHttp?: true
  /**
   * The call that fails, by its name in Slack's reference and in Discord's API description. Absent for a platform that
   * has no such call.
   */
  readonly call: Readonly<Partial<Record<ChatName, string>>>
}

/** Everything that Embargo does on a chat platform: what it changes, what it answers, and what it reads and stores. */
export const EFFECTS: readonly EffectUnderTest[] = [
  // Each mail opens a case. The first case creates the category of channels. The second case creates only a channel.
  { name: 'make the category', steps: ['mail'], call: { discord: 'create_guild_channel' } },
  {
    name: 'open a channel',
    steps: ['mail', 'another mail'],
    call: { slack: 'conversations.create', discord: 'create_guild_channel' },
  },
  { name: 'read it back', steps: ['mail'], call: { discord: 'get_channel' } },
  { name: 'set its topic', steps: ['mail'], call: { slack: 'conversations.setTopic' } },
  { name: 'place the status card', steps: ['mail'], call: { slack: 'chat.postMessage', discord: 'create_message' } },
  { name: 'pin it', steps: ['mail'], call: { slack: 'pins.add', discord: 'create_pin' } },
  {
    name: 'invite people',
    steps: ['mail'],
    call: { slack: 'conversations.invite', discord: 'set_channel_permission_overwrite' },
  },
  // The bot checks the channel before its first message there, and does not repeat the check before the next messages.
  // So the fault must happen in the step `mail`.
  { name: 'look at the channel', steps: ['mail'], call: { slack: 'conversations.info' } },
  { name: 'post a message', steps: ['mail', 'ack'], call: { slack: 'chat.postMessage', discord: 'create_message' } },
  // The next three calls attach a file in Slack. Discord has no such calls, because it gets a message's files together
  // with the message.
  { name: 'ask where a file goes', steps: ['long mail'], call: { slack: 'files.getUploadURLExternal' } },
  { name: 'upload a file', steps: ['long mail'], call: { slack: 'upload' } },
  { name: 'show a file', steps: ['long mail'], call: { slack: 'files.completeUploadExternal' } },
  { name: 'hear a command', steps: ['mail', 'ack'], call: { discord: 'create_interaction_response' } },
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
  {
    name: 'keep what was said',
    steps: ['mail', 'talk', 'spam'],
    keepsTranscript: true,
    call: { slack: 'conversations.history', discord: 'list_messages' },
  },
  {
    name: 'archive what is kept',
    steps: ['mail', 'talk', 'spam', 'a month'],
    keepsTranscript: true,
    call: { slack: 'conversations.archive', discord: 'update_channel' },
  },
  // At its start the bot checks its commands, registers the missing ones, and checks every case channel.
  { name: 'look at its commands', steps: ['mail', 'start'], call: { discord: 'list_guild_application_commands' } },
  { name: 'register them', steps: ['mail', 'start'], call: { discord: 'bulk_set_guild_application_commands' } },
  {
    name: 'read the transcript',
    steps: ['mail', 'talk', 'spam', 'a month'],
    keepsTranscript: true,
    call: { slack: 'conversations.history', discord: 'list_messages' },
  },
  { name: 'ask who wrote', steps: ['mail', 'talk', 'spam'], keepsTranscript: true, call: { slack: 'users.info' } },
  {
    name: 'answer a command',
    steps: ['mail', 'ask'],
    call: { slack: 'response_url', discord: 'update_original_webhook_message' },
  },
  {
    name: 'open a form',
    steps: ['mail', 'form'],
    call: { slack: 'views.open', discord: 'create_interaction_response' },
  },
  // Discord has no page like the Home tab.
  { name: 'draw the Home tab', steps: ['mail', 'home'], call: { slack: 'views.publish' } },
]
