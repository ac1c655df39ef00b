import { accountsOf } from '@embargo/core'
import type { PersonId, PolicyInForce } from '@embargo/core'
import type { Card, ChatPlatform, Log } from '@embargo/engine'
import { realSleep } from '@embargo/engine'
import type { REST } from 'discord.js'
import { Routes } from 'discord.js'
import { z } from 'zod'
import type { Keeper } from '@embargo/bot-kit'
import type { DrawnCard } from '../render/card.ts'
import { renderCard } from '../render/card.ts'
import { archiveChannel } from './archive.ts'
import { audience } from './audience.ts'
import type { Categories } from './categories.ts'
import { categoriesOf } from './categories.ts'
import type { Guild } from './channel.ts'
import { markOf } from './mark.ts'
import { invite } from './invite.ts'
import { openChannel } from './open-channel.ts'
import { calling } from './api-errors.ts'
import { markCache } from './mark-cache.ts'
import type { Backoff } from './paginate-with-backoff.ts'
import { teamRolesOf } from './permissions.ts'
import { pinsOf } from './pins.ts'
import { edit, post } from './post.ts'
import { remove } from './remove.ts'
import { capacityOf, SERVER_CHANNELS_MAX } from './capacity.ts'
import type { Capacity } from './capacity.ts'
import { transcript } from './transcript.ts'

/** The name of the first category. The names of further categories end with a number. */
export const CATEGORY = 'Embargo'
export const ARCHIVE_CATEGORY = 'Embargo archive'

export type DiscordPlatformOptions = {
  /**
   * A client that does not retry. The engine retries instead, because only the engine can look up whether the first
   * call had an effect. See `discordRest`.
   */
  readonly rest: REST
  /** The server's id. */
  readonly guild: string
  readonly policy: PolicyInForce
  readonly log: Log
  /** Gives a person's Discord accounts; if absent, only those in the policy are known. */
  readonly accountsOf?: (person: PersonId) => readonly string[]
  /** Stores values of buttons that are too long for an id. If absent, the card shows the command to type instead. */
  readonly keeper?: Pick<Keeper, 'forCard'>
  /** Called before each message and each edit; throws if nothing may be posted in the channel. */
  readonly exposureGuard?: (channel: string) => Promise<void>
  /** Whether an archived channel may be deleted to make room; if absent, no channel may be deleted. */
  readonly mayGo?: (channel: string) => Promise<boolean>
  /** The bot's own user id. If absent, it is requested from Discord at the first use. */
  readonly self?: string
  /** How to wait between pages; if absent, by the machine's clock and without an abort signal. */
  readonly backoff?: Backoff
}

/**
 * Implements the engine's `ChatPlatform` for Discord. A call that fails throws `OutsideError`. After `forget`, the next
 * call lists the categories again. The caller uses `permitted` to say that the bot's permissions have changed, in one
 * channel or in all: the platform then tries again to pin the cards that it could not pin. `permitted` never throws.
 */
export type DiscordPlatform = ChatPlatform & { forget(): void; permitted(channel?: string): Promise<void> }

export function createDiscordPlatform(options: DiscordPlatformOptions): DiscordPlatform {
  const { rest, guild, policy, log, keeper, exposureGuard = async () => {}, backoff = ALL_ITS_TIME } = options
  const mayGo = options.mayGo ?? (() => Promise.resolve(false))
  let used: number | undefined
  let known: Promise<Place> | undefined
  const place = (): Promise<Place> => {
    known ??= placeOf(options).catch((error: unknown) => {
      known = undefined
      throw error
    })
    return known
  }
  const accounts = (people: readonly PersonId[]): readonly string[] => {
    const linked = options.accountsOf ?? ((id) => accountsOf(policy.policy, id, 'discord'))
    return [...new Set(people.flatMap(linked))]
  }
  const draw = async (card: Card, mark?: string): Promise<DrawnCard> => {
    const keyFor = keeper === undefined ? () => undefined : await keeper.forCard(card.actions)
    return renderCard(card, { keyFor, called: accounts(card.mentions ?? []), ...(mark === undefined ? {} : { mark }) })
  }
  const teamRoles = teamRolesOf(policy)
  const marks = markCache(rest)
  const pins = pinsOf(rest, log)
  const forget = (): void => {
    void known?.then(
      ({ open, archive }) => {
        open.forget()
        archive.forget()
      },
      () => {},
    )
  }
  return {
    platform: 'discord',
    openChannel: async (request) => {
      const { where, open, capacity } = await place()
      return openChannel(where, { categories: open, capacity }, { ...request, teamRoles })
    },
    invite: async ({ channel, people }) => {
      const members = accounts(people)
      if (members.length > 0) await invite((await place()).where, { channel, accounts: members })
    },
    remove: async ({ channel, people, accounts: more = [] }) => {
      const members = [...accounts(people), ...more]
      if (members.length > 0) await remove((await place()).where, { channel, accounts: members })
    },
    post: async ({ card, ...request }) => {
      await exposureGuard(request.channel)
      const { where } = await place()
      const mark = markOf(request.effect)
      const posted = await post(where, pins, { ...request, backoff, drawn: await draw(card, mark) })
      marks.remember(posted.message, mark)
      return posted
    },
    update: async ({ card, ...request }) => {
      await exposureGuard(request.channel)
      await edit(rest, { ...request, drawn: await draw(card, await marks.of(request.channel, request.message)) })
      await pins.again(request.channel, request.message)
    },
    audience: async (request) => audience((await place()).where, { ...request, teamRoles }),
    archiveChannel: async ({ channel }) => {
      const { where, open, archive } = await place()
      await archiveChannel(where, archive, { channel, backoff })
      // The archived channel has left its category, which now has room for another channel.
      open.forget()
    },
    room: () => (used === undefined ? undefined : { used, most: SERVER_CHANNELS_MAX }),
    transcript: ({ channel }) => transcript(rest, channel, backoff),
    forget,
    permitted: pins.permitted,
  }

  async function placeOf({ self }: DiscordPlatformOptions): Promise<Place> {
    const server: Guild = { rest, guild, self: self ?? (await whoAmI(rest)) }
    const seen = (count: number): void => {
      used = count
    }
    return {
      where: server,
      open: categoriesOf(server, CATEGORY),
      archive: categoriesOf(server, ARCHIVE_CATEGORY),
      capacity: capacityOf({ where: server, archive: ARCHIVE_CATEGORY, mayGo, log, seen }),
    }
  }
}

const ALL_ITS_TIME: Backoff = { sleep: realSleep, signal: new AbortController().signal }

type Place = {
  readonly where: Guild
  readonly open: Categories
  readonly archive: Categories
  readonly capacity: Capacity
}

const whoAmI = async (rest: REST): Promise<string> =>
  (await calling('say who the bot is', 'read', () => rest.get(Routes.user()), z.object({ id: z.string() }))).id
