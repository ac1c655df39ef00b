import type { Interaction } from '../interaction.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import type { Channel, User } from '../state.ts'
import type { Workspace } from '../workspace.ts'

/** The old verification token. Slack still sends it, but says that apps should not rely on it. */
const LEGACY_TOKEN = 'legacy-verification-token'

/** https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
export const commandPayload = (
  workspace: Workspace,
  by: { readonly user: User; readonly channel: Channel; readonly interaction: Interaction },
  typed: { readonly command: string; readonly text: string },
): JsonObject => ({
  token: LEGACY_TOKEN,
  team_id: workspace.team.id,
  team_domain: workspace.team.domain,
  channel_id: by.channel.id,
  channel_name: channelLabel(by.channel),
  user_id: by.user.id,
  user_name: by.user.name,
  command: typed.command,
  text: typed.text,
  api_app_id: workspace.app.id,
  is_enterprise_install: 'false',
  ...(workspace.enterprise === undefined
    ? {}
    : { enterprise_id: workspace.enterprise.id, enterprise_name: workspace.enterprise.name }),
  response_url: by.interaction.responseUrl,
  trigger_id: by.interaction.triggerId,
})

// The channel name in a command's payload, which does not reveal the name of a private channel.
const channelLabel = (channel: Channel): string => {
  if (channel.isDirect) return 'directmessage'
  return channel.isPrivate ? 'privategroup' : channel.name
}

/** The fields that every interactive payload has. */
export const interactivePayload = (workspace: Workspace, user: User, rest: JsonObject): JsonObject => ({
  team: {
    id: workspace.team.id,
    domain: workspace.team.domain,
    ...(workspace.enterprise === undefined
      ? {}
      : { enterprise_id: workspace.enterprise.id, enterprise_name: workspace.enterprise.name }),
  },
  user: { id: user.id, name: user.name, username: user.name, team_id: workspace.team.id },
  api_app_id: workspace.app.id,
  token: LEGACY_TOKEN,
  enterprise: workspace.enterprise ?? null,
  is_enterprise_install: false,
  ...rest,
})
