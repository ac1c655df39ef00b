import { describe, expect, it } from 'vitest'
import { bootSlack } from '../boot-slack.ts'
import { card } from '../cards.ts'
import { effect } from '../workspace.ts'

const on = bootSlack()

describe('a message’s own menu', () => {
  it('says that the message is left out if it is longer than the form accepts', async () => {
    const message = on.ana().say(on.channel, 'We fixed it. '.repeat(300))
    const { view } = await (await on.ana().shortcut('embargo:send-to-reporter', message.ts)).shown()
    expect(view && on.slack.render(view)).not.toContain('We fixed it.')
    expect(JSON.stringify(view?.view.blocks)).toContain('The message is longer than this field takes')
  })

  it('opens the form with the message’s text, before anything is read', async () => {
    const message = on.ana().say(on.channel, 'We fixed it in 2.4.1, <b> & thank you')
    const outcome = await (await on.ana().shortcut('embargo:send-to-reporter', message.ts)).shown()
    expect(outcome.view && on.slack.render(outcome.view)).toContain('[ We fixed it in 2.4.1, <b> & thank you ]')
    expect(on.router.heard).toEqual([])
    await on.ana().submit(outcome.view, {})
    expect(on.router.heard).toMatchObject([
      { verb: 'reply', input: { text: 'We fixed it in 2.4.1, <b> & thank you' }, place: { channel: on.channel } },
    ])
  })

  it('leaves out a text that is longer than may be sent, so that no truncated text is sent by mistake', async () => {
    const message = on.ana().say(on.channel, 'x'.repeat(2500))
    const outcome = await (await on.ana().shortcut('embargo:send-to-reporter', message.ts)).shown()
    expect(outcome.view && on.slack.render(outcome.view)).toContain('Text: [  ]')
  })

  it('does not treat one of our cards as a text that somebody wrote', async () => {
    const { message } = await on.bot.platform.post({
      effect: effect('c1'),
      channel: on.channel,
      card: card(),
      pin: false,
      lookUp: false,
    })
    const outcome = await (await on.ana().shortcut('embargo:send-to-reporter', message)).shown()
    expect(outcome.view).toBeUndefined()
    expect(outcome.ephemerals.map((each) => on.slack.render(each))).toEqual([
      expect.stringContaining('Choose a message that a person wrote'),
    ])
  })

  const mails = [1, 2].map((nth) => ({
    label: 'Log the answer',
    verb: 'log-answer',
    input: { case: 'SEC-2026-0042', message: `mail-${nth}` },
    form: true,
  }))

  it.each([0, 1])('logs an answer with the mail whose card was chosen: card %i of two', async (chosen) => {
    const cards: string[] = []
    for (const [index, action] of mails.entries()) {
      const posted = {
        effect: effect(`m${index}`),
        channel: on.channel,
        card: card({ actions: [action] }),
        pin: false,
        lookUp: false,
      }
      cards.push((await on.bot.platform.post(posted)).message)
    }
    const outcome = await (await on.ana().shortcut('embargo:log-as-answer', cards[chosen])).shown()
    await on.ana().submit(outcome.view, { Note: 'she agrees' })
    expect(on.router.heard).toMatchObject([
      { verb: 'log-answer', input: { case: 'SEC-2026-0042', message: `mail-${chosen + 1}`, note: 'she agrees' } },
    ])
  })

  it('asks for the mail if the message carries none, and trusts no message of another app', async () => {
    const message = on.ana().say(on.channel, 'she agrees')
    const forged = on.ana().sayByApp(on.channel, [
      {
        type: 'actions',
        elements: [
          {
            type: 'button',
            action_id: 'embargo:0:log-answer',
            text: { type: 'plain_text', text: 'Log the answer' },
            value: JSON.stringify({ verb: 'log-answer', input: mails[0]?.input }),
          },
        ],
      },
    ])
    for (const { ts } of [message, forged]) {
      const outcome = await (await on.ana().shortcut('embargo:log-as-answer', ts)).shown()
      expect(outcome.view && on.slack.render(outcome.view)).toContain('Mail: ')
    }
  })

  it('has what the manifest says and nothing else', async () => {
    const message = on.ana().say(on.channel, 'word')
    await expect(on.ana().shortcut('embargo:close', message.ts)).rejects.toThrow('no shortcut')
  })
})
