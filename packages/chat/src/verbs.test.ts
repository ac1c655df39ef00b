import { isPersonVerb } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { coreVerbsOf } from './verbs.ts'

describe('what somebody types, as core calls it', () => {
  it.each([
    ['ack', ['ack']],
    ['patch', ['patch-submit']],
    ['patch submit', ['patch-submit']],
    ['signal public', ['signal-public']],
    ['signal-public', ['signal-public']],
    ['signal go-on', ['leak-outlive']],
    ['disclose', ['disclose']],
    ['disclose interim', ['interim']],
    ['prenotify update', ['prenotify-update']],
    ['reschedule cancel', ['release-cancel']],
    ['cve', ['cve-request', 'cve-set', 'cve-publish', 'cve-reject']],
    ['advisory', ['advisory']],
    ['advisory-link published', ['advisory-published']],
    ['signal nonsense', []],
  ])('%s', (typed, verbs) => {
    expect(coreVerbsOf(typed.split(' '))).toEqual(verbs)
    expect(verbs.every((verb) => isPersonVerb(verb))).toBe(true)
  })
})
