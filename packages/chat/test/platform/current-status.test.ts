import { describe, expect, it } from 'vitest'
import { CaseId, HOUR, later, MessageId } from '@embargo/core'
import { isStale } from '../../src/index.ts'
import { ana, ben } from '../fixtures/policy.ts'
import { untilReady } from '../fixtures/until-ready.ts'
import { CASE, cardOf, formOf, press, SmallHouse } from '../fixtures/small-house.ts'

/** The reporter has agreed to the embargo, and has proposed a date by mail. */
const proposed = async (date = '2026-07-10') => {
  const house = new SmallHouse().opens().wait(HOUR)
  await house.asks(ana, 'ack')
  await house.asks(ana, 'triage', 'valid high')
  await house.asks(ana, 'log-answer', '1 consent-yes')
  await house.asks(ana, 'log-answer', `1 proposes ${date}`)
  return house
}

describe('an old button that answers a date', () => {
  it('does not agree to a date that was never shown', async () => {
    const house = await proposed()
    const shown = cardOf(await house.asks(ben, 'embargo', 'show'))
    await house.asks(ana, 'log-answer', '1 proposes 2026-08-20')
    const before = house.state()
    const reply = await house.asks(ben, 'embargo', press(shown, 'Accept').input)
    expect(cardOf(reply).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · not done
      Another date is proposed now: Thu 20 Aug 2026, 14:00 UTC.
      Look at this date, and answer it: /cvd embargo accept
      [ Embargo ]"
    `)
    expect(isStale(reply)).toBe(true)
    expect(house.state()).toBe(before)
  })

  it('does not refuse a date that was never shown', async () => {
    const house = await proposed()
    const form = house.formOf(press(cardOf(await house.asks(ben, 'embargo', 'show')), 'Reject'))
    await house.asks(ana, 'log-answer', '1 proposes 2026-08-20')
    const before = house.state()
    const reply = await house.asks(ben, 'embargo', { ...form?.hidden, what: 'reject', detail: 'the fix takes longer' })
    expect(cardOf(reply).fallback).toContain('Another date is proposed now: Thu 20 Aug 2026')
    expect(house.state()).toBe(before)
  })

  it('leads to the date that waits for an answer', async () => {
    const house = await proposed()
    const shown = cardOf(await house.asks(ben, 'embargo', 'show'))
    await house.asks(ana, 'log-answer', '1 proposes 2026-08-20')
    const refused = cardOf(await house.asks(ben, 'embargo', press(shown, 'Accept').input))
    const form = house.formOf(press(refused, 'Embargo'))
    const done = cardOf(await house.asks(ben, 'embargo', { ...form?.hidden, what: 'accept' }))
    expect(done.fallback).toContain('Accepted: the embargo ends Thu 20 Aug 2026')
  })

  it('agrees to the date that it was shown with, and says which', async () => {
    const house = await proposed()
    const shown = cardOf(await house.asks(ben, 'embargo', 'show'))
    const done = cardOf(await house.asks(ben, 'embargo', press(shown, 'Accept').input))
    expect(done.fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · Done
      Accepted: the embargo ends Fri 10 Jul 2026, 14:00 UTC. The reporter is told."
    `)
    expect(house.state().em).toEqual({ is: 'active', end: Date.UTC(2026, 6, 10, 14) })
  })
})

describe('a typed answer to a date', () => {
  it('says which date was agreed', async () => {
    const house = await proposed()
    expect(cardOf(await house.asks(ben, 'embargo', 'accept')).fallback).toContain(
      'Accepted: the embargo ends Fri 10 Jul 2026',
    )
    expect(cardOf(await house.asks(ben, 'embargo', 'accept')).fallback).toContain('No date waits')
  })

  it('says so again if it is delivered twice', async () => {
    const house = await proposed()
    await house.asks(ben, 'embargo', 'accept', { delivery: 'twice' })
    expect(cardOf(await house.asks(ben, 'embargo', 'accept', { delivery: 'twice' })).fallback).toContain(
      'This was already done',
    )
  })

  it('can be a refusal', async () => {
    const house = await proposed()
    expect(cardOf(await house.asks(ben, 'embargo', 'reject the fix takes longer')).fallback).toContain('Not agreed.')
  })
})

const PATCH = (line: string) => `diff --git a/loader.c b/loader.c\n+  ${line}\n`

/** Ben wrote a patch for each branch. The reporter was asked to check the patches and has not answered. */
const submitted = async (...branches: readonly string[]) => {
  const house = new SmallHouse().opens().wait(HOUR)
  await house.asks(ana, 'triage', 'valid high')
  for (const branch of branches) await house.asks(ana, 'affects', branch)
  for (const branch of branches) await house.asks(ana, 'assign-patch', `@ben ${branch}`)
  for (const branch of branches) await patched(house, branch, `reject(".."); // ${branch}`)
  return house
}

const patched = (house: SmallHouse, branch: string, line: string) =>
  house.asks(ben, 'patch', { action: 'submit', branch, patch: PATCH(line) })

const fixOf = (house: SmallHouse, branch: string) => house.state().branches.find(({ name }) => name === branch)?.fix?.is

const confirmOf = async (house: SmallHouse) => press(cardOf(await house.asks(ana, 'status')), 'Confirm')

describe('an old button that confirms a patch', () => {
  it('does not confirm a patch that was never shown', async () => {
    const house = await submitted('main')
    const form = house.formOf(await confirmOf(house))
    await patched(house, 'main', 'accept("..");')
    house.now = later(house.now, 8 * 24 * HOUR)
    const before = house.state()
    const reply = await house.asks(ana, 'confirm', { ...form?.hidden, fixed: 'yes', branch: 'main', note: 'silent' })
    expect(cardOf(reply).fallback).toMatchInlineSnapshot(`
      "SEC-2026-0042 · not confirmed
      The patch for main has been replaced since it was shown.
      Look at the new one, and say whether it fixes the problem: /cvd confirm main
      [ Confirm the fix ]"
    `)
    expect(isStale(reply)).toBe(true)
    expect(house.state()).toBe(before)
  })

  it('does not ask for changes of a patch that was never shown', async () => {
    const house = await submitted('main')
    const form = house.formOf(await confirmOf(house))
    await patched(house, 'main', 'reject_all("..");')
    await house.asks(ana, 'confirm', { ...form?.hidden, fixed: 'no', branch: 'main', note: 'it still reads files' })
    expect(fixOf(house, 'main')).toBe('submitted')
  })

  it('is about the patch that it was shown with', async () => {
    const house = await submitted('main')
    const form = house.formOf(await confirmOf(house))
    expect(form?.fields.find(({ name }) => name === 'branch')?.value).toBe('main')
    await house.asks(ana, 'confirm', { ...form?.hidden, fixed: 'no', branch: 'main', note: 'it still reads files' })
    expect(fixOf(house, 'main')).toBe('changes-requested')
  })

  it('asks which of several patches is meant, also when only one waits by then', async () => {
    const house = await submitted('main', '4.2')
    const form = house.formOf(await confirmOf(house))
    await house.asks(ana, 'confirm', { fixed: 'no', branch: 'main', note: 'it still reads files' })
    const said = { ...form?.hidden, fixed: 'no', note: 'it still reads files' }
    expect(formOf(await house.asks(ana, 'confirm', said)).title).toBe('Which branch?')
    expect(fixOf(house, '4.2')).toBe('submitted')
    await house.asks(ana, 'confirm', { ...said, branch: '4.2' })
    expect(fixOf(house, '4.2')).toBe('changes-requested')
  })

  it('asks what is missing in the patch that was there', async () => {
    const house = await submitted('main')
    const form = formOf(await house.asks(ana, 'confirm', 'no'))
    await patched(house, 'main', 'reject_all("..");')
    await house.asks(ana, 'confirm', { ...form.hidden, fixed: 'no', branch: 'main', note: 'it still reads files' })
    expect(fixOf(house, 'main')).toBe('submitted')
  })

  it('applies to the patch that was there when the question was asked', async () => {
    const house = await submitted('main')
    const card = cardOf(await house.asks(ana, 'confirm', 'main No word from reporter'))
    await patched(house, 'main', 'reject_all("..");')
    await house.asks(ana, 'confirm', press(card, 'No, changes are needed').input)
    expect(fixOf(house, 'main')).toBe('submitted')
  })

  it('fits into a button of Discord for one patch', async () => {
    const { verb, input } = await confirmOf(await submitted('main'))
    const carried = `b0=${verb}+?${Object.entries(input)
      .map((pair) => pair.join('='))
      .join('&')}`
    expect(input['case']).toBe(CASE)
    expect(carried.length).toBeLessThanOrEqual(100)
  })
})

describe('an old button that says no to a signal', () => {
  const open = (house: SmallHouse) => house.state().approvals.filter(({ status }) => status === 'open').length

  it('does not answer any other question', async () => {
    const house = await untilReady()
    const plan = cardOf(await house.asks(ana, 'signal', 'attack'))
    await house.asks(ben, 'approve.no', 'it was a scanner')
    const preview = cardOf(await house.asks(ana, 'embargo', 'until 2026-12-01 a rewrite'))
    await house.asks(ana, 'embargo', press(preview, 'Ask the second person').input)
    expect(open(house)).toBe(1)
    const form = house.formOf(press(plan, 'Say no'))
    await house.asks(ben, 'approve.no', { ...form?.hidden, reason: 'nobody attacks' })
    expect(open(house)).toBe(1)
  })

  it('does not answer any other question if a refusal led to it', async () => {
    const house = await untilReady()
    await house.asks(ana, 'signal', 'attack')
    const refused = cardOf(await house.asks(ben, 'close', 'it is nothing'))
    await house.asks(ben, 'approve.no', 'it was a scanner')
    const preview = cardOf(await house.asks(ana, 'embargo', 'until 2026-12-01 a rewrite'))
    await house.asks(ana, 'embargo', press(preview, 'Ask the second person').input)
    const form = house.formOf(press(refused, 'Refuse'))
    await house.asks(ben, 'approve.no', { ...form?.hidden, reason: 'nobody attacks' })
    expect(open(house)).toBe(1)
  })

  it('applies only to its own signal if several wait', async () => {
    const house = await untilReady()
    await house.asks(ana, 'signal', 'attack')
    const plan = cardOf(await house.asks(ana, 'signal', 'leak somebody wrote of it'))
    expect(plan.actions.map(({ label }) => label)).toEqual(['Say no to a1', 'Say no to a2', 'Status'])
    const form = house.formOf(press(plan, 'Say no to a2'))
    await house.asks(ben, 'approve.no', { ...form?.hidden, reason: 'it was public' })
    expect(house.state().approvals.map(({ status }) => status)).toEqual(['open', 'refused'])
  })
})

describe('an old button that answers a mail', () => {
  const ELSEWHERE = { channel: 'C0043' } as const
  const TWO = CaseId.parse('SEC-2026-0043')

  /** Two people reported the same vulnerability, and the second one writes again. */
  const written = async () => {
    const house = new SmallHouse().opens().wait(HOUR)
    house.opens(TWO, { name: 'Sol', address: 'sol@other.example' })
    await house.asks(ana, 'ack')
    await house.asks(ana, 'ack', `${TWO}`, ELSEWHERE)
    const merge = cardOf(await house.asks(ana, 'triage.duplicate', `${TWO} ${CASE}`, ELSEWHERE))
    await house.asks(ana, 'duplicate', press(merge, 'Merge').input, ELSEWHERE)
    const [, second] = house.state().reports
    if (second === undefined) throw new Error('not merged')
    house.comes({
      verb: 'take-in-message',
      case: CASE,
      message: MessageId.parse('mail-of-sol'),
      from: 'reporter',
      report: second.id,
      trust: 'domain-vouches',
      automatic: false,
    })
    return { house, mail: await house.lastCard('mail') }
  }

  it('names the person whose mail it was', async () => {
    const { house, mail } = await written()
    const form = house.formOf(press(mail, 'Reply'))
    expect(form?.fields.find(({ name }) => name === 'report')?.value).toBe(`${CASE}/r2`)
  })

  it('writes to nobody else if the report has left the case', async () => {
    const { house, mail } = await written()
    const { input } = press(mail, 'Reply')
    const split = cardOf(await house.asks(ana, 'open.report', 'r2 it is another problem'))
    await house.asks(ana, 'split', press(split, 'Split it off').input)
    expect(house.state().reports.map(({ id }) => id)).toEqual([`${CASE}/r1`])
    const refused = cardOf(
      await house.asks(ana, 'reply', { ...input, text: 'Dear Sol, you may keep this to yourself.' }),
    )
    expect(refused.actions.map(({ label }) => label)).not.toContain('Send')
    expect(refused.fallback).toContain('is not one of the reports')
  })
})
