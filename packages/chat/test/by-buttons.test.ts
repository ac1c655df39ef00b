import { DAY, HOUR, MessageId } from '@embargo/core'
import type { EffectId, PersonId } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import type { Form, Reply } from '../src/index.ts'
import { ana, ben, policyOf } from './fixtures/policy.ts'
import { CASE, cardOf, RELEASE, SmallHouse } from './fixtures/small-house.ts'
import { PATCH } from './fixtures/until-ready.ts'

const POLICY = policyOf()
const WITH_CVE = { ...POLICY, projects: POLICY.projects.map((project) => ({ ...project, cve: 'requested' as const })) }

type Fields = Readonly<Record<string, string>>

/** People who press buttons and fill in forms, and type nothing. */
class Hands {
  readonly house = new SmallHouse({ policy: WITH_CVE })
  readonly #left = new Set<EffectId>()
  /** What each person alone was shown last. */
  readonly #own = new Map<PersonId, Card>()

  /** Decisions of people: what a preview goes on to is part of one. */
  actions = 0

  /** All mail that was asked for leaves. */
  mailLeaves(): void {
    for (let at = 0; at < this.house.recorded.length; at += 1)
      for (const effect of this.house.effectsOf(at)) {
        if (effect.kind !== 'send-mail' || this.#left.has(effect.id)) continue
        this.#left.add(effect.id)
        const { id, stream, letter, to } = effect
        const outcome = { is: 'mail-accepted', letter, to, messageId: '<m@quillmark.example>' } as const
        this.house.comes({ verb: 'record-outcome', stream, effect: id, outcome })
      }
  }

  /** Presses the button with this label, wherever the person sees it, and fills in the form that it opens. */
  async press(who: PersonId, label: string, fields: Fields = {}): Promise<void> {
    const action = await this.#find(who, label)
    if (!PART_OF_ONE.has(label)) this.actions += 1
    const form = action.form === true ? this.house.formOf(action) : undefined
    const reply =
      form === undefined
        ? await this.house.asks(who, action.verb, action.input)
        : await this.#fillIn(who, { ...form, hidden: { ...form.hidden, ...action.input } }, fields)
    await this.#take(who, label, reply, fields)
  }

  async #take(who: PersonId, label: string, reply: Reply, fields: Fields): Promise<void> {
    if ('form' in reply) return this.#take(who, label, await this.#fillIn(who, reply.form, fields), {})
    const card = cardOf(reply)
    if ('refusal' in reply) throw new Error(`${label}: ${card.fallback}`)
    this.#own.set(who, card)
  }

  #fillIn(who: PersonId, form: Form, fields: Fields): Promise<Reply> {
    const names = form.fields.map(({ name }) => name)
    const missing = form.fields.flatMap(({ name, optional, value }) =>
      optional === true || value !== undefined || name in fields ? [] : [name],
    )
    const unknown = Object.keys(fields).filter((name) => !names.includes(name))
    if (unknown.length > 0 || missing.length > 0)
      throw new Error(`${form.title} has no field ${unknown.join()}, and needs ${missing.join()}`)
    const filledIn = Object.fromEntries(
      form.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
    )
    return this.house.asks(who, form.verb, { ...form.hidden, ...filledIn, ...fields })
  }

  /** On what they were shown, in the channel from its end, or behind “More” of the pinned card. */
  async #find(who: PersonId, label: string): Promise<Action> {
    const own = this.#own.get(who)
    const channel = (await this.house.cards()).toReversed()
    const more = channel.flatMap(({ actions }) => actions).find((action) => action.label === 'More')
    if (more === undefined) throw new Error('no card is pinned')
    const behind = cardOf(await this.house.asks(who, more.verb, more.input))
    const seen = [...(own === undefined ? [] : [own]), ...channel.slice(0, SHOWN), behind]
    const found = seen.flatMap(({ actions }) => actions).find((action) => action.label === label)
    if (found === undefined)
      throw new Error(`no button ${label}; behind “More”: ${behind.actions.map((action) => action.label).join(', ')}`)
    return found
  }
}

/** What a preview has to go on. */
const PART_OF_ONE: ReadonlySet<string> = new Set(['Ask the second person', 'Approve'])

/** The most actions of a team from the first mail to the end: a command, form or button, with its preview. */
const MAX_ACTIONS = 15

/** Cards of the channel that are looked at before “More” is pressed. */
const SHOWN = 3

async function bothSay(hands: Hands): Promise<void> {
  await hands.press(ana, 'Ask the second person')
  await hands.press(ben, 'Look and approve')
  await hands.press(ben, 'Approve')
  hands.mailLeaves()
}

/** The reporter answers. */
function mailComes({ house }: Hands): void {
  const report = house.state().reports[0]?.id
  if (report === undefined) throw new Error('no report')
  house.comes({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse('mail-2'),
    from: 'reporter',
    report,
    trust: 'domain-vouches',
    automatic: false,
  })
}

describe('a whole case', () => {
  it('is worked by buttons and forms alone, from the report to its end', async () => {
    const hands = new Hands()
    const { house } = hands
    house.opens().wait(HOUR)
    await hands.press(ana, 'Acknowledge')
    await hands.press(ana, 'Triage', { disposition: 'valid', severity: 'moderate', cwe: 'CWE-22' })
    await hands.press(ana, 'Affected branch', { branch: 'main', affected: 'yes', range: '< 4.3', fixedVersion: '4.3' })
    await hands.press(ana, 'Assign the patch', { to: '@ben' })
    await hands.press(ana, 'Change the rating', { severity: 'high' })
    expect(house.state().severity).toBe('high')
    await hands.press(ben, 'Submit patch', { patch: PATCH })
    mailComes(hands)
    await hands.press(ana, 'Log the answer', { fix: 'fixed' })
    await hands.press(ana, 'Advisory text', { component: 'the loader', impact: 'An attacker may read files.' })
    await hands.press(ana, 'A CVE id is asked for', { link: 'https://cve.example/1' })
    await hands.press(ana, 'Plan the release', { at: '2026-06-16 14:00' })
    await hands.press(ana, 'Pre-notify', { at: '2026-06-16T14:00:00.000Z' })
    await bothSay(hands)
    await hands.press(ana, 'north: they have it')
    expect(house.state().em.is).toBe('active')
    await hands.press(ana, 'The CVE id came', { id: 'CVE-1900-0042' })
    await hands.press(ana, 'Move release', { to: '2026-06-17 14:00', reason: '4.2 is late' })
    await bothSay(hands)
    house.wait(RELEASE + 8 * DAY - house.now)
    await hands.press(ana, 'Disclose')
    await bothSay(hands)
    expect(house.state().cs.public).toBeDefined()
    await hands.press(ana, 'The CVE is published', { link: 'https://cve.example/2' })
    await hands.press(ana, 'Retrospective', { rootCause: 'no test of includes' })
    await hands.press(ana, 'Close', { reason: 'Fixed in 4.3.' })
    expect(house.state().rm).toBe('closed')
    expect(house.state().retrospective).toBeDefined()
  })

  it('takes a team at most fifteen actions on its main line', async () => {
    const hands = new Hands()
    const { house } = hands
    house.opens().wait(HOUR)
    await hands.press(ana, 'Acknowledge')
    await hands.press(ana, 'Triage', { disposition: 'valid', severity: 'high', cwe: 'CWE-22' })
    await hands.press(ana, 'Affected branch', { branch: 'main', affected: 'yes', range: '< 4.3', fixedVersion: '4.3' })
    await hands.press(ana, 'Assign the patch', { to: '@ben' })
    await hands.press(ben, 'Submit patch', { patch: PATCH })
    mailComes(hands)
    await hands.press(ana, 'Log the answer', { fix: 'fixed' })
    await hands.press(ana, 'Advisory text', { component: 'the loader', impact: 'An attacker may read files.' })
    await hands.press(ana, 'A CVE id is asked for', { link: 'https://cve.example/1' })
    await hands.press(ana, 'Pre-notify', { at: '2026-06-16T14:00:00.000Z' })
    await bothSay(hands)
    await hands.press(ana, 'The CVE id came', { id: 'CVE-1900-0042' })
    house.wait(RELEASE + 8 * DAY - house.now)
    await hands.press(ana, 'Disclose')
    await bothSay(hands)
    await hands.press(ana, 'The CVE is published', { link: 'https://cve.example/2' })
    await hands.press(ana, 'Close', { reason: 'Fixed in 4.3.', rootCause: 'no test of includes' })
    expect(house.state()).toMatchObject({ rm: 'closed', retrospective: { rootCause: 'no test of includes' } })
    expect(hands.actions).toBeLessThanOrEqual(MAX_ACTIONS)
  })

  it('is opened again with a button, where nothing was published', async () => {
    const hands = new Hands()
    hands.house.opens().wait(HOUR)
    await hands.press(ana, 'Acknowledge')
    await hands.press(ana, 'Triage', { disposition: 'invalid', reason: 'It is by design' })
    await hands.press(ana, 'Reopen', { reason: 'Another way in was found' })
    expect(hands.house.state().rm).toBe('received')
  })
})
