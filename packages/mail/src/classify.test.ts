import { CaseId, EffectId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { bounce, macOf, mail } from '../test/samples.ts'
import { classify } from './classify.ts'
import { mayAutoAnswer } from './loop-guard.ts'
import { makeMessageId } from './message-id.ts'
import { parse } from './parse.ts'

const person = { from: 'rae@reporter.example' }
const withFields = async (...fields: string[]) => parse(mail('From: rae@reporter.example', ...fields, '', 'text'))

describe('classify', () => {
  it.each([
    ['mail', []],
    ['mail', ['Auto-Submitted: no']],
    ['mail', ['Precedence: first-class']],
    ['mail', ['Subject: Out of office: vacation autoreply']],
    ['mail', ['Subject: Undelivered Mail Returned to Sender, user not found']],
    ['automatic', ['Auto-Submitted: auto-replied']],
    ['automatic', ['Auto-Submitted: auto-generated; owner-token=x']],
    ['automatic', ['Auto-Submitted: (comment) auto-notified']],
    ['automatic', ['Precedence: bulk']],
    ['automatic', ['Precedence: Junk']],
    ['automatic', ['X-Autoreply: yes']],
    ['automatic', ['Content-Type: multipart/report; report-type=disposition-notification; boundary=x']],
    ['list', ['List-Id: <announce.example.org>']],
    ['list', ['List-Unsubscribe: <mailto:leave@example.org>']],
    ['list', ['Precedence: list']],
    ['list', ['Precedence: bulk', 'List-Id: <security.example.org>']],
    ['automatic', ['Precedence: bulk', 'List-Unsubscribe: <mailto:leave@example.org>']],
    ['automatic', ['Precedence: junk', 'List-Id: <security.example.org>']],
    ['automatic', ['X-Autoreply: yes', 'List-Id: <security.example.org>']],
    ['automatic', ['Auto-Submitted: auto-replied', 'List-Id: <security.example.org>']],
    ['automatic', ['Content-Type: multipart/report; report-type=feedback-report; boundary=x']],
  ])('calls it %s: %j', async (kind, fields) => {
    expect(classify(await withFields(...fields), person)).toBe(kind)
  })

  it('does not take an unknown return path for an empty one: a mail from a mailbox is judged by its header', async () => {
    const unknown = { from: undefined }
    expect(classify(await withFields(), unknown)).toBe('mail')
    expect(classify(await withFields('Auto-Submitted: auto-replied'), unknown)).toBe('automatic')
  })

  it('recognises a bounce by its structure and a program by its empty return path', async () => {
    expect(classify(await parse(bounce), { from: '' })).toBe('bounce')
    expect(classify(await withFields(), { from: '' })).toBe('automatic')
    expect(classify(await withFields('List-Id: <x.example>'), { from: '' })).toBe('automatic')
  })

  it('recognises our own mail when it comes back, and nobody can forge that', async () => {
    const mac = macOf('key')
    const id = makeMessageId(
      { case: CaseId.parse('SEC-2026-0042'), effect: EffectId.parse('e'), domain: 'example.org' },
      mac,
    )
    expect(classify(await withFields(`Message-ID: ${id}`), person, mac)).toBe('automatic')
    expect(classify(await withFields(`Message-ID: ${id.replace('0042', '0043')}`), person, mac)).toBe('mail')
  })
})

describe('mayAutoAnswer', () => {
  const ask = async (fields: string[], change: Partial<Parameters<typeof mayAutoAnswer>[0]> = {}) => {
    const parsed = await withFields(...fields)
    const envelope = change.envelope ?? person
    return mayAutoAnswer({
      kind: classify(parsed, envelope),
      mail: parsed,
      envelope,
      trust: 'nothing-proven',
      own: ['security@example.org'],
      answeredBefore: false,
      ...change,
    }).may
  }

  it('allows one answer to a person', async () => {
    expect(await ask([])).toBe(true)
  })

  it('allows one to a person whose return path is unknown', async () => {
    expect(await ask([], { envelope: { from: undefined } })).toBe(true)
  })

  it.each<[string, string[], Partial<Parameters<typeof mayAutoAnswer>[0]>]>([
    ['nobody (empty return path)', [], { envelope: { from: '' } }],
    ['a mail server', [], { envelope: { from: 'MAILER-DAEMON@mx.example' } }],
    ['an address that nobody reads', [], { envelope: { from: 'no-reply@shop.example' } }],
    ['a list request address', [], { envelope: { from: 'announce-request@lists.example' } }],
    ['ourselves, with a tag', [], { envelope: { from: 'security+b.x@example.org' } }],
    ['another responder', ['Auto-Submitted: auto-replied'], {}],
    ['a list', ['List-Id: <x.example>'], {}],
    ['bulk mail', ['Precedence: bulk'], {}],
    ['a sender who asked for none', ['X-Auto-Response-Suppress: DR, OOF, AutoReply'], {}],
    ['a sender who failed authentication', [], { trust: 'failed' }],
    ['a sender who was answered before', [], { answeredBefore: true }],
    ['a mail with two senders', ['From: second@example.net'], {}],
  ])('loop of automatic answers: refuses to answer %s', async (_, fields, change) => {
    expect(await ask(fields, change)).toBe(false)
  })
})
