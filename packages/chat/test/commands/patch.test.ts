import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { actorOf, MessageId, PATCH_BYTES_MAX, ReportId } from '@embargo/core'
import type { MailFrom, MailTrust } from '@embargo/core'
import type { GivenFile, Input } from '../../src/index.ts'
import { MESSAGE_ACTION_LABEL_MAX, MESSAGE_ACTIONS, messageInput, withLeftBehind } from '../../src/index.ts'
import { ana } from '../fixtures/policy.ts'
import { cardOf, CASE, CHANNEL, formOf, MAIL, press, SmallHouse } from '../fixtures/small-house.ts'

const PATCH = '--- a/loader.c\n+++ b/loader.c\n@@ -1 +1 @@\n-open(name)\n+open(safe(name))\n'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const attached = (more: Partial<GivenFile> = {}): GivenFile => ({
  option: 'patchFile',
  name: 'fix-main.patch',
  type: 'text/x-patch',
  bytes: bytes(PATCH),
  ...more,
})

async function rated(house = new SmallHouse()): Promise<SmallHouse> {
  house.opens()
  await house.asks(ana, 'ack')
  await house.asks(ana, 'triage', 'valid high')
  return house
}

async function assigned(from = new SmallHouse()): Promise<SmallHouse> {
  const house = await rated(from)
  await house.asks(ana, 'triage.affects', 'main')
  await house.asks(ana, 'assign-patch', '@ana')
  return house
}

async function submits(house: SmallHouse, input: Input, files: readonly GivenFile[], verb = 'patch') {
  return house.router.handle({
    verb,
    input,
    files,
    actor: actorOf(house.policy.policy, 'slack', 'U0ANA'),
    place: { platform: 'slack', channel: CHANNEL },
    deliveryId: `file-${JSON.stringify(input)}-${files.length}`,
    at: house.now,
  })
}

describe('a patch as a file', () => {
  it('is the same as its text, under the name of the file', async () => {
    const house = await assigned()
    const reply = await submits(house, { action: 'submit', branch: 'main' }, [attached()])
    expect(cardOf(reply).fallback).toContain('Submitted 72 bytes')
    expect(house.state().branches[0]?.fix).toMatchObject({ is: 'submitted', fileName: 'fix-main.patch' })
  })

  it('is not submitted if the mail that asks for its check would be too large for the relay', async () => {
    const house = await assigned()
    house.mailPreview = {
      gate: 'makes-sense',
      because: 'A mail would be too large for the relay.',
      facts: {},
      liftedBy: [],
    }
    const reply = await submits(house, { action: 'submit', branch: 'main' }, [attached()])
    expect(cardOf(reply).fallback).toContain('A mail would be too large for the relay.')
    expect(house.state().branches[0]?.fix).toMatchObject({ is: 'assigned' })
  })

  it('keeps a byte order mark, which is part of what is hashed', async () => {
    const house = await assigned()
    const marked = bytes(`\u{FEFF}${PATCH}`)
    const reply = await submits(house, { action: 'submit', branch: 'main' }, [attached({ bytes: marked })])
    const sha256 = createHash('sha256').update(marked).digest('hex')
    expect(cardOf(reply).fallback).toContain(`Submitted 75 bytes, sha256 ${sha256}`)
  })

  it('keeps the link to a patch, but takes the bytes of the file', async () => {
    const house = await assigned()
    const link = 'https://code.example/private/pull/7'
    await submits(house, { action: 'submit', branch: 'main', link }, [attached()])
    const texts = (await house.cards()).map(({ fallback }) => fallback)
    expect(texts.find((text) => text.includes('submitted the patch'))).toContain(
      'It can be seen at hxxps://code.example/private/pull/7.',
    )
    expect(house.state().branches[0]?.fix).toMatchObject({ is: 'submitted', fileName: 'fix-main.patch' })
  })

  it('keeps the name that somebody typed', async () => {
    const house = await assigned()
    await submits(house, { action: 'submit', branch: 'main', file: 'mine.patch' }, [attached()])
    expect(house.state().branches[0]?.fix).toMatchObject({ fileName: 'mine.patch' })
  })

  it.each([
    ['comes twice', { patch: PATCH }, [attached()], 'The text came twice, once typed and once as a file'],
    ['is no text', {}, [attached({ bytes: Uint8Array.of(0xff, 0xfe, 0x00) })], 'The file is not text in UTF-8.'],
    [
      'has a letter of Latin-1',
      {},
      [attached({ bytes: Buffer.from(`${PATCH}+caf\u{E9}`, 'latin1') })],
      'not text in UTF-8',
    ],
    ['has a byte of nothing', {}, [attached({ bytes: bytes(`${PATCH}\0`) })], 'The file is not text in UTF-8.'],
    ['is no patch', {}, [attached({ bytes: bytes('hello') })], 'this is not a patch'],
    [
      'is too large',
      {},
      [attached({ bytes: new Uint8Array(PATCH_BYTES_MAX + 1) })],
      'The file has 10.5 MB; the limit is 10.5 MB.',
    ],
    ['is for an option that takes none', {}, [attached({ option: 'branch' })], 'This command takes no file.'],
  ])('is refused if it %s', async (_what, more, files, because) => {
    const house = await assigned()
    const reply = await submits(house, { action: 'submit', branch: 'main', ...more }, files)
    expect('refusal' in reply && reply.reason.because).toContain(because)
    expect(house.state().branches[0]?.fix).toMatchObject({ is: 'assigned' })
  })

  it('can be given in the form as a file or as text', async () => {
    const house = await assigned()
    const form = formOf(await submits(house, { action: 'submit' }, []))
    expect(form.fields.map(({ name, kind, optional = false }) => [name, kind, optional])).toEqual([
      ['branch', 'text', true],
      ['fixedIn', 'text', true],
      ['author', 'text', true],
      ['component', 'text', true],
      ['impact', 'long-text', true],
      ['workaround', 'long-text', true],
      ['patch', 'long-text', true],
      ['patchFile', 'file', true],
    ])
  })

  it('can also be the text of a mail', async () => {
    const house = await assigned()
    const reply = await submits(house, {}, [attached({ option: 'text', bytes: bytes('Thank you.') })], 'reply')
    expect(cardOf(reply).quote?.text).toBe('Thank you.')
  })
})

describe('an action on a message', () => {
  it('is a command with a form', async () => {
    const house = await assigned()
    for (const { verb, label, optionForText } of MESSAGE_ACTIONS) {
      expect(label.length).toBeLessThanOrEqual(MESSAGE_ACTION_LABEL_MAX)
      const command = house.router.commands.find((one) => one.verb === verb)
      expect(command?.options.map(({ name }) => name)).toContain(optionForText ?? 'message')
    }
  })

  it('opens with the text of the message, or with none if the text is too long to be shown in full', async () => {
    const house = await assigned()
    const [send, log] = MESSAGE_ACTIONS
    if (send === undefined || log === undefined) throw new Error('an action is missing')
    const form = (action: typeof send, text: string) =>
      house.formOf({ verb: action.verb, input: messageInput(action, { text, most: 3000, case: CASE }) })
    const textOf = (text: string) => form(send, text)?.fields.find(({ name }) => name === 'text')?.value
    expect(textOf('x'.repeat(3000))).toHaveLength(3000)
    expect(textOf('x'.repeat(3001))).toBeUndefined()
    expect(form(send, 'hello')?.hidden).toEqual({ case: CASE })
  })

  it.each([
    [0, 10, 'Mailed exactly as you write it'],
    [1, 10, 'The file of the message stays behind. Mailed exactly as you write it'],
    [2, 10, '2 files of the message stay behind. Mailed exactly as you write it'],
    [0, 3001, 'The message is longer than this field takes: add it as a text file. Mailed exactly as you write it'],
    [
      1,
      3001,
      'The message is longer than this field takes: add it as a text file. The file of the message stays behind. Mailed exactly as you write it',
    ],
  ])('says in the form what is refused: %i files, %i characters', async (files, length, hint) => {
    const message = { text: 'x'.repeat(length), most: 3000 }
    const house = await assigned()
    const [send] = MESSAGE_ACTIONS
    const form = send && house.formOf({ verb: send.verb, input: messageInput(send, message) })
    if (send === undefined || form === undefined) throw new Error('no form')
    const told = withLeftBehind(form, send, { ...message, files })
    expect(told.fields.find(({ name }) => name === 'text')?.hint).toBe(hint)
    expect(told.fields.filter(({ name }) => name !== 'text')).toEqual(form.fields.filter(({ name }) => name !== 'text'))
  })

  it('takes the mail of the chosen card, and asks which mail is meant if another message was chosen', async () => {
    const house = await assigned()
    const log = MESSAGE_ACTIONS.find(({ id }) => id === 'log-as-answer')
    if (log === undefined) throw new Error('the action is missing')
    const opens = (buttons: readonly { readonly verb: string; readonly input: Readonly<Record<string, string>> }[]) =>
      house.formOf({ verb: log.verb, input: messageInput(log, { text: 'hello', most: 3000, buttons }) })
    const of = { case: CASE, message: 'SEC-2026-0042-mail-1' }
    const chosen = opens([
      { verb: 'reply', input: { case: CASE } },
      { verb: 'log-answer', input: of },
    ])
    expect(chosen?.hidden).toEqual(of)
    expect(chosen?.fields.map(({ name }) => name)).not.toContain('message')
    for (const buttons of [[], [{ verb: 'log-answer', input: { case: CASE } }]]) {
      const asked = opens(buttons)
      expect(asked?.hidden).not.toHaveProperty('message')
      expect(asked?.fields.find(({ name }) => name === 'message')).toMatchObject({ suggests: 'source' })
    }
  })
})

describe('the patch in a mail', () => {
  const FILE = { name: '0001-check.patch', text: PATCH }

  /** A later mail of the reporter. */
  async function mailed(
    patches: readonly { readonly name: string; readonly text: string }[],
    before: 'assigned' | 'only rated' = 'assigned',
  ): Promise<SmallHouse> {
    const house = before === 'assigned' ? await assigned() : await rated()
    house.patches = patches
    return house.comes({
      verb: 'take-in-message',
      case: CASE,
      message: MessageId.parse('m-2'),
      from: 'reporter',
      report: ReportId.parse(`${CASE}/r1`),
      trust: 'domain-vouches',
      automatic: false,
    })
  }

  it('is taken from the mail, byte for byte, with the reporter as its author', async () => {
    const house = await mailed([FILE])
    expect(cardOf(await house.asks(ana, 'patch', 'main last')).fallback).toContain('Submitted 72 bytes')
    expect(house.state().branches[0]?.fix).toMatchObject({
      is: 'submitted',
      fileName: '0001-check.patch',
      sha256: createHash('sha256').update(PATCH).digest('hex'),
      author: { kind: 'reporter', report: `${CASE}/r1` },
    })
  })

  it('is taken for a branch of the project that the case does not have yet', async () => {
    const house = await mailed([FILE], 'only rated')
    expect(house.state().branches).toEqual([])
    expect(cardOf(await house.asks(ana, 'patch', '--author @ben main last')).fallback).toContain('Submitted 72 bytes')
    expect(house.state().branches[0]?.fix).toMatchObject({ is: 'submitted', fileName: '0001-check.patch' })
  })

  it('has another author if somebody names one', async () => {
    const house = await mailed([FILE])
    await house.asks(ana, 'patch', '--author @ben main last')
    expect(house.state().branches[0]?.fix).toMatchObject({ author: { kind: 'person', person: 'ben' } })
  })

  it('is named if the mail has several', async () => {
    const house = await mailed([FILE, { name: '0002-test.patch', text: `${PATCH} ` }])
    expect(cardOf(await house.asks(ana, 'patch', 'main last')).fallback).toContain('That mail has 2 patches')
    expect(cardOf(await house.asks(ana, 'patch', '--file 0003.patch main 2')).fallback).toContain('no patch called')
    await house.asks(ana, 'patch', '--file 0002-test.patch main 2')
    expect(house.state().branches[0]?.fix).toMatchObject({ fileName: '0002-test.patch' })
  })

  it('is refused if the mail has no patch', async () => {
    expect(cardOf(await (await mailed([])).asks(ana, 'patch', 'main last')).fallback).toContain(
      'That mail has no patch.',
    )
    expect(cardOf(await (await mailed([FILE])).asks(ana, 'patch', 'main 9')).fallback).toContain('no such mail')
  })

  const withPatch = (change: { from?: MailFrom; trust?: MailTrust; automatic?: boolean } = {}) =>
    ({
      verb: 'take-in-message',
      case: CASE,
      message: MessageId.parse('m-2'),
      from: 'reporter',
      report: ReportId.parse(`${CASE}/r1`),
      trust: 'domain-vouches',
      automatic: false,
      ...change,
    }) as const

  it('is offered by a button under the mail, which asks for the branch', async () => {
    const house = await assigned(new SmallHouse({ mail: { ...MAIL, patches: ['0001-check.patch'] } }))
    house.patches = [FILE]
    house.comes(withPatch())
    const button = press(await house.lastCard('mail'), 'Use as patch')
    expect(button).toMatchObject({ form: true, input: { case: CASE, patch: 'm-2' } })
    const labels = (await house.lastCard('report')).actions.map(({ label }) => label)
    expect(labels).toContain('Use as patch')
  })

  it('is not offered before the report is acknowledged and rated', async () => {
    const house = new SmallHouse({ mail: { ...MAIL, patches: ['0001-check.patch'] } }).opens()
    house.patches = [FILE]
    const offered = async () => {
      const { actions } = await house.lastCard('report')
      return actions.some(({ label }) => label === 'Use as patch')
    }
    const atFirst = await offered()
    await house.asks(ana, 'ack')
    await house.asks(ana, 'triage', 'valid high')
    expect([atFirst, await offered()]).toEqual([false, true])
  })

  it.each<[string, Parameters<typeof withPatch>[0]]>([
    ['fails the checks', { trust: 'failed' }],
    ['is not known to be the reporter’s', { from: 'unverified' }],
    ['a program wrote', { automatic: true }],
  ])('is not offered under a mail that %s', async (_, change) => {
    const house = await assigned(new SmallHouse({ mail: { ...MAIL, patches: ['0001-check.patch'] } }))
    house.comes(withPatch(change))
    expect((await house.lastCard('mail')).actions.map(({ label }) => label)).not.toContain('Use as patch')
  })

  it('is not a line “last” in something else', async () => {
    const house = await mailed([FILE])
    expect(cardOf(await house.asks(ana, 'patch', 'main at\nlast')).fallback).toContain('this is not a patch')
  })
})
