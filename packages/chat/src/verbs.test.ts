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
    ['release plan 2026-12-07', ['release-plan']],
    ['prenotify 2026-12-03', ['prenotify']],
    ['reschedule 2026-12-03', ['reschedule']],
    ['assign-patch @ana', ['assign-patch']],
    ['patch main', ['patch-submit']],
    ['merge', ['duplicate']],
    ['merge SEC-2026-0002', ['duplicate']],
    ['answer money', ['reply']],
    ['channel ok', ['channel-ok']],
  ])('%s', (typed, verbs) => {
    expect(coreVerbsOf(typed.split(' '))).toEqual(verbs)
    expect(verbs.every((verb) => isPersonVerb(verb))).toBe(true)
  })
})
