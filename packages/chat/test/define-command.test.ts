import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { about, catalogue, COMMANDS, defineCommand } from '../src/index.ts'
import { ana } from './fixtures/policy.ts'
import { cardOf, SmallHouse } from './fixtures/small-house.ts'
import { buildCard } from '../src/cards/card.ts'

const wave = defineCommand({
  verb: 'wave',
  summary: 'Greet somebody',
  short: true,
  about: 'anything',
  allowed: { who: 'everybody' },
  options: {
    tone: z.enum(['warm', 'cool']).register(about, { label: 'Tone' }),
    name: z.string().exactOptional().register(about, { label: 'Name', takes: 'rest' }),
  },
  run: async ({ values }) => ({
    audience: 'caller',
    card: buildCard({ kind: 'notice', title: `${values.tone}: ${values.name ?? 'you'}`, notification: 'Embargo' }),
  }),
})
const commands = [...COMMANDS, wave]

describe('a command that is defined once', () => {
  it('is in help, with its usage', async () => {
    const house = new SmallHouse({ commands }).opens()
    expect(cardOf(await house.asks(ana, 'help', 'all')).fallback).toContain('/cvd wave <tone> [name] · Greet somebody')
    expect(cardOf(await house.asks(ana, 'help', 'wave')).fallback).toMatchInlineSnapshot(`
      "Greet somebody
      Typed          /cvd wave <tone> [name]
      Who            everybody
      tone: Tone · warm, cool
      name: Name"
    `)
  })

  it('is in the data for manifest, registration and documentation', () => {
    expect(catalogue({ platform: 'slack' }, commands).find((entry) => entry.verb === 'wave')).toMatchObject({
      verb: 'wave',
      summary: 'Greet somebody',
      usage: 'wave <tone> [name]',
      hint: '<tone> [name]',
      short: true,
      options: [
        { name: 'tone', required: true, kind: 'choice', choices: [{ value: 'warm' }, { value: 'cool' }] },
        { name: 'name', required: false, kind: 'text' },
      ],
    })
  })

  it('has a form, and runs from text and from a form alike', async () => {
    const house = new SmallHouse({ commands }).opens()
    expect(wave.form('').fields.map((field) => field.name)).toEqual(['tone', 'name'])
    expect(cardOf(await house.asks(ana, 'cvd', 'wave warm Ana')).title).toBe('warm: Ana')
    expect(cardOf(await house.asks(ana, 'wave', { tone: 'cool', name: '' })).title).toBe('cool: you')
    expect(cardOf(await house.asks(ana, 'wave', { tone: 'loud' })).fallback).toContain(
      'Tone: choose one of warm, cool.',
    )
  })
})

describe('the registry', () => {
  it('offers the reading of mails in the terminal only', () => {
    const verbs = (platform: 'slack' | 'terminal') =>
      catalogue({ platform, profile: 'team' }).map((entry) => entry.verb)
    expect(verbs('terminal')).toContain('read')
    expect(verbs('slack')).not.toContain('read')
  })
})
