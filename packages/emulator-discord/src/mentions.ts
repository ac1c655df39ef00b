import type { AllowedMentions } from './check/messages.ts'
import { FLAGS } from './check/messages.ts'
import { picturesOf, textsOf } from './check/components.ts'
import type { Message, Pings, Role } from './state.ts'

const NOBODY: Pings = { everyone: false, users: [], roles: [] }

const matches = (text: string, pattern: RegExp): readonly string[] => [
  ...new Set([...text.matchAll(pattern)].flatMap((match) => match[1] ?? [])),
]

// Removes code spans and fences, because a mention in them pings nobody. An escaped backtick begins no code. If it is
// doubtful whether a text is code, the text is kept, because the emulator must not ping fewer people than Discord does.
const withoutCode = (text: string): string =>
  text
    .replaceAll('\\`', ' ')
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/(`+)[^`]*?\1/g, ' ')

/**
 * The people and roles that a text would ping, by
 * https://docs.discord.com/developers/resources/message#allowed-mentions-object. Without `allowed`, every mention
 * pings. @everyone, @here and roles that are not mentionable need MENTION_EVERYONE. Embeds never ping; the texts of
 * components do.
 */
export const pingsOf = (
  message: Pick<Message, 'content' | 'components'>,
  rules: {
    readonly allowed: AllowedMentions | null | undefined
    readonly mayEveryone: boolean
    readonly roles: ReadonlyMap<string, Role>
    readonly repliedTo: string | undefined
  },
): Pings => {
  const text = withoutCode([message.content, ...textsOf(message.components)].join('\n'))
  const { allowed } = rules
  const parse = allowed ? (allowed.parse ?? []) : (['users', 'roles', 'everyone'] as const)
  const users = matches(text, /<@!?(\d+)>/g).filter((id) => parse.includes('users') || allowed?.users?.includes(id))
  const roles = matches(text, /<@&(\d+)>/g)
    .filter((id) => parse.includes('roles') || allowed?.roles?.includes(id))
    .filter((id) => rules.mayEveryone || rules.roles.get(id)?.mentionable === true)
  const replied = rules.repliedTo !== undefined && (allowed ? allowed.replied_user === true : true)
  return {
    everyone: /@(?:everyone|here)\b/.test(text) && parse.includes('everyone') && rules.mayEveryone,
    users: replied && rules.repliedTo !== undefined ? [...new Set([...users, rules.repliedTo])] : users,
    roles,
  }
}

export const noPings = (): Pings => NOBODY

/**
 * The addresses that Discord would fetch to show a message: the pictures of embeds and components, and the links in its
 * text. A link in `<…>` or in code is not fetched, nor is any link if the message suppresses embeds.
 */
export const fetchedBy = (message: Pick<Message, 'content' | 'embeds' | 'components' | 'flags'>): readonly string[] => {
  const isQuiet = (message.flags & FLAGS.suppressEmbeds) !== 0
  const links = isQuiet ? [] : matches(withoutCode(message.content), /(?<!<)(https?:\/\/[^\s<>)\]]+)/g)
  const pictures = (isQuiet ? [] : message.embeds).flatMap((each) => [
    each.image?.url,
    each.thumbnail?.url,
    each.footer?.icon_url,
    each.author?.icon_url,
  ])
  return [...links, ...pictures, ...picturesOf(message.components)]
    .filter((url) => url !== undefined && url !== null)
    .filter((url) => !url.startsWith('attachment:'))
}
