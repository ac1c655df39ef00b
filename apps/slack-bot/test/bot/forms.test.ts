import type { Choice, Reply } from '@embargo/chat'
import { App } from '@slack/bolt'
import { describe, expect, it, vi } from 'vitest'
import { bootSlack, done } from '../boot-slack.ts'
import { card, refused } from '../cards.ts'
import { ANA, replyForm } from '../workspace.ts'

describe('a form', () => {
  let suggested: readonly Choice[] = []
  const on = bootSlack({
    router: {
      home: async () => [
        card({ actions: [{ label: 'Reply', verb: 'reply', input: { case: 'SEC-2026-0042' }, form: true }] }),
      ],
      suggest: async () => suggested,
    },
  })

  /** Makes the acknowledgment of the next payload fail, as if the connection were down. */
  const socketIsDown = () => {
    const { processEvent } = App.prototype
    vi.spyOn(App.prototype, 'processEvent').mockImplementationOnce(function (this: App, event) {
      return processEvent.call(this, { ...event, ack: () => Promise.reject(new Error('the socket is down')) })
    })
  }

  const sendIn = async (text = 'thank you') => {
    const opened = await (await on.ana().command('/cvd', 'reply', on.channel)).shown()
    return on.ana().submit(opened.view, { Text: text })
  }

  it('opens before anything is read', async () => {
    const outcome = await (await on.ana().command('/cvd', 'reply', on.channel)).shown()
    expect(outcome.view?.view).toMatchObject({
      title: { text: 'Reply to the reporter' },
      submit: { text: 'Preview' },
    })
    expect(on.router.heard).toEqual([])
  })

  it('opens before anything is read if the number of its case was typed', async () => {
    const outcome = await (await on.ana().command('/cvd', 'reply SEC-2026-0042', 'general')).shown()
    expect(on.router.heard).toEqual([])
    await on.ana().submit(outcome.view, { Text: 'thank you' })
    expect(on.router.heard).toMatchObject([{ verb: 'reply', input: { case: 'SEC-2026-0042', text: 'thank you' } }])
  })

  describe('opened outside of its case’s channel', () => {
    const labels = (view: { readonly view: { readonly blocks: readonly unknown[] } } | undefined) =>
      view?.view.blocks.map((block) => (block as { label?: { text: string } }).label?.text)

    const directMessage = async () => {
      on.ana().openHome()
      return on.slack.until(({ channels }) => [...channels.values()].find(({ isDirect }) => isDirect)?.id)
    }

    it.each(['general', 'a direct message'])('asks first which case it is about: %s', async (where) => {
      const place = where === 'general' ? where : await directMessage()
      const { view } = await (await on.ana().command('/cvd', 'reply', place)).shown()
      expect(labels(view)).toEqual(['Case', 'Text'])
      expect(view?.view.blocks[0]).toMatchObject({ optional: false, element: { type: 'external_select' } })
      suggested = [{ value: 'SEC-2026-0042', label: 'SEC-2026-0042 · fixing' }]
      await on.ana().suggestions(view, 'Case', '42')
      await on.ana().submit(view, { Case: 'SEC-2026-0042', Text: 'thank you' })
      expect(on.router.heard).toMatchObject([
        { verb: 'reply', input: { aboutCase: 'SEC-2026-0042', text: 'thank you' } },
      ])
    })

    it('shows the present state of the case that was chosen in it if the form is older than that state', async () => {
      on.reply = ({ verb }) =>
        verb === 'status'
          ? { audience: 'caller', card: card({ title: 'SEC-2026-0042 · closed' }) }
          : refused({ title: 'The case is closed' }, 'case-open')
      const { view } = await (await on.ana().command('/cvd', 'reply', 'general')).shown()
      suggested = [{ value: 'SEC-2026-0042', label: 'SEC-2026-0042 · fixing' }]
      await on.ana().suggestions(view, 'Case', '42')
      await on.ana().submit(view, { Case: 'SEC-2026-0042', Text: 'thank you' })
      await on.slack.until(() => on.router.heard.length === 2)
      expect(on.router.heard[1]).toMatchObject({ verb: 'status', input: { case: 'SEC-2026-0042' } })
    })

    it('does not ask for the case in its channel', async () => {
      const { view } = await (await on.ana().command('/cvd', 'reply', on.channel)).shown()
      expect(labels(view)).toEqual(['Text'])
    })

    it('opens before anything is read if it is unknown whether the channel has a case, with an optional field for the case', async () => {
      vi.spyOn(on.engine.queries, 'isCaseChannel').mockReturnValue(undefined)
      vi.spyOn(on.engine.queries, 'caseByChannel').mockReturnValue(Promise.withResolvers<undefined>().promise)
      const { view } = await (await on.ana().command('/cvd', 'reply', on.channel)).shown()
      expect(labels(view)).toEqual(['Case', 'Text'])
      expect(view?.view.blocks[0]).toMatchObject({ optional: true })
      await on.ana().submit(view, { Text: 'thank you' })
      expect(on.router.heard).toMatchObject([{ input: { text: 'thank you' }, place: { channel: on.channel } }])
    })
  })

  it('opens when chat answers with one', async () => {
    on.reply = () => ({ form: replyForm })
    const outcome = await (await on.ana().command('/ack', '', on.channel)).shown()
    expect(outcome.view?.view.title.text).toBe('Reply to the reporter')
  })

  it('becomes its verb with the hidden and the typed values, in the channel in which it was opened', async () => {
    const sent = await sendIn()
    expect(sent.result).toBe('closed')
    expect(on.router.heard).toMatchObject([
      {
        verb: 'reply',
        input: { report: 'r1', text: 'thank you' },
        place: { channel: on.channel },
        deliveryId: expect.stringMatching(/^view:/),
      },
    ])
    await sent.outcome?.shown()
    expect(sent.outcome?.ephemerals.map((each) => [each.user, each.channel])).toEqual([[ANA, on.channel]])
  })

  it('shows the refusal above the written text if it is refused, and keeps the text', async () => {
    on.reply = () => refused({ title: 'Can’t reply yet', actions: [{ label: 'Acknowledge', verb: 'ack', input: {} }] })
    const sent = await sendIn('a long and careful text')
    expect(sent.result).toBe('pushed')
    expect(sent.current?.view.title.text).toBe('Can’t reply yet')
    on.reply = () => done()
    await (await on.ana().clickIn(sent.current, 'Acknowledge')).shown()
    expect(on.router.heard.at(-1)).toMatchObject({ verb: 'ack', place: { channel: on.channel } })
  })

  it('is refused if it is older than the state, and the present state is shown', async () => {
    on.reply = ({ verb }) =>
      verb === 'status'
        ? { audience: 'caller', card: card({ title: 'SEC-2026-0042 · closed' }) }
        : refused({ title: 'The case is closed' }, 'case-open')
    const sent = await sendIn()
    expect(sent.current?.view.title.text).toBe('The case is closed')
    await on.slack.until(() => sent.outcome?.ephemerals.length === 1)
    expect(sent.outcome?.ephemerals.map((each) => on.slack.render(each).split('\n')[0])).toEqual([
      'SEC-2026-0042 · closed',
    ])
    expect(on.router.heard.map(({ verb, place }) => [verb, place.channel])).toEqual([
      ['reply', on.channel],
      ['status', on.channel],
    ])
  })

  it('shows no state to somebody who may not submit it', async () => {
    on.reply = () => refused({ title: 'Not yours' }, 'on-the-case')
    await sendIn()
    await on.bot[Symbol.asyncDispose]()
    expect(on.router.heard).toHaveLength(1)
  })

  it('puts the form to which a refusal leads on top of the refused form', async () => {
    on.reply = () =>
      refused({ title: 'Not yet', actions: [{ label: 'Write again', verb: 'reply', input: {}, form: true }] })
    const sent = await sendIn()
    await on.ana().clickIn(sent.current, 'Write again')
    const top = await on.slack.until(() =>
      on.ana().view?.view.title.text === replyForm.title ? on.ana().view : undefined,
    )
    expect(top?.previousId).toBe(sent.current?.id)
  })

  it('may lead to the next form', async () => {
    on.reply = () => ({ form: { ...replyForm, title: 'Preview', submit: 'Send' } })
    const sent = await sendIn()
    expect(sent.result).toBe('updated')
    expect(sent.current?.view.title.text).toBe('Preview')
  })

  it('sent again after its acknowledgement was lost is the same delivery; after a refusal it is a new one', async () => {
    const opened = await (await on.ana().command('/cvd', 'reply', on.channel)).shown()
    on.reply = () => refused({ title: 'Not yet' })
    await on.ana().submit(opened.view, { Text: 'same' })
    await on.ana().close()
    on.reply = () => done()
    on.slack.faults.loseNextAck()
    expect((await on.ana().submit(opened.view, { Text: 'same' })).result).toBe('failed')
    await on.ana().submit(opened.view, { Text: 'same' })
    const [first, second, third] = on.router.heard.map((each) => each.deliveryId)
    expect(first).not.toBe(second)
    expect(second).toBe(third)
  })

  it('counts as submitted even if its acknowledgement fails, and is answered with the result', async () => {
    const opened = await (await on.ana().command('/cvd', 'reply', on.channel)).shown()
    socketIsDown()
    const sent = await on.ana().submit(opened.view, { Text: 'thank you' })
    expect(sent.result).toBe('failed')
    await sent.outcome?.shown()
    const told = sent.outcome?.ephemerals.map((each) => on.slack.render(each)).join('\n')
    expect(told).toContain('Done')
    expect(told).not.toContain('That did not work')
    await on.ana().submit(opened.view, { Text: 'thank you' })
    const [first, second] = on.router.heard.map((each) => each.deliveryId)
    expect(second).toBe(first)
  })

  describe('with an answer that takes long', () => {
    /** Submits the form, and only then decides the result. */
    const sentInLate = async (text: string, ends: () => Reply) => {
      const ending = Promise.withResolvers<Reply>()
      on.reply = () => ending.promise
      const sent = await sendIn(text)
      expect(sent.result).toBe('closed')
      ending.resolve(Promise.resolve().then(ends))
      await sent.outcome?.shown()
      return sent.outcome?.ephemerals ?? []
    }
    const goesBack = async (ts: string | undefined) => {
      await on.ana().click(ts ?? '', 'Back to what I wrote')
      return on.slack.until(() => on.ana().view)
    }

    it('closes, and is answered in the channel', async () => {
      const [answered] = await sentInLate('thank you', () => done())
      expect(answered && on.slack.render(answered)).toContain('Done')
      expect(answered && on.slack.render(answered)).not.toContain('Back to')
    })

    it('gives back what was written if the answer is a refusal', async () => {
      const [answered] = await sentInLate('a long and careful text', () => refused({ title: 'Not yet' }))
      expect(answered && on.slack.render(answered)).toContain('Not yet')
      const form = await goesBack(answered?.ts)
      expect(on.slack.render(form)).toContain('a long and careful text')
      on.reply = () => done()
      await on.ana().submit(form, {})
      expect(on.router.heard.at(-1)).toMatchObject({ verb: 'reply', input: { text: 'a long and careful text' } })
    })

    it('gives back what was written if the handling fails', async () => {
      const [answered] = await sentInLate('a long and careful text', () => {
        throw new Error('the database is away')
      })
      expect(answered && on.slack.render(answered)).toContain('That did not work')
      expect(on.slack.render(await goesBack(answered?.ts))).toContain('a long and careful text')
    })

    it('is the same delivery if it is submitted again unchanged; after a refusal, or changed, it is a new one', async () => {
      const [failed] = await sentInLate('the same', () => {
        throw new Error('the database is away')
      })
      on.reply = () => refused({ title: 'Not yet' })
      const form = await goesBack(failed?.ts)
      await on.ana().submit(form, {})
      await on.ana().close()
      await on.ana().submit(form, {})
      await on.ana().close()
      await on.ana().submit(form, { Text: 'another' })
      const [first, again, afterRefusal, changed] = on.router.heard.map((each) => each.deliveryId)
      expect(again).toBe(first)
      expect(new Set([first, afterRefusal, changed]).size).toBe(3)
    })

    it('gives back what was written if the answer is a form that Slack no longer opens', async () => {
      const [answered] = await sentInLate('a long and careful text', () => {
        on.slack.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' })
        return { form: replyForm }
      })
      expect(answered && on.slack.render(answered)).toContain('Please try once more')
      expect(on.slack.render(await goesBack(answered?.ts))).toContain('a long and careful text')
    })

    it('leaves nothing of what was written in a message that Slack keeps, however short the text is', async () => {
      on.ana().openHome()
      await on.slack.until(() => on.ana().home)
      await on.ana().clickHome('Reply')
      const view = await on.slack.until(() => on.ana().view)
      const ending = Promise.withResolvers<Reply>()
      on.reply = () => ending.promise
      expect((await on.ana().submit(view, { Text: 'marzipan' })).result).toBe('closed')
      ending.resolve(refused({ title: 'Not yet' }))
      const notice = await on.slack.until(
        ({ channels }) => [...channels.values()].find(({ isDirect }) => isDirect)?.messages[0],
      )
      expect(on.slack.render(notice)).toContain('Back to what I wrote')
      expect(JSON.stringify([notice, on.slack.state.requests])).not.toContain('marzipan')
      expect(on.slack.render(await goesBack(notice.ts))).toContain('marzipan')
    })

    it('keeps long values in memory only, whatever case they name', async () => {
      const stores = vi.spyOn(on.engine.commands, 'putBlob')
      const text = 'long and careful, '.repeat(150)
      const [answered] = await sentInLate(text, () => refused({ title: 'Not yet' }))
      expect(stores).not.toHaveBeenCalled()
      expect(on.slack.render(await goesBack(answered?.ts))).toContain(text.trim())
    })
  })

  it('keeps what was written below the error if it fails at once, and is submitted only once', async () => {
    on.reply = () => {
      throw new Error('the database is away')
    }
    const sent = await sendIn('a long and careful text')
    expect(sent.result).toBe('pushed')
    expect(sent.current && on.slack.render(sent.current)).toContain('That did not work')
    await on.ana().close()
    on.reply = () => done()
    await on.ana().submit(undefined, {})
    expect(on.router.heard.at(-1)).toMatchObject({ input: { text: 'a long and careful text' } })
    const [first, second] = on.router.heard.map((each) => each.deliveryId)
    expect(second).toBe(first)
  })

  it('is explained if its trigger has expired', async () => {
    on.slack.faults.next('views.open', { kind: 'error', error: 'expired_trigger_id' })
    const outcome = await (await on.ana().command('/cvd', 'reply', on.channel)).shown()
    expect(outcome.ephemerals.map((each) => on.slack.render(each))).toEqual([
      expect.stringContaining('Please try once more'),
    ])
  })
})
