import type { CommandFacts } from './commands.ts'
import { slashCommands } from './commands.ts'
import { BOT_EVENTS, SCOPES } from './scopes.ts'

/** The parts of https://docs.slack.dev/reference/app-manifest that this app uses. */
export type SlackManifest = {
  readonly _metadata: { readonly major_version: 2; readonly minor_version: 1 }
  readonly display_information: {
    readonly name: string
    readonly description: string
    readonly background_color: string
  }
  readonly features: {
    readonly bot_user: { readonly display_name: string; readonly always_online: boolean }
    readonly slash_commands: readonly {
      readonly command: string
      readonly description: string
      readonly usage_hint?: string
      readonly should_escape: boolean
    }[]
  }
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } }
  readonly settings: {
    readonly event_subscriptions: { readonly bot_events: readonly string[] }
    readonly interactivity: { readonly is_enabled: boolean }
    readonly org_deploy_enabled: boolean
    readonly socket_mode_enabled: boolean
    readonly token_rotation_enabled: boolean
  }
}

/** The manifest to paste at api.slack.com/apps: Socket Mode, the registry's commands, the least scopes. Pure. */
export function slackManifest(request: {
  readonly prefix?: string | undefined
  readonly commands: readonly CommandFacts[]
}): SlackManifest {
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Embargo',
      description: 'Coordinated vulnerability disclosure, from report to advisory.',
      background_color: '#1f2933',
    },
    features: {
      bot_user: { display_name: 'embargo', always_online: true },
      slash_commands: slashCommands(request).map(({ command, description, usageHint }) => ({
        command,
        description,
        ...(usageHint === '' ? {} : { usage_hint: usageHint }),
        // Mentions arrive with their member ids, which people cannot forge by renaming themselves.
        should_escape: true,
      })),
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: { bot_events: BOT_EVENTS },
      interactivity: { is_enabled: true },
      org_deploy_enabled: false,
      socket_mode_enabled: true,
      token_rotation_enabled: false,
    },
  }
}
