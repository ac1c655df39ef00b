import { describe, expect, it } from 'vitest'
import { outerHead } from './outer-head.ts'

const head = (...lines: readonly string[]) => outerHead(Buffer.from([...lines, '', 'To: nobody', ''].join('\r\n')))

describe('the header of a mail that was not parsed', () => {
  it('says what it answers and to whom it goes', () => {
    const found = head(
      'TO: security+x@quillmark.example',
      'References: <a@one.example>',
      ' <b@one.example>',
      'In-Reply-To: <b@one.example>',
      'X-Other: <c@one.example>',
      'Message-ID: (by hand) <d@one.example>',
      'Subject: [SEC-2026-0001] Hello',
    )
    expect(found).toMatchObject({
      references: ['<a@one.example>', '<b@one.example>'],
      inReplyTo: ['<b@one.example>'],
      messageId: '<d@one.example>',
      subject: '[SEC-2026-0001] Hello',
    })
    expect(found.headers.get('to')).toEqual(['security+x@quillmark.example'])
  })

  it.each(['d@one.example', '<d@ö.example>', '<no-domain>'])(
    'names no Message-ID that cannot be answered: %s',
    (id) => {
      expect(head(`Message-ID: ${id}`)).not.toHaveProperty('messageId')
    },
  )

  it('attack: a header without end is read in part', () => {
    const found = head(`References: ${'<a@one.example> '.repeat(100_000)}`)
    expect(found.references.length).toBeLessThan(1_000)
  })

  it('of no mail at all says nothing', () => {
    expect(outerHead(new Uint8Array(0))).toEqual({ headers: new Map(), subject: '', references: [], inReplyTo: [] })
  })
})
