import type { Form, Reply } from '@embargo/chat'
import { beforeEach, describe, expect, it } from 'vitest'
import { bootSlack, done } from '../boot-slack.ts'
import { refused } from '../cards.ts'
import { PATCH_FILE_MAX } from '../workspace.ts'

let refusal: Reply | undefined

beforeEach(() => {
  refusal = undefined
})
const on = bootSlack({ router: { refuses: async () => refusal } })

describe('a file in a form', () => {
  const opens = async (fields: Form['fields'], hidden: Form['hidden'] = { case: 'SEC-2026-0042' }) => {
    on.reply = () => ({ form: { verb: 'assign-patch', title: 'Assign', submit: 'Assign', hidden, fields } })
    const outcome = await (await on.ana().command('/ack', '', on.channel)).shown()
    on.reply = () => done()
    on.router.heard.length = 0
    return outcome.view
  }

  const field = { name: 'patchFile', label: 'Patch', kind: 'file', optional: true } as const
  const patch = { name: 'fix.patch', type: 'text/x-diff', bytes: Buffer.from('--- a\n+++ b\n') }

  it('is downloaded from Slack at once, with the token', async () => {
    const view = await opens([field])
    on.ana().addFiles(view, 'Patch', [patch])
    await on.ana().submit(view, {})
    expect(on.router.heard).toMatchObject([
      { files: [{ option: 'patchFile', name: 'fix.patch', type: 'text/x-diff', bytes: patch.bytes }] },
    ])
  })

  it('is not fetched from Slack for somebody who is refused anyway', async () => {
    refusal = refused({ title: 'That is not yours' })
    const view = await opens([field])
    on.ana().addFiles(view, 'Patch', [patch])
    on.slack.faults.next('file', { kind: 'status', status: 503 })
    const sent = await on.ana().submit(view, {})
    expect(sent.current && on.slack.render(sent.current)).toContain('That is not yours')
    expect(on.router.heard).toEqual([])
  })

  it('is not fetched if it is larger than its field accepts', async () => {
    const view = await opens([field])
    on.ana().addFiles(view, 'Patch', [{ ...patch, bytes: Buffer.alloc(PATCH_FILE_MAX + 1) }])
    const sent = await on.ana().submit(view, {})
    expect(sent.current && on.slack.render(sent.current)).toContain('larger than 64 bytes')
    expect(on.router.heard).toEqual([])
  })

  it('is optional', async () => {
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

  it('stays in the form under a refusal', async () => {
    const view = await opens([{ name: 'patchFile', label: 'Patch', kind: 'file', optional: true }])
    on.reply = () => refused({ title: 'Not yet' })
    on.ana().addFiles(view, 'Patch', [{ name: 'a.patch', type: 'text/plain', bytes: Buffer.from('a') }])
    expect((await on.ana().submit(view, {})).result).toBe('pushed')
  })
})
