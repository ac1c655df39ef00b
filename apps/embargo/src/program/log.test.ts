import { describe, expect, it } from 'vitest'
import { createLog, logForPeople } from './log.ts'

describe('the log', () => {
  it('is JSON with its data where it goes to a file or a service', () => {
    const lines: string[] = []
    createLog({ write: (line) => void lines.push(line) }).warn('an effect failed', { attempt: 2 })
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      expect.objectContaining({ level: 40, attempt: 2, msg: 'an effect failed' }),
    ])
  })

  it('is text on a terminal, shows only errors, and contains nothing that controls the terminal', () => {
    const lines: string[] = []
    const log = logForPeople((line) => void lines.push(line))
    log.info('connected to Slack')
    log.warn('an effect failed', { attempt: 2, because: 'a\u001B]0;b' })
    log.error('the outbox could not be read')
    expect(lines).toEqual([
      'warning: an effect failed (attempt: 2, because: "a\\u001b]0;b")\n',
      'error: the outbox could not be read\n',
    ])
  })
})
