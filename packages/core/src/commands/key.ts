import type { CaseEvent } from '../events/case-events.ts'
import type { Context } from '../gates/gate.ts'
import type { KeysRequest } from '../events/case/keys.ts'
import type { Decision } from '../vocabulary/decision.ts'
import { holdsEncryptedReport } from '../state/report/mail-encryption.ts'
import type { Report } from '../state/state.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { isUnresolved, resolveReport } from './resolve/report.ts'

/**
 * The minimum number of digits of a fingerprint that a person must compare. For fewer digits, an attacker could find a
 * key with the same digits within minutes.
 */
export const LEAST_DIGITS = 8

type ReportWithKey = Report & { readonly key: NonNullable<Report['key']> }

const OTHER_DIGITS: Decision = senseless(
  `The fingerprint does not end in these digits, or you gave fewer than ${LEAST_DIGITS} digits. Accept a key only if its owner read you its fingerprint.`,
  you('ask the reporter to read you the fingerprint again'),
)

/**
 * Records that the key is the reporter's, because a person compared its fingerprint with the reporter over a channel
 * other than mail.
 */
export const keyPin = defineRequest({
  verb: 'key.pin',
  gates: [],
  decide: (context) => {
    const report = keyedReport(context)
    if (isDecision(report)) return report
    const { digits } = context.request
    const { key, confirmed, changed } = report.key
    if (changed !== undefined && isNamed(changed.value?.fingerprint, digits))
      return senseless(
        'Those are the digits of the new key, not of the previous one.',
        you('accept it as their new key with "key replace" and the same digits'),
      )
    if (!isNamed(key.value?.fingerprint, digits)) return OTHER_DIGITS
    return confirmed === true && changed === undefined
      ? nothingToDo('This key is confirmed already.')
      : onCase(context, [{ type: 'ReporterKeyPinned', report: report.id }])
  },
  // No rule depends on a key, so `packages/policy-check` needs no inputs.
  inputs: () => [],
})

export const keyReplace = defineRequest({
  verb: 'key.replace',
  gates: [],
  decide: (context) => {
    const report = keyedReport(context)
    if (isDecision(report)) return report
    const { changed } = report.key
    if (changed === undefined) return nothingToDo('The reporter has sent no other key.')
    return isNamed(changed.value?.fingerprint, context.request.digits)
      ? onCase(context, [{ type: 'ReporterKeyReplaced', report: report.id }])
      : OTHER_DIGITS
  },
  inputs: () => [],
})

export const keyForget = defineRequest({
  verb: 'key.forget',
  gates: [],
  decide: (context) => {
    const report = found(context)
    if (isUnresolved(report)) return report
    return report.key === undefined
      ? nothingToDo('No key of the reporter is stored.')
      : onCase(context, [{ type: 'ReporterKeyForgotten', report: report.id }])
  },
  inputs: () => [],
})

/**
 * Allows unencrypted mails to a reporter whose key is not known. Without this command such mails wait if this or
 * another reporter of the case wrote encrypted, because the mails can contain the patch, or answers to the encrypted
 * report.
 */
export const keyPlain = defineRequest({
  verb: 'key.plain',
  gates: [],
  decide: (context) => {
    const report = found(context)
    if (isUnresolved(report)) return report
    const { policy, state } = context
    if (report.key !== undefined)
      return senseless(
        'A key of the reporter is known, so answers are encrypted to it.',
        you('forget it first', 'key.forget'),
      )
    if (!holdsEncryptedReport(state))
      return nothingToDo('The reporter wrote unencrypted, so answers to them are unencrypted too.')
    if (policy.plaintextToReporter === 'refuse')
      return senseless(
        'The policy refuses to answer an encrypted report unencrypted (plaintextToReporter).',
        you('ask them for their key in another way'),
      )
    const events: readonly CaseEvent[] = [{ type: 'PlainAnswersAllowed', report: report.id }]
    return report.plain === true ? nothingToDo('That is allowed already.') : onCase(context, events)
  },
  inputs: () => [],
})

type KeyContext = Context<KeysRequest>

const found = ({ state, request }: KeyContext): Report | Decision =>
  resolveReport(state.reports, {
    named: request.report,
    verb: request.verb,
    none: 'Nobody reported this by mail, so there is no key.',
  })

function keyedReport(context: KeyContext): ReportWithKey | Decision {
  const report = found(context)
  if (isUnresolved(report)) return report
  const { key } = report
  return key === undefined
    ? senseless('No key of the reporter is known.', you('ask them to answer with their public key attached'))
    : { ...report, key }
}

const isDecision = (result: ReportWithKey | Decision): result is Decision => 'ok' in result

/**
 * Compares all digits, even after a difference. Otherwise the time that the comparison takes would reveal how many
 * digits are right.
 */
function isNamed(fingerprint: string | undefined, typed: string): boolean {
  const digits = typed.replaceAll(/[\s:]/gu, '').toUpperCase()
  if (fingerprint === undefined || digits.length < LEAST_DIGITS || digits.length > fingerprint.length) return false
  const last = fingerprint.slice(-digits.length)
  let different = 0
  for (let at = 0; at < digits.length; at += 1) different |= digits.charCodeAt(at) ^ last.charCodeAt(at)
  return different === 0
}
