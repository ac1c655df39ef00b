import { isPersonVerb } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { coreVerbsOf } from './verbs.ts'

describe('what somebody types, as core calls it', () => {
  it.each([
    ['ack', ['ack']],
    ['patch', ['patch']],
    ['patch submit', ['patch']],
    ['signal public', ['signal.public']],
    ['signal.public', ['signal.public']],
    ['signal go-on', ['embargo.keep']],
    ['disclose', ['disclose']],
    ['disclose interim', ['disclose.interim']],
    ['prenotify update', ['prenotify.update']],
    ['reschedule cancel', ['release.cancel']],
    ['cve', ['cve.request', 'cve.set', 'cve.published', 'cve.reject']],
    ['advisory', ['advisory']],
    ['advisory-link published', ['done.advisory-published']],
    ['signal nonsense', []],
    ['release plan 2026-12-07', ['release.plan']],
    ['prenotify 2026-12-03', ['prenotify']],
    ['reschedule 2026-12-03', ['release.move']],
    ['assign-patch @ana', ['assign-patch']],
    ['patch main', ['patch']],
    ['merge', ['triage.duplicate']],
    ['merge SEC-2026-0002', ['triage.duplicate']],
    ['answer money', ['reply']],
    ['channel ok', ['settle.channel.ok']],
  ])('%s', (typed, verbs) => {
    expect(coreVerbsOf(typed.split(' '))).toEqual(verbs)
    expect(verbs.every((verb) => isPersonVerb(verb))).toBe(true)
  })
})
