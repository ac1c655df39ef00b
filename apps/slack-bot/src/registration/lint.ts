import type { SlackManifest } from './manifest.ts'

/**
 * Commands that are built into Slack. If a manifest contains one of them, Slack rejects the whole manifest, and no
 * command is registered.
 */
export const RESERVED_COMMANDS: ReadonlySet<string> = new Set(
  'me status away dnd shrug remind msg feed who collapse expand leave join open search topic mute pro shortcuts archive invite kick remove rename'.split(
    ' ',
  ),
)

// https://docs.slack.dev/reference/app-manifest
export const COMMANDS_MAX = 50
export const COMMAND_NAME_MAX = 32
const COMMAND_DESCRIPTION_MAX = 2000
const USAGE_HINT_MAX = 1000
export const SHORTCUTS_MAX = 10
export const SHORTCUT_NAME_MAX = 24
const SHORTCUT_DESCRIPTION_MAX = 150
const APP_NAME_MAX = 35
const APP_DESCRIPTION_MAX = 140
const BOT_NAME_MAX = 80

/**
 * What Slack would refuse in a manifest, and what to do about each fault. If the list is empty, the manifest can be
 * pasted.
 */
export function lintManifest(manifest: SlackManifest): readonly string[] {
  const { display_information: shown, features } = manifest
  const commands = features.slash_commands
  return [
    ...longer('the name of the app', shown.name, APP_NAME_MAX),
    ...longer('the description of the app', shown.description, APP_DESCRIPTION_MAX),
    ...longer('the name of the bot', features.bot_user.display_name, BOT_NAME_MAX),
    ...(commands.length > COMMANDS_MAX
      ? [
          `The manifest has ${commands.length} slash commands, and Slack accepts at most ${COMMANDS_MAX}. Remove some: every verb can also be typed after the root command.`,
        ]
      : []),
    ...repeated(commands.map((each) => each.command)).map(
      (each) => `${each} is listed twice. Each command needs its own name.`,
    ),
    ...commands.flatMap((each) => [
      ...lintName(each.command),
      ...(each.description.trim() === '' ? [`${each.command} has no description. Slack requires one.`] : []),
      ...longer(`the description of ${each.command}`, each.description, COMMAND_DESCRIPTION_MAX),
      ...longer(`the usage hint of ${each.command}`, each.usage_hint ?? '', USAGE_HINT_MAX),
    ]),
    ...features.shortcuts.flatMap((each) => [
      ...longer(`the name of the shortcut ${each.name}`, each.name, SHORTCUT_NAME_MAX),
      ...longer(`the description of the shortcut ${each.name}`, each.description, SHORTCUT_DESCRIPTION_MAX),
    ]),
    ...(features.shortcuts.length > SHORTCUTS_MAX
      ? [
          `The manifest has ${features.shortcuts.length} shortcuts, and Slack accepts at most ${SHORTCUTS_MAX}. Remove one.`,
        ]
      : []),
    ...lintDelivery(manifest),
  ]
}

/** Checks the request URLs. Over HTTP, each must be set and begin with `https:`. In Socket Mode, none may be set. */
function lintDelivery({ features, settings }: SlackManifest): readonly string[] {
  const urls = [
    settings.event_subscriptions.request_url,
    settings.interactivity.request_url,
    settings.interactivity.message_menu_options_url,
    ...features.slash_commands.map((each) => each.url),
  ]
  if (settings.socket_mode_enabled) {
    return urls.every((url) => url === undefined)
      ? []
      : ['Socket Mode is on, but there is a request URL too. Remove one of them.']
  }
  return urls.every((url) => url !== undefined && URL.canParse(url) && new URL(url).protocol === 'https:')
    ? []
    : ['Socket Mode is off, but a command or event has no https: request URL. Set one, or switch Socket Mode on.']
}

function lintName(command: string): readonly string[] {
  const name = command.slice(1)
  if (!/^\/[a-z0-9][a-z0-9_-]*$/.test(command))
    return [`${command} is not a valid command name. Use a slash, then small letters, digits and dashes.`]
  if (RESERVED_COMMANDS.has(name))
    return [
      `${command} is built into Slack, so Slack would reject the whole manifest. Set a prefix, or rename the verb.`,
    ]
  return longer(`the name ${command}`, command, COMMAND_NAME_MAX)
}

const longer = (subject: string, text: string, max: number): readonly string[] =>
  text.length > max ? [`${subject} has ${text.length} characters, and Slack accepts at most ${max}. Shorten it.`] : []

const repeated = (names: readonly string[]): readonly string[] => [
  ...new Set(names.filter((name, index) => names.indexOf(name) !== index)),
]
