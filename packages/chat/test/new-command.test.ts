import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { about, catalogue, COMMANDS, defineCommand } from '../src/index.ts'
import { ana } from './policy.ts'
import { cardOf, SmallHouse } from './small-house.ts'
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
    expect(cardOf(await house.asks(ana, 'help')).fallback).toContain('/cvd wave <tone> [name] · Greet somebody')
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
  it('has every command of the process’s main line', () => {
    expect(
      catalogue({ platform: 'terminal', profile: 'solo' }).map((entry) => `${entry.short ? '/' : ''}${entry.usage}`),
    ).toMatchInlineSnapshot(`
      [
        "/ack [note]",
        "not-from <@person>",
        "triage <disposition> [severity] [CVSS:3.1/…] [CVSS:4.0/…] [CWE-…] [--vendor <name>] [--contact <address>] [--fixed-in <version>] [reason]",
        "affects <branch> [yes|no] [range] [--fixed-version <version>]",
        "/assign-patch <@person|reporter> [branch…]",
        "patch submit [branch] [--file <name>] [--author <@person|reporter>] [--link <link>] <file or text>",
        "/confirm [yes|no] [branch] [note]",
        "waive <gate> [branch] [--at <date>] <reason>",
        "log-answer <last|number> <answer> [branch] [name|date] [--more <yes>]",
        "advisory [component] [impact] [--workaround <text>]",
        "credit <credit> [name] [--report <r2>]",
        "advisory-link <opened|published> <link>",
        "cve <what> [CVE-…] [link] [reason]",
        "release <what> [date [@releaser]|release|reason]",
        "/prenotify [update|acknowledged] [date|what changed|recipient] [--reason <what changed>]",
        "reschedule <date|cancel [reason]>",
        "approve [--typed-case <number>] [--approval <a1>]",
        "refuse <reason> [--approval <a1>]",
        "/disclose [what] [reason]",
        "publication <publication> [reason]",
        "duplicate <case>",
        "merge <case>",
        "split <r2> [--project <project>] <reason>",
        "embargo <what> [date|attacks|leak|unreachable reason]",
        "signal <what> [link|recipient text|which reason]",
        "deployed <branch> [link]",
        "close [reason]",
        "reopen <reason>",
        "defer <reason>",
        "wait <party|done>",
        "retro [--change <change>] [root cause]",
        "status [case|all|mine] [page]",
        "cases [mine] [stage] [severity] [overdue] [--owner <@person>] [--older <days>] [--page <page>]",
        "reply [--report <r2>] [--to <recipients|recipient>] [text]",
        "answer money [--report <r2>]",
        "forward [address] [--report <r2>] [--files <with|without>] [text]",
        "reporter address <last|number> [--report <r2>]",
        "ask [--report <r2>] [text]",
        "update [--report <r2>]",
        "mail [last|number]",
        "read [mails|patches|sent|talk]",
        "settle [number|all] [outcome]",
        "channel <what>",
        "invite <@person> [role]",
        "consent <answer>",
        "away <date|back> [--from <date>]",
        "/link [code|yes|no] [word]",
        "unlink <platform> [@person]",
        "handoff <@person> [note]",
        "take",
        "remove <@person> [reason]",
        "conflict [@person] <reason>",
        "remind [clock]",
        "snooze <clock> <until> <reason>",
        "duty <duty> <evidence>",
        "open <project> [--public <link>] [--follows <case>] [note]",
        "intake [list|open|aside] [all|name]",
        "help [command]",
      ]
    `)
  })

  it('offers the reading of mails in the terminal only', () => {
    const verbs = (platform: 'slack' | 'terminal') =>
      catalogue({ platform, profile: 'team' }).map((entry) => entry.verb)
    for (const verb of ['mail', 'read']) {
      expect(verbs('terminal')).toContain(verb)
      expect(verbs('slack')).not.toContain(verb)
    }
  })
})
