import type { DiscordEmulator } from '@embargo/emulator-discord'
import { describe, expect, it, vi } from 'vitest'
import { bootDiscord, done } from '../boot-discord.ts'
import { card, refused } from '../cards.ts'
import { EVE, effect } from '../server.ts'

describe('forms in Discord', () => {
  const on = bootDiscord()

  const seen = (messages: readonly Parameters<DiscordEmulator['render']>[0][]) =>
    messages.map((message) => on.discord.render(message))

  const posted = (more: Parameters<typeof card>[0]) =>
    on.bot.platform.post({
      effect: effect('e2/post/discord'),
      channel: on.channel,
      card: card(more),
      pin: false,
      lookUp: false,
    })

  describe('a form', () => {
    const sendIn = async (text = 'thank you') => {
      await (await on.ana().command('/reply', {}, on.channel)).shown()
      return on.ana().submitModal({ text })
    }

    it('opens at once, with the given values, if a long text is missing', async () => {
      const outcome = await on.ana().command('/reply', { report: 'r2' }, on.channel)
      expect(outcome.acknowledged).toBe('modal')
      expect(on.ana().modal?.modal.title).toBe('The form of reply')
      expect(on.router.heard).toEqual([])
    })

    it('does not open if the text was typed or attached as a file', async () => {
      await (await on.ana().command('/reply', { text: 'short' }, on.channel)).shown()
      await (await on.ana().command('/patch', { 'patch-file': { name: 'a', bytes: 'b' } }, on.channel)).shown()
      expect(on.router.heard.map(({ verb }) => verb)).toEqual(['reply', 'patch'])
    })

    it('becomes its verb with the hidden and the typed values, in the channel in which it was opened', async () => {
      const sent = await (await sendIn()).shown()
      expect(on.router.heard).toMatchObject([
        {
          verb: 'reply',
          input: { text: 'thank you' },
          place: { channel: on.channel },
          deliveryId: expect.stringMatching(/^form:/),
        },
      ])
      expect(seen(sent.ephemerals)).toEqual([expect.stringContaining('Done')])
    })

    describe('opened outside of its case’s channel', () => {
      const fields = () => on.ana().modal?.modal.components.map((each) => (each as { label?: string }).label)

      it('asks first which case it is about, and again on the way back', async () => {
        await on.ana().command('/reply', {}, 'general')
        expect(fields()).toEqual(['Case', 'text', 'report'])
        on.reply = () => refused({ title: 'There is no such case' })
        const sent = await (await on.ana().submitModal({ Case: 'SEC-2026-0024', text: 'thank you' })).shown()
        await on.ana().click(sent.ephemerals[0]?.id ?? '', 'Back to what I wrote')
        expect(fields()).toEqual(['Case', 'text', 'report'])
        await (await on.ana().submitModal({ Case: 'SEC-2026-0042' })).shown()
        expect(on.router.heard.map(({ input }) => input)).toEqual([
          { aboutCase: 'SEC-2026-0024', text: 'thank you' },
          { aboutCase: 'SEC-2026-0042', text: 'thank you' },
        ])
      })

      it('keeps its pages when it asks for the case', async () => {
        const message = on.ana().say('general', 'a word')
        await on.ana().messageAction('Log as reporter’s answer', message.id)
        expect(fields()).toEqual(['Case', 'message', 'note'])
        await on.ana().command('/triage-long', {}, 'general')
        expect(on.ana().modal?.modal.title).toBe('The form of triage-long (1 of 2)')
        expect(fields()).toEqual(['Case', 'why', 'a', 'b', 'c'])
        const first = await (await on.ana().submitModal({ Case: 'SEC-2026-0042', why: 'so' })).shown()
        await on.ana().click(first.ephemerals[0]?.id ?? '', 'Next page')
        expect(fields()).toEqual(['d'])
        await (await on.ana().submitModal({ d: 'last' })).shown()
        expect(on.router.heard).toMatchObject([{ input: { aboutCase: 'SEC-2026-0042', why: 'so', d: 'last' } }])
      })

      it('does not ask for the case if the case was named, or in the case’s channel', async () => {
        await on.ana().command('/reply', { case: 'SEC-2026-0042' }, 'general')
        expect(fields()).toEqual(['text', 'report'])
        await on.ana().command('/reply', {}, on.channel)
        expect(fields()).toEqual(['text', 'report'])
      })

      it('opens before anything is read if it is unknown whether the channel has a case, with an optional field for the case', async () => {
        vi.spyOn(on.engine.queries, 'isCaseChannel').mockReturnValue(undefined)
        vi.spyOn(on.engine.queries, 'caseByChannel').mockReturnValue(Promise.withResolvers<undefined>().promise)
        await on.ana().command('/reply', {}, on.channel)
        expect(fields()).toEqual(['Case', 'text', 'report'])
        await (await on.ana().submitModal({ text: 'thank you' })).shown()
        expect(on.router.heard).toMatchObject([
          { input: { aboutCase: '', text: 'thank you' }, place: { channel: on.channel } },
        ])
      })
    })

    it('gives back what was written if it is refused', async () => {
      on.reply = () => refused({ title: 'Can’t reply yet' })
      const sent = await (await sendIn('a long and careful text')).shown()
      expect(seen(sent.ephemerals)).toEqual([expect.stringContaining('Can’t reply yet')])
      await on.ana().click(sent.ephemerals[0]?.id ?? '', 'Back to what I wrote')
      expect(on.discord.render(on.ana().modal ?? expect.fail('no modal'))).toContain('a long and careful text')
    })

    it('is refused if it is older than the state, and the present state is shown', async () => {
      on.reply = ({ verb }) =>
        verb === 'status'
          ? done({ title: 'SEC-2026-0042 · closed' })
          : refused({ title: 'The case is closed' }, 'case-open')
      const sent = await sendIn()
      await on.discord.until(() => sent.ephemerals.length === 2)
      expect(seen(sent.ephemerals)).toEqual([
        expect.stringContaining('The case is closed'),
        expect.stringContaining('SEC-2026-0042 · closed'),
      ])
      expect(on.router.heard.map(({ verb, place }) => [verb, place.channel])).toEqual([
        ['reply', on.channel],
        ['status', on.channel],
      ])
    })

    it('shows no state to somebody who may not submit it', async () => {
      on.reply = () => refused({ title: 'Not yours' }, 'on-the-case')
      await (await sendIn()).shown()
      await on.bot[Symbol.asyncDispose]()
      expect(on.router.heard).toHaveLength(1)
    })

    it('keeps what was written only in memory, whatever case it names', async () => {
      const stores = vi.spyOn(on.engine.commands, 'putBlob')
      on.reply = () => refused({ title: 'Can’t reply yet' })
      await (await on.ana().command('/reply', { case: 'SEC-2026-0099' }, on.channel)).shown()
      const sent = await (await on.ana().submitModal({ text: 'long and careful, '.repeat(20) })).shown()
      expect(stores).not.toHaveBeenCalled()
      await on.ana().click(sent.ephemerals[0]?.id ?? '', 'Back to what I wrote')
      expect(on.discord.render(on.ana().modal ?? expect.fail('no modal'))).toContain('long and careful')
    })

    it('does not open for an account that is not linked to a known person: the command is refused at once', async () => {
      on.reply = () => refused({ title: 'There is no such case' })
      const outcome = await (
        await on.discord.person(EVE).command('/reply', { case: 'SEC-2026-0042' }, 'general')
      ).shown()
      expect(outcome.acknowledged).not.toBe('modal')
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('There is no such case')])
    })

    it('has several pages if its fields do not fit on one, and is submitted once', async () => {
      const { message } = await posted({
        actions: [{ label: 'Triage', verb: 'triage', input: { case: 'SEC-2026-0042' }, form: true }],
      })
      await on.ana().click(message, 'Triage')
      expect(on.ana().modal?.modal.title).toBe('The form of triage (1 of 2)')
      const first = await (await on.ana().submitModal({ disposition: 'valid', cwe: 'CWE-79' })).shown()
      expect(on.router.heard).toEqual([])
      await on.ana().click(first.ephemerals[0]?.id ?? '', 'Next page')
      expect(on.ana().modal?.modal.title).toBe('The form of triage (2 of 2)')
      await (await on.ana().submitModal({ contact: 'them' })).shown()
      expect(on.router.heard).toMatchObject([
        { verb: 'triage', input: { case: 'SEC-2026-0042', disposition: 'valid', cwe: 'CWE-79', contact: 'them' } },
      ])
    })

    it('may be submitted without its optional pages', async () => {
      const { message } = await posted({ actions: [{ label: 'Triage', verb: 'triage', input: {}, form: true }] })
      await on.ana().click(message, 'Triage')
      const first = await (await on.ana().submitModal({ disposition: 'spam' })).shown()
      await on.ana().click(first.ephemerals[0]?.id ?? '', 'That is all')
      await on.discord.until(() => on.router.heard.length === 1)
      expect(on.router.heard).toMatchObject([{ verb: 'triage', input: { disposition: 'spam' } }])
    })

    it('is opened by a button if chat answers with it, and has the known values', async () => {
      on.reply = () => ({
        form: {
          verb: 'reply',
          title: 'Write again',
          submit: 'Preview',
          hidden: { blob: 'b1' },
          fields: [{ name: 'text', label: 'text', kind: 'long-text', value: 'as it was' }],
        },
      })
      const outcome = await (await on.ana().command('/ack', {}, on.channel)).shown()
      await on.ana().click(outcome.ephemerals[0]?.id ?? '', 'Open the form')
      expect(on.discord.render(on.ana().modal ?? expect.fail('no modal'))).toContain('as it was')
      on.reply = () => done()
      await (await on.ana().submitModal({ text: 'as it is' })).shown()
      expect(on.router.heard.at(-1)).toMatchObject({ verb: 'reply', input: { blob: 'b1', text: 'as it is' } })
    })

    it('is a new delivery if it is submitted again after a refusal', async () => {
      on.reply = () => refused({ title: 'Not yet' })
      await (await sendIn('same')).shown()
      on.reply = () => done()
      await (await sendIn('same')).shown()
      const [first, second] = on.router.heard.map((each) => each.deliveryId)
      expect(first).not.toBe(second)
    })

    it('is the same delivery if it is submitted again after a failure', async () => {
      on.reply = () => {
        throw new Error('the database is away')
      }
      const sent = await (await sendIn('the same')).shown()
      on.reply = () => done()
      await on.ana().click(sent.ephemerals[0]?.id ?? '', 'Back to what I wrote')
      await (await on.ana().submitModal({})).shown()
      await on.ana().click(sent.ephemerals[0]?.id ?? '', 'Back to what I wrote')
      await (await on.ana().submitModal({ text: 'another' })).shown()
      const [first, again, changed] = on.router.heard.map((each) => each.deliveryId)
      expect(again).toBe(first)
      expect(changed).not.toBe(first)
      expect(on.router.heard.map(({ input }) => input)).toEqual([
        { text: 'the same' },
        { text: 'the same' },
        { text: 'another' },
      ])
    })

    it('gives back a text that was being written during a restart', async () => {
      await on.ana().command('/reply', { report: 'r'.repeat(90) }, on.channel)
      await on.bot[Symbol.asyncDispose]()
      await on.discord.until((state) => state.connections === 0)
      await on.start()
      const sent = await (await on.ana().submitModal({ text: 'written meanwhile' })).shown()
      expect(seen(sent.ephemerals)).toEqual([expect.stringContaining('written meanwhile')])
      expect(on.router.heard).toEqual([])
    })

    it('leaves nothing of its first page behind if its second page was open during a restart', async () => {
      const { message } = await posted({ actions: [{ label: 'Triage', verb: 'triage', input: {}, form: true }] })
      await on.ana().click(message, 'Triage')
      const cvss = `CVSS:4.0/AV:N/${'AC:L/'.repeat(20)}`
      const first = await (await on.ana().submitModal({ disposition: 'valid', cvss, vendor: 'Loader Works' })).shown()
      const [card] = first.ephemerals
      for (const part of ['disposition: valid', cvss, 'vendor: Loader Works'])
        expect(seen(first.ephemerals)).toEqual([expect.stringContaining(part)])
      await on.ana().click(card?.id ?? '', 'Next page')
      await on.bot[Symbol.asyncDispose]()
      await on.discord.until((state) => state.connections === 0)
      await on.start()
      const sent = await (await on.ana().submitModal({ contact: 'them' })).shown()
      expect(seen(sent.ephemerals)).toEqual([
        expect.stringContaining('what you wrote on earlier pages is in the card above'),
      ])
      expect(seen(sent.ephemerals)).toEqual([expect.stringContaining('them')])
      expect(on.router.heard).toEqual([])
    })

    it('gives the content of a page as a file if the card has no room for it', async () => {
      await on.ana().command('/triage-long', {}, 'general')
      const why = 'long and careful, '.repeat(150)
      const first = await (await on.ana().submitModal({ Case: 'SEC-2026-0042', why })).shown()
      expect(first.ephemerals[0]?.attachments.map(({ filename }) => filename)).toEqual(['notice.txt'])
    })

    it('is followed by an explanation if Discord did not open it', async () => {
      on.discord.faults.next('create_interaction_response', { kind: 'status', status: 500 })
      const outcome = await (await on.ana().command('/reply', {}, on.channel)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Please try once more')])
    })

    it('contains the text of the message that somebody chose', async () => {
      const message = on.ana().say(on.channel, 'Dear Nora, thank you.')
      await on.ana().messageAction('Send to reporter…', message.id)
      expect(on.discord.render(on.ana().modal ?? expect.fail('no modal'))).toContain('Dear Nora, thank you.')
      await (await on.ana().submitModal({})).shown()
      expect(on.router.heard).toMatchObject([
        { verb: 'reply', input: { text: 'Dear Nora, thank you.' }, place: { channel: on.channel } },
      ])
    })

    it('says that the files of a message are left out', async () => {
      const message = on
        .ana()
        .say(on.channel, 'Here is the patch.', { files: [{ name: 'fix.diff', bytes: '+check(name)' }] })
      await on.ana().messageAction('Send to reporter…', message.id)
      const shown = JSON.stringify(on.ana().modal?.modal)
      expect(shown).toContain('Here is the patch.')
      expect(shown).toContain('The file of the message stays behind.')
    })

    it('does not open from the menu of a message for somebody who may not send it', async () => {
      on.router.refusal = refused({ title: 'You are not on this case' })
      const message = on.ana().say(on.channel, 'a word')
      const outcome = await (await on.ana().messageAction('Send to reporter…', message.id)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('You are not on this case')])
      expect(on.ana().modal).toBeUndefined()
      expect(on.router.heard).toEqual([])
    })

    it.each(['mail-1', `m-${'a'.repeat(64)}`])(
      'logs an answer with the mail whose card was chosen, from its menu: %s',
      async (mail) => {
        const input = { case: 'SEC-2026-0042', message: mail }
        const { message } = await posted({
          actions: [{ label: 'Log the answer', verb: 'log-answer', input, form: true }],
        })
        await on.ana().messageAction('Log as reporter’s answer', message)
        await (await on.ana().submitModal({ note: 'she agrees' })).shown()
        expect(on.router.heard).toMatchObject([{ verb: 'log-answer', input: { ...input, note: 'she agrees' } }])
      },
    )

    it('asks for the mail if the message carries none', async () => {
      const message = on.ana().say(on.channel, 'she agrees')
      await on.ana().messageAction('Log as reporter’s answer', message.id)
      await (await on.ana().submitModal({ message: '2' })).shown()
      expect(on.router.heard).toMatchObject([{ verb: 'log-answer', input: { message: '2' } }])
    })

    it('is not filled with a card of the bot', async () => {
      const { message } = await posted({})
      const outcome = await (await on.ana().messageAction('Send to reporter…', message)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Choose a message that a person wrote')])
    })
  })
})
