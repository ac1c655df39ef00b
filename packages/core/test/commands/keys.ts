import type { PublicKey } from '../../src/index.ts'
import type { KeysRequest } from '../../src/events/case/keys.ts'
import { MessageId } from '../../src/index.ts'
import { ONE } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import type { Row } from './row.ts'
import { internalCase, receivedCase } from './states.ts'

/** A key whose fingerprint is this digit, repeated. No test parses the bytes of the key. */
const keyOf = (digit: string): PublicKey => ({
  fingerprint: digit.repeat(40),
  keyIds: [digit.repeat(16)],
  file: 'AAAA',
})

const FIRST = 'A'.repeat(8)
const SECOND = 'B'.repeat(8)

/** Receives a later mail of the reporter, with this key if there is one. */
function writes(
  scenario: MultiCaseScenario,
  key: PublicKey | undefined,
  more: { readonly encrypted?: boolean } = {},
): MultiCaseScenario {
  const [report] = scenario.world.case?.reports ?? []
  if (report === undefined) throw new Error('no report')
  scenario.does({
    verb: 'take-in-message',
    case: ONE,
    message: MessageId.parse(`later-${scenario.world.case?.messages.length}`),
    from: 'reporter',
    report: report.id,
    trust: 'nothing-proven',
    automatic: false,
    ...(more.encrypted === true && { checks: { signature: { is: 'none' }, encryption: 'openpgp' } }),
    ...(key !== undefined && { key }),
  })
  return scenario
}

const seen = () => writes(receivedCase(), keyOf('A'))
const changed = () => writes(seen(), keyOf('B'))
const encrypted = () => writes(receivedCase(), undefined, { encrypted: true })

const pin = (digits = FIRST) => ({ verb: 'key.pin', case: ONE, digits }) as const
const replace = (digits = SECOND) => ({ verb: 'key.replace', case: ONE, digits }) as const
const forget = () => ({ verb: 'key.forget', case: ONE }) as const
const plain = () => ({ verb: 'key.plain', case: ONE }) as const

const OTHER_DIGITS =
  'The fingerprint does not end in these digits, or you gave fewer than 8 digits. Accept a key only if its owner read you its fingerprint.'
const NO_REPORT = 'Nobody reported this by mail, so there is no key.'

export const KEYS = {
  'key.pin': {
    given: seen,
    asks: () => pin(),
    then: ['ReporterKeyPinned'],
    again: { nothing: 'This key is confirmed already.' },
    refused: [
      { because: OTHER_DIGITS, asks: () => pin(SECOND), when: 'other digits' },
      { because: OTHER_DIGITS, asks: () => pin('AAAAAAA'), when: 'seven digits' },
      {
        because: 'Those are the digits of the new key, not of the previous one.',
        given: changed,
        asks: () => pin(SECOND),
      },
      { because: 'No key of the reporter is known.', given: receivedCase },
      { because: NO_REPORT, given: internalCase },
    ],
  },
  'key.replace': {
    given: changed,
    asks: () => replace(),
    then: ['ReporterKeyReplaced'],
    again: { nothing: 'The reporter has sent no other key.' },
    refused: [
      { because: OTHER_DIGITS, asks: () => replace(FIRST) },
      { because: 'No key of the reporter is known.', given: receivedCase },
      { because: NO_REPORT, given: internalCase },
    ],
  },
  'key.forget': {
    given: seen,
    asks: forget,
    then: ['ReporterKeyForgotten'],
    again: { nothing: 'No key of the reporter is stored.' },
    refused: [{ because: NO_REPORT, given: internalCase }],
  },
  'key.plain': {
    given: encrypted,
    asks: plain,
    then: ['PlainAnswersAllowed'],
    again: { nothing: 'That is allowed already.' },
    refused: [
      {
        because: 'A key of the reporter is known, so answers are encrypted to it.',
        given: () => writes(seen(), undefined, { encrypted: true }),
      },
      { because: NO_REPORT, given: internalCase },
    ],
    noted: [
      {
        when: 'they wrote unencrypted',
        given: receivedCase,
        nothing: 'The reporter wrote unencrypted, so answers to them are unencrypted too.',
      },
    ],
  },
} satisfies { readonly [V in KeysRequest['verb']]: Row<V> }
