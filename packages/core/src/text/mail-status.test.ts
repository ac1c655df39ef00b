import { describe, expect, it } from 'vitest'
import { statusInWords } from './mail-status.ts'

describe('a mail status in words', () => {
  it.each([
    ['5.1.1', 'hard', 'no such mailbox is there (5.1.1)'],
    ['4.2.2', 'soft', 'the mailbox is full (4.2.2)'],
    ['5.7.26', 'hard', 'the server’s rules refuse the mail (5.7.26)'],
    ['5.5.9', 'hard', 'the server refused it for good (5.5.9)'],
    ['4.9.9', 'delayed', 'it is delayed (4.9.9)'],
    ['', 'soft', 'the server gave up'],
    ['5.1.1 <ana@example.org>', 'hard', 'the server refused it for good'],
    ['constructor', 'soft', 'the server gave up'],
  ] as const)('says of %j (%s): %s', (status, kind, words) => {
    expect(statusInWords(status, kind)).toBe(words)
  })
})
