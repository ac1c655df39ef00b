import { describe, expect, it } from 'vitest'
import { policyOf } from '../../test/fixtures/scenario.ts'
import type { MailFrom } from '../events/answers.ts'
import type { EncryptionVerdict } from '../events/mail-checks.ts'
import { MessageId, ReportId } from '../shared/ids.ts'
import type { Severity } from '../shared/words.ts'
import { keepsContentOut, mayKeepContentOut } from './chat-content.ts'
import type { PolicySource } from '../policy/schema.ts'
import type { ChatContent } from '../policy/schema/chat.ts'
import { PROFILES } from '../policy/profiles.ts'

const { chat } = PROFILES.team
const chatOf = (content: ChatContent) => ({ chat: { ...chat, content } }) as Pick<PolicySource, 'chat'>
const theCase = (severity?: Severity) => ({ project: 'quillmark', ...(severity === undefined ? {} : { severity }) })

const report = ReportId.parse('SEC-2026-0042/r1')
const mail = (message: string, from: MailFrom, encryption: EncryptionVerdict) => ({
  message: MessageId.parse(message),
  report,
  from,
  checks: { signature: { is: 'none' as const }, encryption },
})

describe('the content of a case in chat', () => {
  it.each([
    ['full', []],
    ['without-senders', []],
    ['metadata', ['unrated', 'low', 'moderate', 'high', 'critical']],
    ['metadata-from-critical', ['unrated', 'critical']],
    ['metadata-from-high', ['unrated', 'high', 'critical']],
    ['metadata-from-moderate', ['unrated', 'moderate', 'high', 'critical']],
    ['metadata-from-low', ['unrated', 'low', 'moderate', 'high', 'critical']],
  ] as const)('%s: stays out of %o', (content, out) => {
    const policy = policyOf('team', chatOf(content))
    const kept = (['unrated', 'low', 'moderate', 'high', 'critical'] as const).filter((one) =>
      keepsContentOut(policy, theCase(one === 'unrated' ? undefined : one)),
    )
    expect(kept).toEqual(out)
    expect(mayKeepContentOut(policy)).toBe(out.length > 0)
  })

  it('is kept out of chat once a reporter has sent an encrypted mail, unless the policy says otherwise', () => {
    const received = (encryption: EncryptionVerdict, from: MailFrom = 'reporter') => ({
      ...theCase('low'),
      reports: [{ id: report, message: MessageId.parse('m1') }],
      messages: [mail('m1', 'reporter', 'none'), mail('m2', from, encryption)],
    })
    const policy = policyOf('team')
    expect(keepsContentOut(policy, received('none'))).toBe(false)
    expect(keepsContentOut(policy, received('openpgp'))).toBe(true)
    expect(keepsContentOut(policy, received('no-key'))).toBe(true)
    expect(keepsContentOut(policy, received('openpgp', 'recipient'))).toBe(false)
    expect(keepsContentOut(policyOf('team', { chat: { ...chat, encrypted: 'full' } }), received('openpgp'))).toBe(false)
  })

  it('is settled by a project for its own', () => {
    const policy = policyOf('team', {
      projects: [
        {
          id: 'quillmark',
          name: 'Quillmark',
          address: 'security@quillmark.example',
          policy: { chat: { content: 'metadata-from-critical' } },
        },
        {
          id: 'lantern',
          name: 'Lantern',
          address: 'security@lantern.example',
          policy: { chat: { content: 'metadata' } },
        },
        { id: 'harbour', name: 'Harbour', address: 'security@harbour.example' },
      ],
    })
    expect(keepsContentOut(policy, theCase('critical'))).toBe(true)
    expect(keepsContentOut(policy, theCase('high'))).toBe(false)
    // A case that nobody has rated may turn out to be critical.
    expect(keepsContentOut(policy, theCase())).toBe(true)
    expect(keepsContentOut(policy, { project: 'lantern', severity: 'low' })).toBe(true)
    expect(keepsContentOut(policy, { project: 'harbour' })).toBe(false)
    expect(mayKeepContentOut(policy)).toBe(true)
  })
})
