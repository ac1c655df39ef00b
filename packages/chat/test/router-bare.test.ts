import { describe, expect, it } from 'vitest'
import type { Platform } from '@embargo/core'
import { COMMANDS } from '../src/index.ts'
import type { ChatCommand } from '../src/index.ts'
import { ana, policyOf } from './fixtures/policy.ts'
import { SmallHouse } from './fixtures/small-house.ts'

const PLATFORMS: readonly Platform[] = ['slack', 'discord', 'terminal']

const isOffered = ({ allowed }: ChatCommand, platform: Platform): boolean =>
  allowed.platforms?.includes(platform) !== false && allowed.profiles?.includes('team') !== false

/** A case that has a channel, and Ana with an account. */
function houseOn(platform: Platform): SmallHouse {
  const policy = policyOf()
  const people = policy.people.map((person, index) => ({ ...person, discord: `10000000000000000${index}` }))
  return new SmallHouse({ policy: { ...policy, people, platforms: [platform] } }).opens()
}

/** Each command with each platform on which it is offered. */
const TABLE = COMMANDS.flatMap((command) =>
  PLATFORMS.filter((platform) => isOffered(command, platform)).map((platform) => ({
    verb: command.verb,
    platform,
    command,
  })),
)

const isNeeded = ({ options }: ChatCommand): boolean => options.some(({ needed, hidden }) => needed && !hidden)

/** The options that people must fill in. An option with only one possible value needs no field. */
const needs = ({ options }: ChatCommand): readonly string[] =>
  options.flatMap(({ name, needed, hidden, choices }) => (needed && !hidden && choices?.length !== 1 ? [name] : []))

describe('a command that is typed bare', () => {
  it.each(TABLE.filter(({ command }) => isNeeded(command)))(
    '$verb opens its form on $platform, with a field for everything that is needed, and does nothing',
    async ({ verb, platform, command }) => {
      const house = houseOn(platform)
      const before = house.asked.length
      const reply = await house.asks(ana, verb, '', { platform })
      if (!('form' in reply)) throw new Error(`${verb} did not open its form`)
      const asked = reply.form.fields.filter(({ optional }) => optional !== true).map(({ name }) => name)
      const inAnotherWay = command.options.flatMap(({ name, orFile }) => (orFile === undefined ? [] : [name]))
      expect([...asked, ...inAnotherWay]).toEqual(expect.arrayContaining([...needs(command)]))
      expect(house.asked).toHaveLength(before)
    },
  )

  it.each(TABLE.filter(({ command }) => command.options.some(({ wanted, hidden }) => wanted && !hidden)))(
    '$verb on $platform sends nothing if nobody wrote a text',
    async ({ verb, platform }) => {
      const house = houseOn(platform)
      const before = house.asked.length
      await house.asks(ana, verb, '', { platform })
      expect(house.asked).toHaveLength(before)
    },
  )
})
