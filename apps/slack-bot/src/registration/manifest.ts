import type { CommandFacts } from './commands.ts'
import { slashCommands } from './commands.ts'
import { BOT_EVENTS, SCOPES } from './scopes.ts'
import type { SlackShortcut } from './shortcuts.ts'
import { messageShortcuts } from './shortcuts.ts'

/** The parts of https://docs.slack.dev/reference/app-manifest that this app uses. */
export type SlackManifest = {
  readonly _metadata: { readonly major_version: 2; readonly minor_version: 1 }
  readonly display_information: {
    readonly name: string
    readonly description: string
    readonly background_color: string
  }
  readonly features: {
    readonly app_home: {
      readonly home_tab_enabled: boolean
      readonly messages_tab_enabled: boolean
      readonly messages_tab_read_only_enabled: boolean
    }
    readonly shortcuts: readonly SlackShortcut[]
    readonly bot_user: { readonly display_name: string; readonly always_online: boolean }
    readonly slash_commands: readonly {
      readonly command: string
      readonly description: string
      readonly usage_hint?: string
      readonly url?: string
      readonly should_escape: boolean
    }[]
  }
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } }
  readonly settings: {
    readonly event_subscriptions: { readonly request_url?: string; readonly bot_events: readonly string[] }
    readonly interactivity: {
      readonly is_enabled: boolean
      readonly request_url?: string
      readonly message_menu_options_url?: string
    }
    readonly org_deploy_enabled: boolean
    readonly socket_mode_enabled: boolean
    readonly token_rotation_enabled: boolean
  }
}

/**
 * The manifest to paste at api.slack.com/apps: the registry's commands, as few scopes as possible, and Socket Mode
 * unless `url` is given. A prefix renames the commands and the app, so that two apps in one workspace can be told
 * apart. Pure.
 */
export function slackManifest(request: {
  readonly prefix?: string | undefined
  readonly commands: readonly CommandFacts[]
  /** The address to which Slack sends requests over HTTP; Socket Mode if absent. */
  readonly url?: string | undefined
}): SlackManifest {
  const { prefix, url } = request
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: prefix === undefined ? 'Embargo' : `Embargo (${prefix})`,
      description: 'Coordinated vulnerability disclosure, from report to advisory.',
      background_color: '#1f2933',
    },
    features: {
      // The messages tab shows answers that cannot be shown in a channel. It is read-only for people.
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: true },
      shortcuts: messageShortcuts(),
      bot_user: { display_name: prefix === undefined ? 'embargo' : `embargo-${prefix}`, always_online: true },
      slash_commands: slashCommands(request).map(({ command, description, usageHint }) => ({
        command,
        description,
        ...(usageHint === '' ? {} : { usage_hint: usageHint }),
        ...(url === undefined ? {} : { url }),
        // Mentions then arrive as member ids, which people cannot forge by renaming themselves.
        should_escape: true,
      })),
    },
    oauth_config: { scopes: { bot: Object.keys(SCOPES) } },
    settings: {
      event_subscriptions: { ...(url === undefined ? {} : { request_url: url }), bot_events: BOT_EVENTS },
      interactivity: {
        is_enabled: true,
        ...(url === undefined ? {} : { request_url: url, message_menu_options_url: url }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: url === undefined,
      token_rotation_enabled: false,
    },
  }
}
