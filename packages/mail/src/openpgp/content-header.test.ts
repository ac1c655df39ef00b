import { expect, it } from 'vitest'
import { withHeader } from './content-header.ts'

const read = (content: string): string => Buffer.from(withHeader(Buffer.from(content))).toString()

it.each([
  ['a field', 'Content-Type: text/plain\r\n\r\nIt fixes it.'],
  ['a field of another program', 'X-Mailer : 1\n\nIt fixes it.'],
  ['the end of its header', '\r\nIt fixes it.'],
])('content that begins with %s stays as it is', (_what, content) => {
  expect(read(content)).toBe(content)
})

it.each(['It fixes it.', 'It fixes it: the link too.', ' a folded line', 'Größe: 3', ''])(
  'content without a header gets one, so that its first line is text: %j',
  (content) => {
    expect(read(content)).toBe(`Content-Type: text/plain; charset=utf-8\r\n\r\n${content}`)
  },
)
