import { accountOn, actorOf, CaseId, DAY, EffectId, HOUR, later, MessageId } from '@embargo/core'
import type { Outcome, Platform, Policy } from '@embargo/core'
import type { Card, HeldMail } from '@embargo/engine'
import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { claimedCard, codeCard, pendingCard } from '../src/cards/link.ts'
import { SHOW_MORE } from '../src/cards/preview.ts'
import { reminderCard } from '../src/cards/reminder.ts'
import {
  awayCard,
  intakeChannelCard,
  buttonTooOldCard,
  failedCard,
  fileNotTakenCard,
  formFirstCard,
  formForgottenCard,
  formNotOpenedCard,
  formTooLateCard,
  heldCard,
  quotaCard,
  nextPageCard,
  noCaseCard,
  noTextCard,
  notOfferedCard,
  restInFileCard,
  setAsideCard,
  roomCard,
  standingCard,
  toConfirmCard,
  unknownAccountCard,
} from '../src/index.ts'
import type { Form, Input, Place } from '../src/index.ts'
import type { Gallery, FormExhibit, Exhibit, Outside } from './exhibits.ts'
import { mailsOfRecipients, ofSeveralReporters } from './gallery-addressees.ts'
import { guestsInGroup } from './gallery-groups.ts'
import { mailOf } from './gallery-mail.ts'
import { ana, ben, cem, policyOf } from './policy.ts'
import { CASE, CHANNEL, formOf, press, RELEASE, SmallHouse, START } from './small-house.ts'
import { PATCH } from './until-ready.ts'

export const CALM: Outside = {
  name: 'Rafi Sample',
  address: 'rafi@reporter.example',
  subject: 'Path traversal in template names',
  text: [
    'Hello,',
    '',
    'naming a template ../../etc/passwd reads it. I have tried it with 4.2 and with main, in the default settings:',
    '',
    '    curl https://demo.example/render?template=../../etc/passwd',
    '',
    'The loader joins the name to its folder and never looks where that leads. I have told nobody else, and would be glad',
    'of an answer within the week. A small program that shows it is attached.',
    '',
    'Rafi',
  ].join('\n'),
  fileName: 'poc.py',
  fileType: 'text/x-python',
  note: 'it can be seen here too, in the default settings',
  answer: '550 5.1.1 no such user here',
}

/** What one mail takes that a person writes. */
const REPLY_MOST = 20_000

const OTHER = CaseId.parse('SEC-2026-0043')
const TERMINAL: Partial<Place> = { platform: 'terminal', case: CASE, private: true }

/** The same people and project, where the team types on that platform. */
export const policyOn = (platform: 'slack' | 'discord' | 'terminal'): Policy =>
  policyOf('team', {
    platforms: [platform],
    people: [ANA, BEN, CEM].map((person, index) => ({ ...person, discord: `${DISCORD_ACCOUNTS}${index}` })),
  })

/** A Discord account has 17 to 20 digits. */
const DISCORD_ACCOUNTS = '81000000000000000'

/** Every card and every form that people meet, drawn from a case that is played with the words of `outside`. */
export async function gallery(outside: Outside = CALM, policy: Policy = policyOf()): Promise<Gallery> {
  const mail = mailOf(outside)
  const written = outside.text.slice(0, REPLY_MOST)
  const house = new SmallHouse({ policy, mail, previewText: previewOf(outside) })
  const { platform } = house
  const cards: Exhibit[] = []
  const forms: FormExhibit[] = []
  const show = (name: string, from: string, card: Card): void => void cards.push({ name, from, card })
  const last = async (name: string, from: string, kind: Card['kind']): Promise<void> =>
    show(name, from, await house.lastCard(kind))
  const said = async (name: string, words: string): Promise<void> => {
    const card = (await house.cards()).findLast(({ kind, fallback }) => kind === 'change' && fallback.includes(words))
    if (card === undefined) throw new Error(`nothing says “${words}”`)
    show(name, 'change', card)
  }
  const answer = async (name: string, from: string, asked: Asked): Promise<Card> => {
    const reply = await house.asks(asked.who ?? ana, asked.verb, asked.input ?? '', asked.where ?? {})
    const card = 'form' in reply ? undefined : 'refusal' in reply ? reply.refusal : reply.card
    if (card === undefined) throw new Error(`${name}: a form came`)
    show(name, from, card)
    return card
  }

  // A report arrives.
  house.opens(CASE, { name: outside.name, address: outside.address })
  await last('a report arrives', 'report', 'report')
  await last('the pinned status, at first', 'status', 'status')
  await answer('a refusal, with what lifts it', 'refusal', { verb: 'prenotify' })
  await answer('a refusal of what was typed', 'refusal', { verb: 'triage', input: `${outside.note} high` })
  await answer('a refusal to who is not on the case', 'refusal', { verb: 'ack', who: cem })
  await answer('a command is done', 'done', { verb: 'ack', input: outside.note })
  await last('a change, in one line', 'change', 'change')
  await house.asks(ana, 'triage', `valid high CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N CWE-22 ${outside.note}`)
  await house.asks(ana, 'affects', `main < 4.3`)
  await house.asks(ana, 'affects', '4.2')
  await house.asks(ana, 'assign-patch', '@ben main')
  await house.asks(ana, 'wait', outside.note)
  house.wait(2 * HOUR)
  await house.asks(ben, 'patch', { action: 'submit', branch: 'main', patch: PATCH, file: outside.fileName })
  await said('a patch comes', 'submitted the patch')
  await answer('the status, asked for', 'status', { verb: 'status' })

  // Mail comes and goes.
  const report = house.state().reports[0]?.id
  if (report === undefined) throw new Error('no report')
  const takeIn = (from: 'reporter' | 'unverified' | 'team', trust: 'domain-vouches' | 'failed'): void => {
    const message = MessageId.parse(`mail-${house.state().messages.length + 1}`)
    const known = from === 'reporter' ? { report } : {}
    house.comes({
      verb: 'take-in-message',
      case: CASE,
      message,
      from,
      trust,
      automatic: from === 'unverified',
      ...known,
    })
  }
  takeIn('reporter', 'domain-vouches')
  await last('the reporter writes', 'mail', 'mail')
  takeIn('unverified', 'failed')
  await last('somebody unverified writes', 'mail', 'mail')
  takeIn('team', 'domain-vouches')
  await last('a team member writes by mail', 'mail', 'mail')
  for (const [name, card] of await mailsOfRecipients(house)) show(name, 'mail', card)
  house.comes({ verb: 'quarantine-message', case: CASE, message: MessageId.parse('mail-9'), because: 'parser-died' })
  await last('a mail in quarantine', 'quarantine', 'notice')
  await answer('the mails, listed', 'message', { verb: 'mail', where: TERMINAL })
  await answer('a mail, read in the terminal', 'message', { verb: 'mail', input: '1', where: TERMINAL })
  await answer('all that was written, read in the terminal', 'read', { verb: 'read', where: TERMINAL })
  const reply = await answer('a mail before it is sent', 'reply-preview', {
    verb: 'reply',
    input: { text: written },
  })
  await house.asks(ana, 'reply', press(reply, 'Send').input)
  await last('a mail was sent', 'change', 'change')
  endMail(house, 'receipt', () => ({
    is: 'mail-failed',
    letter: 'receipt',
    to: { kind: 'report', report },
    because: outside.answer,
  }))
  await last('a mail that did not leave', 'change', 'change')
  const bounced = effectsOf(house).find((each) => each.kind === 'send-mail' && each.letter === 'acknowledgment')
  if (bounced !== undefined)
    house.comes({
      verb: 'record-bounce',
      case: CASE,
      of: CASE,
      effect: bounced.id,
      letter: 'acknowledgment',
      to: { kind: 'report', report },
      kind: 'hard',
      status: '5.1.1',
      message: MessageId.parse('mail-10'),
    })
  await last('a mail that came back', 'bounce', 'change')

  // People and channels.
  house.comes({ verb: 'notice-stranger', case: CASE, platform, channel: CHANNEL, account: 'U0STRANGER' })
  await last('a stranger', 'stranger', 'notice')
  for (const what of ['renamed', 'exposed'] as const) {
    house.comes({
      verb: 'notice-channel',
      case: CASE,
      platform,
      channel: CHANNEL,
      what,
      name: outside.note.slice(0, 80),
    })
    await last(`a channel is ${what}`, 'channel', 'notice')
  }
  await house.asks(ana, 'channel', 'ok')
  house.comes({ verb: 'notice-person', case: CASE, platform, channel: CHANNEL, person: ben })
  await last('somebody of the case is not in its channel', 'change', 'change')
  await house.asks(ana, 'handoff', `@ben ${outside.note}`)
  await last('the case is offered', 'change', 'change')
  await answer('either a yes or a no', 'confirm-meant', { verb: 'confirm', input: 'no longer reads the file' })
  for (const [name, fraction, breached] of REMINDERS)
    show(
      name,
      'reminder',
      reminderCard({
        state: house.state(),
        clock: 'fix-ready',
        due: later(house.now, 2 * DAY),
        fraction,
        breached,
        hears: fraction < 1 ? 'owner' : 'team',
        next: { hears: fraction < 1 ? 'team' : 'admins', at: later(house.now, 4 * DAY) },
        policy,
        at: later(house.now, breached ? 3 * DAY : fraction * DAY),
      }),
    )
  await answer('the clocks', 'status', { verb: 'remind' })

  // Towards the release.
  await house.asks(ana, 'wait', 'done')
  await house.asks(ana, 'log-answer', '2 fixed main')
  await house.asks(ana, 'log-answer', `2 credit-named ${outside.name}`)
  await last('an answer is logged', 'change', 'change')
  await house.asks(ana, 'affects', '4.2 no')
  await house.asks(ana, 'advisory', { component: outside.note.slice(0, 200).trim(), impact: outside.note.trim() })
  await answer('a release that is none yet', 'release', { verb: 'release', input: 'show' })
  await answer('the embargo', 'embargo', { verb: 'embargo', input: 'show' })
  await house.asks(ana, 'embargo', `propose 2026-08-01 ${outside.note}`)
  await answer('the embargo, with a proposal', 'embargo', { verb: 'embargo', input: 'show' })
  await answer('what would be sent', 'preview', { verb: 'prenotify', input: '2026-06-09' })
  await meant(house, 'prenotify', '2026-06-09')
  await last('a second person is asked', 'approval', 'approval')
  await answer('what the second person reads', 'preview', { verb: 'approve', who: ben })
  await approve(house)
  await last('the pinned status, before the release', 'status', 'status')
  await answer('a release', 'release', { verb: 'release', input: 'show' })
  house.now = RELEASE
  await meant(house, 'disclose', '')
  await approve(house)
  await last('a publication runs', 'publication', 'publication')
  endMail(house, 'announcement', () => ({ is: 'parked', doubt: true, because: outside.answer }))
  await last('something in doubt', 'doubt', 'notice')
  await last('a publication that waits for a person', 'publication', 'publication')
  await answer('looking back', 'look-back', { verb: 'retro' })

  const resting = new SmallHouse({ policy, mail }).opens(CASE, { name: outside.name, address: outside.address })
  await resting.asks(ana, 'ack')
  await resting.asks(ana, 'triage', 'valid low')
  await resting.asks(ana, 'defer', 'after the next release')
  const closing = await resting.asks(ana, 'close', outside.note)
  if (!('card' in closing)) throw new Error('nothing was shown before a case is closed')
  show('before a case is closed', 'close-preview', closing.card)

  const over = new SmallHouse({ policy, mail }).opens(CASE, { name: outside.name, address: outside.address })
  await over.asks(ana, 'triage', 'spam')
  for (const what of ['archived', 'exposed'] as const) {
    over.comes({ verb: 'notice-channel', case: CASE, platform, channel: CHANNEL, what })
    show(`the channel of a closed case is ${what}`, 'channel', await over.lastCard('notice'))
  }
  over.comes({ verb: 'notice-stranger', case: CASE, platform, channel: CHANNEL, account: 'U0STRANGER' })
  show('a stranger in the channel of a closed case', 'stranger', await over.lastCard('notice'))
  over.comes({
    verb: 'record-outcome',
    stream: CASE,
    effect: EffectId.parse(`e9/remove/${platform}/${CHANNEL}`),
    outcome: { is: 'parked', doubt: false, because: outside.answer },
  })
  show('something was not done for a closed case', 'doubt', await over.lastCard('notice'))

  // What becomes of the channel of an open case. A terminal has none, and is told of another’s.
  const moved = new SmallHouse({ policy, mail }).opens(CASE, { name: outside.name, address: outside.address })
  const becomes = async (name: string, says: string): Promise<void> => {
    const card = (await moved.cards()).findLast(({ title }) => title.includes(says))
    if (card === undefined) throw new Error(`${name}: nothing was said`)
    if (platform !== 'terminal') show(name, 'channel', card)
  }
  const noticed = (what: 'archived' | 'unarchived' | 'exposed' | 'deleted' | 'out-of-reach'): void =>
    void moved.comes({ verb: 'notice-channel', case: CASE, platform, channel: CHANNEL, what })
  noticed('archived')
  await becomes('a channel is archived by somebody', 'is gone')
  moved.wait(90 * DAY)
  const transcript = { ...moved.putText(CASE, '{}'), lines: 0 }
  const outcome = { is: 'talk-kept', platform, channel: CHANNEL, transcript, from: moved.now } as const
  moved.comes({ verb: 'record-outcome', stream: CASE, effect: EffectId.parse('e8/keep-talk'), outcome })
  show('what was said is not kept whole', 'talk', await moved.lastCard('notice'))
  noticed('unarchived')
  await becomes('a channel is back', 'is back')
  noticed('exposed')
  await moved.asks(ana, 'channel', 'ok')
  await becomes('a channel is in use again', 'is in use again')
  noticed('out-of-reach')
  await becomes('a channel is not found', 'is gone')
  noticed('deleted')
  await becomes('a channel is deleted', 'is gone')
  await becomes('the channel after it', 'channel 2 on')

  const quiet = new SmallHouse({ policy: { ...policy, chat: { ...policy.chat, content: 'metadata' } }, mail })
  quiet.opens(CASE, { name: outside.name, address: outside.address })
  show('a report arrives, where its content stays out of chat', 'report', await quiet.lastCard('report'))

  // A second case, and what is about many.
  const second = new SmallHouse({ policy, mail, previewText: previewOf(outside) })
  second.opens(CASE, { name: outside.name, address: outside.address }).wait(HOUR).opens(OTHER)
  const asks = async (name: string, from: string, verb: string, input: Input = ''): Promise<Card> => {
    const given = await second.asks(ana, verb, input)
    const card = 'form' in given ? undefined : 'refusal' in given ? given.refusal : given.card
    if (card === undefined) throw new Error(`${name}: a form came`)
    show(name, from, card)
    return card
  }
  await second.asks(ana, 'ack')
  await asks('before two cases are merged', 'merge-preview', 'merge', { of: OTHER })
  await second.asks(ana, 'triage', 'valid high')
  await asks('the fast path', 'fast-path', 'signal', `attack`)
  await second.asks(ana, 'signal', `leak north ${outside.note}`)
  await asks('which of several questions', 'which-approval', 'approve')
  await asks('cases that were found', 'status', 'cases', 'high')
  await asks('your cases', 'status', 'cases', 'mine')
  await asks('help', 'help', 'help')
  await asks('help about one command', 'help', 'help', 'triage')
  show('a code for another account', 'link', codeCard('K7QM-2XPA'))
  show('the code is typed there', 'link', claimedCard({ ok: true, word: 'heron', askedOn: 'slack' }))
  show(
    'which account typed it',
    'link',
    pendingCard({ platform: 'discord', account: '810000000000000001', word: 'heron' }),
  )
  for (const [index, card] of (await homeOf(second)).entries()) show(`home, part ${index + 1}`, 'home', card)
  second.held = [{ id: MessageId.parse('m-0123456789abcdef'), receivedAt: START, mail } as unknown as HeldMail]
  await asks('reports that wait, listed', 'held', 'intake')
  await asks('before a seat is given up', 'conflict-preview', 'conflict', outside.note)
  show('reports that wait', 'held', heldCard({ count: 31, at: START }))
  show('mail that is turned away', 'quota', quotaCard({ refusing: 'day' }))
  show(
    'a chat platform that is away',
    'away',
    awayCard({ outside: 'discord', what: 'all', passing: false, why: 'Message Content Intent is off. Switch it on.' }),
  )
  const news = { platform: 'slack', what: 'stranger', account: 'U0STRANGER' } as const
  const stays = 'Slack would not let Embargo take them out.'
  for (const [at, one] of [{ platform: 'slack', what: 'open' } as const, news, { ...news, stays }].entries())
    show(`who reads in the team’s channel, ${at + 1}`, 'intake-channel', intakeChannelCard(one))
  show('a group with guests in it', 'outsiders', guestsInGroup('gus'))
  show('channels that run out', 'room', roomCard({ platform: 'discord', used: 402, most: 500, isOver: false }))
  show('clocks that stand still', 'standing', standingCard({ cases: [CASE], runAgain: false }))
  show('mail that opened no case', 'set-aside', setAsideCard({ count: 3, day: START }))
  cards.push(...(await ofSeveralReporters(policy, outside)))
  for (const [name, card] of appCards(platform, formOf(await second.asks(ana, 'reply', { change: 'yes' })), outside))
    show(name, 'app', card)

  for (const command of second.router.commands) {
    const form = command.form({ case: CASE })
    if (form.fields.length > 0) forms.push({ name: command.verb, form })
  }
  forms.push({
    name: 'reply, as it is changed',
    form: formOf(await second.asks(ana, 'reply', { text: written, change: 'yes' })),
  })
  return { cards, forms }
}

type Asked = {
  readonly verb: string
  readonly input?: Input
  readonly who?: typeof ana
  readonly where?: Partial<Place>
}

const credit = { name: 'credit', label: 'Credit', kind: 'text', optional: true } as const

/** What the apps say by themselves, each with what it may hold. */
const appCards = (platform: Platform, form: Form, { note, text }: Outside): readonly (readonly [string, Card])[] => [
  ['asked before a button means it', toConfirmCard('Close the case?', { label: 'Close', verb: 'close', input: {} })],
  ['a form with more pages', nextPageCard([...form.fields, { ...credit, optional: false }], [])],
  ['a form with more pages, which may stay empty', nextPageCard([credit], [{ ...credit, label: 'Text', value: text }])],
  ['a button before a form', formFirstCard(form)],
  ['a form that did not open', formNotOpenedCard('It has more than the platform can show. Type the command instead.')],
  ['a form that opened too late', formTooLateCard(platform)],
  ['a form that is forgotten', formForgottenCard([note, text], false)],
  ['a page of a form that is forgotten', formForgottenCard([note], true)],
  ['a file that is not taken', fileNotTakenCard('It is larger than 25 MB. Nothing was done.')],
  ['a number that is none of a case', noCaseCard()],
  ['a message without a text', noTextCard()],
  ['a command that is not offered', notOfferedCard('prenotify')],
  ['a button that is forgotten', buttonTooOldCard()],
  ['the rest of an answer', restInFileCard()],
  ['an account of nobody', unknownAccountCard(platform)],
  ['something broke', failedCard(new Error(note))],
]

const REMINDERS = [
  ['a reminder', 0.5, false],
  ['a firmer reminder', 0.9, false],
  ['overdue', 1, true],
] as const

const previewOf = ({ text }: Outside): string =>
  ['TLP:AMBER', '', 'You are told of a vulnerability in Quillmark before it is public.', '', text].join('\n')

const effectsOf = (house: SmallHouse) => house.recorded.flatMap((_, index) => house.effectsOf(index))

/** How a mail ended that the case wanted to send. */
function endMail(house: SmallHouse, letter: string, is: (effect: EffectId) => Outcome): void {
  const effect = effectsOf(house).findLast((each) => each.kind === 'send-mail' && each.letter === letter)
  if (effect === undefined) throw new Error(`no ${letter} was to be sent`)
  house.comes({ verb: 'record-outcome', stream: effect.stream, effect: effect.id, outcome: is(effect.id) })
}

/** Shown, and then meant. */
async function meant(house: SmallHouse, verb: string, input: Input): Promise<void> {
  const shown = await house.asks(ana, verb, input)
  if (!('card' in shown)) throw new Error(`${verb} was not shown: ${JSON.stringify(shown)}`)
  await house.asks(ana, verb, press(shown.card, 'Ask the second person').input)
}

async function approve(house: SmallHouse, part?: Input): Promise<void> {
  const [waiting] = house.state().approvals.filter(({ status }) => status === 'open')
  const shown = await house.asks(ben, 'approve', part ?? (waiting === undefined ? '' : { approval: waiting.id }))
  if (!('card' in shown)) throw new Error('nothing was shown to the second person')
  const more = shown.card.actions.find(({ label }) => label === SHOW_MORE)
  if (more !== undefined) return approve(house, more.input)
  await house.asks(ben, 'approve', press(shown.card, 'Approve').input)
}

function homeOf({ router, policy, platform }: SmallHouse): Promise<readonly Card[]> {
  const person = policy.policy.people.find(({ id }) => id === ana)
  const account = (person && accountOn(person, platform)) ?? ana
  return router.home(actorOf(policy.policy, platform, account), { platform, private: true })
}
