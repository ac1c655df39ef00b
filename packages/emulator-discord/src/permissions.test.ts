import { describe, expect, it } from 'vitest'
import type { PermissionName } from './permissions.ts'
import {
  ALL_PERMISSIONS,
  bitsOf,
  channelPermissions,
  guildPermissions,
  highestPosition,
  namesOf,
} from './permissions.ts'
import type { Channel, Member, Overwrite, Role } from './state.ts'

// https://docs.discord.com/developers/topics/permissions
const role = (id: string, position: number, permissions: readonly PermissionName[] = []): Role => ({
  id,
  name: id,
  position,
  permissions: bitsOf(permissions),
  mentionable: false,
  managed: false,
})
const guildOf = (...roles: Role[]) => ({
  id: '1',
  ownerId: '9',
  roles: new Map(
    [role('1', 0, ['VIEW_CHANNEL', 'SEND_MESSAGES', 'ATTACH_FILES']), ...roles].map((each) => [each.id, each]),
  ),
})
const member = (id: string, ...roles: string[]): Member => ({
  user: { id, username: id, globalName: undefined, isBot: false },
  roles: new Set(roles),
  joinedAt: 0,
  nick: undefined,
})
const over = (
  id: string,
  type: 0 | 1,
  change: { readonly allow?: readonly PermissionName[]; readonly deny?: readonly PermissionName[] },
): Overwrite => ({ id, type, allow: bitsOf(change.allow ?? []), deny: bitsOf(change.deny ?? []) })
const channel = (...overwrites: Overwrite[]): Pick<Channel, 'overwrites'> => ({ overwrites })

const A = role('2', 1, ['PIN_MESSAGES'])
const B = role('3', 2)

describe('what a member may do in the guild', () => {
  it.each([
    ['has what @everyone has', member('5'), ['VIEW_CHANNEL', 'SEND_MESSAGES', 'ATTACH_FILES']],
    [
      'has what any role gives',
      member('5', '2', '3'),
      ['VIEW_CHANNEL', 'SEND_MESSAGES', 'ATTACH_FILES', 'PIN_MESSAGES'],
    ],
  ])('%s', (_, who, names) => {
    expect(namesOf(guildPermissions(guildOf(A, B), who))).toEqual(names)
  })

  it('includes everything for the owner and for an administrator', () => {
    expect(guildPermissions(guildOf(), member('9'))).toBe(ALL_PERMISSIONS)
    expect(guildPermissions(guildOf(role('2', 1, ['ADMINISTRATOR'])), member('5', '2'))).toBe(ALL_PERMISSIONS)
  })

  it('depends on the member’s highest role', () => {
    expect(
      [member('5'), member('5', '2'), member('5', '3', '2')].map((who) => highestPosition(guildOf(A, B), who)),
    ).toEqual([0, 1, 2])
  })
})

describe('what a member may do in a channel', () => {
  const sees = (who: Member, ...overwrites: Overwrite[]): boolean =>
    channelPermissions(guildOf(A, B), who, channel(...overwrites)) !== 0n
  const hidden = over('1', 0, { deny: ['VIEW_CHANNEL'] })
  const roleIn = over('2', 0, { allow: ['VIEW_CHANNEL'] })
  const roleOut = over('3', 0, { deny: ['VIEW_CHANNEL'] })

  it.each([
    ['is denied with @everyone', member('5', '2'), [hidden], false],
    ['is allowed by a role over @everyone', member('5', '2'), [hidden, roleIn], true],
    ['is allowed by one role although another denies it', member('5', '2', '3'), [roleOut, roleIn], true],
    [
      'is denied to the member alone, over the roles',
      member('5', '2'),
      [hidden, roleIn, over('5', 1, { deny: ['VIEW_CHANNEL'] })],
      false,
    ],
    [
      'is allowed for the member alone, over the roles',
      member('5', '3'),
      [roleOut, over('5', 1, { allow: ['VIEW_CHANNEL'] })],
      true,
    ],
    [
      'is not affected by what another member has',
      member('5'),
      [hidden, over('6', 1, { allow: ['VIEW_CHANNEL'] })],
      false,
    ],
    [
      'is let in nowhere by a role of the same id as a member',
      member('5'),
      [hidden, over('5', 0, { allow: ['VIEW_CHANNEL'] })],
      false,
    ],
    ['cannot be denied to the owner', member('9'), [hidden], true],
  ])('%s', (_, who, overwrites, expected) => {
    expect(sees(who, ...overwrites)).toBe(expected)
  })

  it('is nothing if the member may not view the channel, whatever else is allowed', () => {
    const only = over('5', 1, { allow: ['SEND_MESSAGES', 'MANAGE_CHANNELS'] })
    expect(channelPermissions(guildOf(), member('5'), channel(hidden, only))).toBe(0n)
  })

  it('does not include attaching files or pinging if the member may not write there', () => {
    const quiet = over('1', 0, { deny: ['SEND_MESSAGES'], allow: ['MENTION_EVERYONE'] })
    expect(namesOf(channelPermissions(guildOf(), member('5'), channel(quiet)))).toEqual(['VIEW_CHANNEL'])
  })
})
