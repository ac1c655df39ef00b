import { MESSAGE_ACTIONS } from '@embargo/chat'

/** A message shortcut of the manifest: https://docs.slack.dev/reference/app-manifest */
export type SlackShortcut = {
  readonly name: string
  readonly type: 'message'
  readonly callback_id: string
  readonly description: string
}

/**
 * The id does not depend on the prefix. So after a change of the prefix, the bot still recognises the shortcuts of an
 * app that was installed with the old prefix.
 */
export const shortcutId = (action: string): string => `embargo:${action}`

/** The entries in a message's menu. In the menu, Slack also shows the name of the app, which depends on the prefix. */
export const messageShortcuts = (): readonly SlackShortcut[] =>
  MESSAGE_ACTIONS.map(({ id, label, verb }) => ({
    name: label,
    type: 'message',
    callback_id: shortcutId(id),
    description: `Opens the form of ${verb} with this message.`,
  }))
