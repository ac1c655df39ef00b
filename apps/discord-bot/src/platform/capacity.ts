import type { Log } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import { numberOf } from './categories.ts'
import { deleteChannel, isCategory, isText, listChannels } from './channel.ts'
import type { Channel, Guild } from './channel.ts'

/**
 * Discord's limit, which counts categories and archived channels too:
 * https://docs.discord.com/developers/resources/guild#create-guild-channel
 */
export const SERVER_CHANNELS_MAX = 500
/** From this number of channels on, the team is warned and archived channels are deleted. */
const SERVER_CHANNELS_MANY = 400

/** How many of the oldest channels a refusal names for deletion: few enough for somebody to delete by hand. */
const NAMED_MAX = 10
/**
 * Matches the names that Embargo gives to the channels of cases. A refusal mentions only channels with such a name,
 * because any other name is text that somebody else wrote.
 */
const OF_A_CASE = /^[a-z][a-z0-9]{0,15}-\d{4}-\d{4,9}(?:-\d{1,4})?$/

export type Capacity = {
  /**
   * Opens a channel. If the server has many channels, first deletes the oldest archived channel that may be deleted.
   * @throws {OutsideError} `refused` with `noRoom` and what to delete, if the server is full and no channel may be
   *   deleted
   */
  opening<T>(open: () => Promise<T>): Promise<T>
}

type Options = {
  readonly where: Guild
  /** The name of the first category for archived channels. The names of further categories end with a number. */
  readonly archive: string
  /** Whether a channel may be deleted: its messages must have been stored, so that nothing is lost. */
  readonly mayGo: (channel: string) => Promise<boolean>
  readonly log: Log
  /** Called with the number of channels in the server. */
  readonly seen: (count: number) => void
}

export function capacityOf({ where, archive, mayGo, log, seen }: Options): Capacity {
  const look = async (): Promise<{ readonly all: readonly Channel[]; readonly archived: readonly Channel[] }> => {
    const all = await listChannels(where)
    const categories = new Set(
      all.filter((each) => isCategory(each) && numberOf(archive, each.name) !== undefined).map(({ id }) => id),
    )
    const archived = all
      .filter((each) => isText(each) && each.parent_id !== undefined && each.parent_id !== null)
      .filter((each) => categories.has(each.parent_id ?? ''))
      .toSorted(byAge)
    return { all, archived }
  }

  /** Deletes the oldest archived channel that may be deleted; false if no channel may be. */
  const makeRoom = async (archived: readonly Channel[]): Promise<boolean> => {
    for (const { id, name } of archived) {
      if (!(await mayGo(id))) continue
      await deleteChannel(where, id, 'delete an archived channel')
      log.info('an archived channel was deleted to make room; its transcript is stored', { channel: name })
      return true
    }
    return false
  }

  return {
    async opening(open) {
      const { all, archived } = await look()
      const count = all.length >= SERVER_CHANNELS_MANY && (await makeRoom(archived)) ? all.length - 1 : all.length
      seen(count)
      if (count >= SERVER_CHANNELS_MAX) throw full(archived)
      const opened = await open()
      seen(count + 1)
      return opened
    },
  }
}

/** The older first, as ids grow with time: https://docs.discord.com/developers/reference#snowflakes */
const byAge = (a: Channel, b: Channel): number => (BigInt(a.id) < BigInt(b.id) ? -1 : 1)

/**
 * The pause before a full server is checked again. It is short: the case should continue soon after somebody made room.
 */
const LOOK_AGAIN_MS = 30_000

function full(archived: readonly Channel[]): OutsideError {
  const names = archived.map(({ name }) => name).filter((name) => OF_A_CASE.test(name))
  const first = names.slice(0, NAMED_MAX).map((name) => `#${name}`)
  const label =
    first.length === 0
      ? 'No archived channel of Embargo is left: delete other channels, or give Embargo its own server'
      : `If nobody needs them, delete the oldest archived channels: ${first.join(', ')}. Embargo stores no transcript of them`
  return new OutsideError(
    'refused',
    `The Discord server has ${SERVER_CHANNELS_MAX} channels, which is all that Discord allows. ${label}. Embargo then continues automatically, and nothing is lost.`,
    { forAPerson: true, forAll: true, noRoom: true, retryAfterMs: LOOK_AGAIN_MS },
  )
}
