import type { Form, SuggestRequest } from '@embargo/chat'
import { beforeEach, describe, expect, it } from 'vitest'
import { bootSlack, done } from '../boot-slack.ts'

let suggest: (asked: SuggestRequest) => Promise<readonly { readonly value: string; readonly label: string }[]>
let suggestRequests: SuggestRequest[]

beforeEach(() => {
  suggestRequests = []
  suggest = async () => []
})
const on = bootSlack({
  router: {
    suggest: async (request) => {
      suggestRequests.push(request)
      return suggest(request)
    },
  },
})

describe('a menu that is searched in a form', () => {
  const opens = async (fields: Form['fields'], hidden: Form['hidden'] = { case: 'SEC-2026-0042' }) => {
    on.reply = () => ({ form: { verb: 'assign-patch', title: 'Assign', submit: 'Assign', hidden, fields } })
    const outcome = await (await on.ana().command('/ack', '', on.channel)).shown()
    on.reply = () => done()
    on.router.heard.length = 0
    return outcome.view
  }

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
    expect(suggestRequests).toMatchObject([
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

  it('keeps the values that a button brought, without asking the router', async () => {
    const view = await opens([
      { ...who, value: '@ben' },
      { ...branches, value: 'main 2.x' },
    ])
    await on.ana().submit(view, {})
    expect(on.router.heard).toMatchObject([{ input: { to: '@ben', branches: 'main 2.x' } }])
    expect(suggestRequests).toEqual([])
  })

  it('shows nothing if the router fails, and the log does not contain what was typed', async () => {
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

  it('is free text if its list depends on a field that has no value yet', async () => {
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
