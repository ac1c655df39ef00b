import { MESSAGE_ACTIONS } from '@embargo/chat'

/** A message shortcut of the manifest: https://docs.slack.dev/reference/app-manifest */
export type SlackShortcut = {
  readonly name: string
  readonly type: 'message'
  readonly callback_id: string
  readonly description: string
}

/** Stays the same under every prefix: what an installed app sends is still understood after a renaming. */
export const shortcutId = (action: string): string => `embargo:${action}`

/** The entries in a message's own menu. Slack shows the app's name there, which the prefix changes. */
export const messageShortcuts = (): readonly SlackShortcut[] =>
  MESSAGE_ACTIONS.map(({ id, label, verb }) => ({
    name: label,
    type: 'message',
    callback_id: shortcutId(id),
    description: `Opens the form of ${verb} with this message.`,
  }))
