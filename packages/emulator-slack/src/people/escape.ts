import type { Workspace } from '../workspace.ts'

const TOKEN = /<(?:@[UW]|#C|!subteam\^)[^<>]*>/

const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const linkNames = (workspace: Workspace, text: string): string =>
  text.replaceAll(/(^|\s)([@#])([\p{L}\p{N}._-]+)/gu, (whole, before: string, sign: string, name: string) => {
    if (sign === '#') {
      const channel = workspace.channelNamed(name)
      return channel ? `${before}<#${channel.id}|${name}>` : whole
    }
    const user = [...workspace.users.values()].find((each) => each.name === name)
    if (user) return `${before}<@${user.id}|${name}>`
    const group = [...workspace.userGroups.values()].find((each) => each.handle === name)
    return group ? `${before}<!subteam^${group.id}|@${name}>` : whole
  })

/**
 * The text that a command with should_escape receives: `@ana` becomes `<@U…|ana>`, and `&<>` become entities.
 * References that are already in this form remain. https://docs.slack.dev/interactivity/implementing-slash-commands
 */
export const escapeTyped = (workspace: Workspace, text: string): string => {
  const parts = text.split(new RegExp(`(${TOKEN.source})`))
  return parts.map((part) => (TOKEN.test(part) ? part : linkNames(workspace, escapeMarkup(part)))).join('')
}
