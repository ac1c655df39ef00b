import { describe, expect, it } from 'vitest'
import { ana } from './fixtures/policy.ts'
import { CASE, CHANNEL, cardOf, formOf, SmallHouse } from './fixtures/small-house.ts'

describe('forms', () => {
  it('open where something is missing, and keep what was typed', async () => {
    const house = new SmallHouse().opens()
    await house.asks(ana, 'triage', 'valid high')
    await house.asks(ana, 'triage.affects', 'main')
    const form = formOf(await house.asks(ana, 'patch', 'main'))
    expect(form).toMatchObject({ verb: 'patch', title: 'Submit a patch', hidden: { case: CASE } })
    expect(form.fields).toMatchInlineSnapshot(`
      [
        {
          "hint": "Optional if only one branch waits for a patch",
          "kind": "text",
          "label": "Branch",
          "name": "branch",
          "optional": true,
          "suggests": "branch",
          "value": "main",
        },
        {
          "hint": "The version of this branch that contains the patch",
          "kind": "text",
          "label": "Fixed in version",
          "most": 60,
          "name": "fixedIn",
          "optional": true,
        },
        {
          "hint": "A person of this case, or: reporter",
          "kind": "text",
          "label": "Author, if not you",
          "most": 128,
          "name": "author",
          "optional": true,
          "suggests": "remediator",
        },
        {
          "hint": "Only if nobody has entered it yet",
          "kind": "text",
          "label": "Component, for the advisory",
          "most": 200,
          "name": "component",
          "optional": true,
        },
        {
          "hint": "By doing …, an attacker may …",
          "kind": "long-text",
          "label": "Impact, for the advisory",
          "most": 2000,
          "name": "impact",
          "optional": true,
        },
        {
          "hint": "What helps until people upgrade, or "none is known"",
          "kind": "long-text",
          "label": "Workaround, for the advisory",
          "most": 2000,
          "name": "workaround",
          "optional": true,
        },
        {
          "hint": "git format-patch or diff; “last” takes it from the last mail",
          "kind": "long-text",
          "label": "The patch, as text",
          "name": "patch",
          "optional": true,
        },
        {
          "kind": "file",
          "label": "Or the patch as a file",
          "most": 10485760,
          "name": "patchFile",
          "optional": true,
        },
      ]
    `)
  })

  it('refuse a file that is not a patch', async () => {
    const house = new SmallHouse().opens()
    expect(cardOf(await house.asks(ana, 'patch', 'fix.patch')).fallback).toContain('this is not a patch')
    const link = await house.asks(ana, 'patch', 'https://code.example/fix.patch')
    expect(cardOf(link).fallback).toContain('a link is not fetched')
    expect(cardOf(link).fallback).toContain('give the link with --link')
    expect(house.asked).toEqual([])
  })

  it('ask what is missing if a patch does not fix the problem', async () => {
    const house = new SmallHouse().opens()
    const form = formOf(await house.asks(ana, 'confirm', 'no'))
    expect(form).toMatchObject({ title: 'What is missing?', hidden: { case: CASE } })
    await house.asks(ana, form.verb, { ...form.hidden, fixed: 'no', note: 'It still reads files', branch: '' })
    expect(house.asked.map((command) => command.request)).toEqual([
      { verb: 'confirm', case: CASE, fixed: false, note: 'It still reads files' },
    ])
  })

  it('all fit into a modal', () => {
    for (const command of new SmallHouse().router.commands) {
      const form = command.form('')
      expect(form.title.length, command.verb).toBeLessThanOrEqual(24)
      expect(form.submit.length, command.verb).toBeLessThanOrEqual(24)
      expect(form.title, command.verb).not.toContain('…')
      for (const field of form.fields)
        expect(field.label.length, `${command.verb} ${field.name}`).toBeLessThanOrEqual(48)
    }
  })

  it('open for a button without reading anything', () => {
    const form = new SmallHouse().formOf({ verb: 'log-answer', input: { case: CASE, message: 'mail-2' } })
    expect(form?.hidden).toEqual({ case: CASE, message: 'mail-2' })
    expect(form?.fields.map((field) => field.name)).toEqual([
      'fix',
      'credit',
      'patch',
      'ai',
      'embargo',
      'open',
      'forward',
      'branch',
      'name',
      'more',
      'report',
    ])
  })
})

describe('whether files are wanted', () => {
  const asks = (house: SmallHouse, account: string, verb = 'patch') =>
    house.router.refuses({
      verb,
      input: { action: 'submit' },
      actor: house.engine.queries.actorOf('slack', account),
      place: { platform: 'slack', channel: CHANNEL },
      deliveryId: 'd',
      at: house.now,
    })

  it.each([
    ['by somebody of no policy', 'U0STRANGER', 'patch', 'There is no such case'],
    ['by a person who is not on the case', 'U0CEM', 'patch', 'There is no such case'],
    ['by a command that there is not', 'U0ANA', 'pach', 'There is no command “pach”.'],
    ['by somebody of no policy who names no case', 'U0STRANGER', 'open', 'belongs to no person'],
  ])('is decided before they are fetched: no, if sent %s', async (_who, account, verb, because) => {
    const reply = await asks(new SmallHouse().opens(), account, verb)
    expect(reply !== undefined && 'refusal' in reply && reply.reason.because).toContain(because)
  })

  it('is decided before they are fetched: yes, if sent by a person on the case', async () => {
    expect(await asks(new SmallHouse().opens(), 'U0ANA')).toBeUndefined()
  })
})
