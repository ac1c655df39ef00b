import { OutsideError } from '@embargo/engine'
import { ChannelType, Routes } from 'discord.js'
import { Channel, isCategory, listChannels } from './channel.ts'
import type { Guild } from './channel.ts'
import { calling } from './api-errors.ts'
import { closedTo, isClosed } from './permissions.ts'

/**
 * How many categories are tried. Twelve are enough, because at most ten can be full: Discord allows 50 channels in a
 * category and 500 in a server.
 */
const CATEGORIES_TRIED = 12

/**
 * The categories with one base name, such as `Embargo` and `Embargo 2`. Only those that @everyone may not view are
 * used.
 */
export type Categories = {
  /**
   * Tries `attempt` with the current category, then with others, and creates a category if none has room. `attempt`
   * resolves to undefined if Discord refuses the category: only Discord knows when a category is full.
   */
  place<T>(attempt: (category: string) => Promise<T | undefined>): Promise<T>
  /**
   * Call this when somebody changed, deleted or emptied a category. The next call of `place` then lists the categories
   * again.
   */
  forget(): void
}

export function categoriesOf(server: Guild, name: string): Categories {
  const refused = new Set<string>()
  let current: Promise<string> | undefined

  const find = async (): Promise<string> => {
    const all = await listChannels(server)
    const named = all.filter((each) => isCategory(each) && numberOf(name, each.name) !== undefined)
    const usable = named.find((each) => isClosed(each.permission_overwrites, server.guild) && !refused.has(each.id))
    if (usable !== undefined) return usable.id
    const next = Math.max(0, ...named.map((each) => numberOf(name, each.name) ?? 0)) + 1
    return make(server, next === 1 ? name : `${name} ${next}`)
  }
  // All callers share one search. Otherwise many cases that open at once would create a category each.
  const now = (): Promise<string> => {
    current ??= find().catch((error: unknown) => {
      current = undefined
      throw error
    })
    return current
  }
  return {
    place: async (attempt) => {
      for (let tried = 0; tried < CATEGORIES_TRIED; tried += 1) {
        const lookup = now()
        const category = await lookup
        const done = await attempt(category)
        if (done !== undefined) return done
        refused.add(category)
        if (current === lookup) current = undefined
      }
      throw new OutsideError(
        'refused',
        `Discord accepted the channel in none of the categories called ${name}. Check whether the bot may manage channels there: “embargo doctor discord” says more.`,
      )
    },
    forget: () => {
      refused.clear()
      current = undefined
    },
  }
}

/** The number of a category: 1 for `Embargo`, 2 for `Embargo 2`; undefined for any other name. */
export function numberOf(name: string, called: string): number | undefined {
  if (called === name) return 1
  const number = called.startsWith(`${name} `) ? called.slice(name.length + 1) : ''
  return /^[1-9]\d{0,2}$/.test(number) ? Number(number) : undefined
}

async function make({ rest, guild, self }: Guild, name: string): Promise<string> {
  const made = await calling(
    'make a category',
    'write',
    () =>
      rest.post(Routes.guildChannels(guild), {
        body: { name, type: ChannelType.GuildCategory, permission_overwrites: closedTo(guild, self) },
      }),
    Channel,
  )
  if (isClosed(made.permission_overwrites, guild)) return made.id
  throw new OutsideError(
    'refused',
    `Discord made the category ${name} but left it open to everybody, so Embargo opens no channel in it. Check its permissions.`,
  )
}
