/** What the app may do in a workspace, and why it must. Nothing here lets it hear what people say to each other. */
export const SCOPES: Readonly<Record<string, string>> = {
  commands: 'be called by slash commands',
  'chat:write': 'post cards and edit the status card',
  'groups:write':
    'create the private channel of a case, name its topic, invite the people of the case, and take them out again',
  'groups:read': 'find its own channel again after a crash, and hear who joins a case channel',
  'groups:history': 'find its own message again before a doubtful repeat; no message event is subscribed',
  'pins:write': 'pin the status card',
}

/** The one event that is subscribed: a stranger in a case channel must be noticed. */
export const BOT_EVENTS: readonly string[] = ['member_joined_channel']
