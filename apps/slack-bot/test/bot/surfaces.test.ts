import type { Form, Reply, SuggestRequest } from '@embargo/chat'
import type { Card } from '@embargo/engine'
import { beforeEach, describe, expect, it } from 'vitest'
import { bootSlack, done } from '../boot-slack.ts'
import { card, refused } from '../cards.ts'
import { ANA, effect, EVE, PATCH_FILE_MOST } from '../workspace.ts'

let refusal: Reply | undefined
let home: () => Promise<readonly Card[]>
let suggest: (asked: SuggestRequest) => Promise<readonly { readonly value: string; readonly label: string }[]>
let asked: SuggestRequest[]

const rendered = (user = ANA) => {
  const shown = on.slack.state.homes.get(user)
  return shown === undefined ? '' : on.slack.render(shown)
}

beforeEach(() => {
  refusal = undefined
  home = async () => []
  asked = []
  suggest = async () => []
})
const on = bootSlack({
  router: {
    home: () => home(),
    refuses: async () => refusal,
    suggest: async (request) => {
      asked.push(request)
      return suggest(request)
    },
  },
})

describe('the Home tab', () => {
  const waits = card({
    title: 'Waits for you · 1 case',
    actions: [{ label: 'SEC-2026-0042', verb: 'status', input: { case: 'SEC-2026-0042' } }],
  })

  it('is drawn when it is opened, and anew each time', async () => {
    home = async () => [waits, card({ title: 'Overdue · 2 cases' })]
    on.ana().openHome()
    await on.slack.until(() => rendered().includes('Overdue'))
    expect(rendered()).toContain('Waits for you · 1 case\nAna acknowledged.\n[ SEC-2026-0042 ]\n────')
    home = async () => [card({ title: 'Nothing waits' })]
    on.ana().openHome()
    await on.slack.until(() => rendered().startsWith('Nothing waits'))
    expect(rendered()).not.toContain('Overdue')
  })

  it('answers its buttons on it, and is drawn again after them', async () => {
    home = async () => [waits]
    on.ana().openHome()
    await on.slack.until(() => on.ana().home)
    home = async () => [card({ title: 'Nothing waits' })]
    on.reply = () => ({ audience: 'channel', card: card({ title: 'SEC-2026-0042 · fixing' }) })
    const outcome = await on.ana().clickHome('SEC-2026-0042')
    await outcome.shown()
    expect(outcome.view?.view.title.text).toBe('SEC-2026-0042 · fixing')
    expect(on.router.heard).toMatchObject([
      { verb: 'status', input: { case: 'SEC-2026-0042' }, place: { private: true } },
    ])
    await on.slack.until(() => rendered().startsWith('Nothing waits'))
    expect(on.slack.state.messagesIn(on.channel)).toEqual([])
  })

  it('tells a stranger nothing but that they are one', async () => {
    home = async () => [waits]
    on.slack.person(EVE).openHome()
    await on.slack.until(() => rendered(EVE).includes('does not know you'))
    expect(rendered(EVE)).not.toContain('SEC-2026')
  })

  it('says how many cards did not fit', async () => {
    home = async () => Array.from({ length: 120 }, (_, index) => card({ title: `Part ${index}` }))
    on.ana().openHome()
    await on.slack.until(() => rendered().includes('more did not fit'))
    expect(on.ana().home?.view.blocks.length).toBeLessThanOrEqual(100)
  })

  it('that cannot be drawn now is drawn at the next visit', async () => {
    on.slack.faults.next('views.publish', { kind: 'status', status: 500 })
    home = async () => [waits]
    on.ana().openHome()
    await on.slack.until((state) => state.requests.some(({ method }) => method === 'views.publish'))
    on.ana().openHome()
    await on.slack.until(() => rendered().includes('Waits for you'))
    expect(on.log.lines.join('\n')).toContain('a Home tab was not drawn')
  })
})

describe('a message’s own menu', () => {
  it('says of a message that is longer than the form takes that it is not in it', async () => {
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

  it('leaves out a text that is longer than may be sent: a cut one must not leave by mistake', async () => {
    const message = on.ana().say(on.channel, 'x'.repeat(2500))
    const outcome = await (await on.ana().shortcut('embargo:send-to-reporter', message.ts)).shown()
    expect(outcome.view && on.slack.render(outcome.view)).toContain('Text: [  ]')
  })

  it('takes no card of ours for a text that somebody wrote', async () => {
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

  it('asks which mail it was where the message carries none, and takes no other app’s word for it', async () => {
    const said = on.ana().say(on.channel, 'she agrees')
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
    for (const { ts } of [said, forged]) {
      const outcome = await (await on.ana().shortcut('embargo:log-as-answer', ts)).shown()
      expect(outcome.view && on.slack.render(outcome.view)).toContain('Mail: ')
    }
  })

  it('has what the manifest says and nothing else', async () => {
    const message = on.ana().say(on.channel, 'word')
    await expect(on.ana().shortcut('embargo:close', message.ts)).rejects.toThrow('no shortcut')
  })
})

describe('a form with', () => {
  const opens = async (fields: Form['fields'], hidden: Form['hidden'] = { case: 'SEC-2026-0042' }) => {
    on.reply = () => ({ form: { verb: 'assign-patch', title: 'Assign', submit: 'Assign', hidden, fields } })
    const outcome = await (await on.ana().command('/ack', '', on.channel)).shown()
    on.reply = () => done()
    on.router.heard.length = 0
    return outcome.view
  }

  describe('a menu that is searched', () => {
    const who = { name: 'to', label: 'Who', kind: 'text', suggests: 'person' } as const
    const branches = { name: 'branches', label: 'Branches', kind: 'text', suggests: 'branch', several: true } as const

    it('asks the router with what is filled in so far, and sends in what was chosen', async () => {
      suggest = async ({ option }) =>
        option === 'to'
          ? [{ value: '@ben', label: 'Ben Example' }]
          : ['main', '2.x'].map((value) => ({ value, label: value }))
      const view = await opens([who, branches])
      expect((await on.ana().suggestions(view, 'Who', 'be'))?.map(({ text }) => text.text)).toEqual(['Ben Example'])
      await on.ana().suggestions(view, 'Branches', '')
      expect(asked).toMatchObject([
        {
          verb: 'assign-patch',
          option: 'to',
          typed: 'be',
          actor: { person: 'ana' },
          place: { platform: 'slack', channel: on.channel },
          values: { case: 'SEC-2026-0042' },
        },
        { option: 'branches', typed: '' },
      ])
      await on.ana().submit(view, { Who: '@ben', Branches: ['main', '2.x'] })
      expect(on.router.heard).toMatchObject([{ input: { to: '@ben', branches: 'main 2.x', case: 'SEC-2026-0042' } }])
    })

    it('keeps what a button brought, without asking', async () => {
      const view = await opens([
        { ...who, value: '@ben' },
        { ...branches, value: 'main 2.x' },
      ])
      await on.ana().submit(view, {})
      expect(on.router.heard).toMatchObject([{ input: { to: '@ben', branches: 'main 2.x' } }])
      expect(asked).toEqual([])
    })

    it('shows nothing when the router fails, and the log keeps what was typed out', async () => {
      suggest = async () => {
        throw new Error('the database is busy')
      }
      const view = await opens([who])
      expect(await on.ana().suggestions(view, 'Who', 'secretword')).toEqual([])
      expect(on.log.lines.join('\n')).toContain('nothing could be suggested')
      expect(on.log.lines.join('\n')).not.toContain('secretword')
    })

    it('cuts what Slack would refuse', async () => {
      suggest = async () => [
        { value: 'x'.repeat(151), label: 'too long a value' },
        { value: 'y', label: 'y'.repeat(100) },
        { value: 'z', label: '' },
      ]
      const view = await opens([who])
      expect((await on.ana().suggestions(view, 'Who', ''))?.map(({ value }) => value)).toEqual(['y', 'z'])
    })

    it('is free text where its list hangs on a field that is not decided yet', async () => {
      const detail = {
        name: 'detail',
        label: 'Detail',
        kind: 'text',
        suggests: { by: 'what', of: { add: 'case' } },
      } as const
      const open = await opens([detail])
      expect(open?.view.blocks).toMatchObject([{ element: { type: 'plain_text_input' } }])
      await on.ana().close()
      const decided = await opens([detail], { what: 'add' })
      expect(decided?.view.blocks).toMatchObject([{ element: { type: 'external_select' } }])
    })
  })

  describe('a file', () => {
    const field = { name: 'patchFile', label: 'Patch', kind: 'file', optional: true } as const
    const patch = { name: 'fix.patch', type: 'text/x-diff', bytes: Buffer.from('--- a\n+++ b\n') }

    it('takes its bytes at once, with the token, from Slack', async () => {
      const view = await opens([field])
      on.ana().addFiles(view, 'Patch', [patch])
      await on.ana().submit(view, {})
      expect(on.router.heard).toMatchObject([
        { files: [{ option: 'patchFile', name: 'fix.patch', type: 'text/x-diff', bytes: patch.bytes }] },
      ])
    })

    it('is not fetched from Slack for who is refused anyway', async () => {
      refusal = refused({ title: 'That is not yours' })
      const view = await opens([field])
      on.ana().addFiles(view, 'Patch', [patch])
      on.slack.faults.next('file', { kind: 'status', status: 503 })
      const sent = await on.ana().submit(view, {})
      expect(sent.current && on.slack.render(sent.current)).toContain('That is not yours')
      expect(on.router.heard).toEqual([])
    })

    it('is not fetched where it is larger than what its field takes', async () => {
      const view = await opens([field])
      on.ana().addFiles(view, 'Patch', [{ ...patch, bytes: Buffer.alloc(PATCH_FILE_MOST + 1) }])
      const sent = await on.ana().submit(view, {})
      expect(sent.current && on.slack.render(sent.current)).toContain('larger than 64 bytes')
      expect(on.router.heard).toEqual([])
    })

    it('sends in without one', async () => {
      const view = await opens([field])
      await on.ana().submit(view, {})
      expect(on.router.heard).toHaveLength(1)
      expect(on.router.heard[0]?.files).toBeUndefined()
    })

    it('says why when Slack does not give it, and keeps the form', async () => {
      const view = await opens([field])
      on.ana().addFiles(view, 'Patch', [patch])
      on.slack.faults.next('file', { kind: 'status', status: 503 })
      const sent = await on.ana().submit(view, {})
      expect(sent.result).toBe('pushed')
      expect(sent.current && on.slack.render(sent.current)).toContain('Slack answered 503')
      await on.ana().close()
      await on.ana().submit(view, {})
      expect(on.router.heard).toMatchObject([{ files: [{ name: 'fix.patch' }] }])
    })
  })

  it('a refusal and a file keeps both', async () => {
    const view = await opens([{ name: 'patchFile', label: 'Patch', kind: 'file', optional: true }])
    on.reply = () => refused({ title: 'Not yet' })
    on.ana().addFiles(view, 'Patch', [{ name: 'a.patch', type: 'text/plain', bytes: Buffer.from('a') }])
    expect((await on.ana().submit(view, {})).result).toBe('pushed')
  })
})
