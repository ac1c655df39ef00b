import type { ChannelSeed, UserGroupSeed, UserSeed } from './options.ts'
import type { Channel, User, UserGroup } from './state.ts'

type App = { readonly userId: string; readonly name: string }

/** The channel that every workspace has. */
export const GENERAL = 'C0GENERAL'

/** The members, and the app's own bot user. */
export const seedUsers = (seeds: readonly UserSeed[], app: App): Map<string, User> => {
  const people = seeds.map((seed): User => ({
    id: seed.id,
    name: seed.name,
    realName: seed.realName ?? seed.name,
    email: seed.email,
    timeZone: seed.timeZone ?? 'Etc/UTC',
    isBot: seed.isBot ?? false,
    isDeleted: seed.isDeleted ?? false,
    isGuest: seed.isGuest ?? false,
    isStranger: seed.isStranger ?? false,
  }))
  const bot: User = {
    id: app.userId,
    name: app.name,
    realName: app.name,
    email: undefined,
    timeZone: 'Etc/UTC',
    isBot: true,
    isDeleted: false,
    isGuest: false,
    isStranger: false,
  }
  return new Map([...people, bot].map((user) => [user.id, user]))
}

export const seedGroups = (seeds: readonly UserGroupSeed[]): Map<string, UserGroup> =>
  new Map(
    seeds.map((seed) => [
      seed.id,
      {
        id: seed.id,
        handle: seed.handle,
        name: seed.name ?? seed.handle,
        users: seed.users,
        isDisabled: seed.isDisabled ?? false,
      },
    ]),
  )

/** #general with every person, and the requested channels. */
export const seedChannels = (
  seeds: readonly ChannelSeed[],
  world: { readonly people: readonly UserSeed[]; readonly app: App; readonly at: number },
): Map<string, Channel> => {
  const everybody = world.people.filter((user) => user.isDeleted !== true).map((user) => user.id)
  const all: ChannelSeed[] = [{ id: GENERAL, name: 'general', members: everybody }, ...seeds]
  return new Map(
    all.map((seed, index) => {
      const id = seed.id ?? `C0SEED${index}`
      const channel: Channel = {
        id,
        name: seed.name,
        isPrivate: seed.private ?? false,
        isDirect: false,
        isExternallyShared: seed.externallyShared ?? false,
        creator: seed.members[0] ?? world.app.userId,
        createdAt: world.at,
        members: new Set(seed.members),
        topic: '',
        archived: false,
        appEjected: false,
        messages: [],
      }
      return [id, channel]
    }),
  )
}
