import { assertNever, reporterName, shortFingerprint } from '@embargo/core'
import type { CaseState, KeysEvent, PersonalKey } from '@embargo/core'
import { code, strong } from '../cards/spans.ts'
import type { LineParts } from '../cards/spans.ts'
import { typedAt } from '../usage.ts'
import type { TypedPlace } from '../usage.ts'

type KeyContext = { readonly who: string; readonly state: CaseState | undefined; readonly where: TypedPlace }

/** The lines about the keys of reporters. They cannot show the digits of a key that has been erased since. */
export function keyLine(event: KeysEvent, { who, state, where }: KeyContext): LineParts {
  const name = reporterName(state, event.report)
  switch (event.type) {
    case 'ReporterKeySeen':
      return []
    case 'ReporterKeyFound':
      return [
        `The key directory of the mail domain of ${name} has an OpenPGP key for them (${shortKey(event.key)}). Nobody has confirmed it. From now on, answers to them are encrypted with this key. If the key is not theirs: `,
        code(typedAt(where, 'key forget')),
        '. To send the mails that waited for a key, list them and choose “again” for each: ',
        code(typedAt(where, 'settle')),
      ]
    case 'ReporterKeyChanged': {
      const before = state?.reports.find(({ id }) => id === event.report)?.key?.key
      return [
        strong(`⚠ The OpenPGP key of ${name} changed: new ${shortKey(event.key)}, before ${shortKey(before)}.`),
        ' Somebody else may have sent the new key, so mails to the reporter wait. Ask the reporter, in another way than by mail, for the last eight digits of their key. If it is the new key: ',
        code(typedAt(where, 'key replace <last-digits>')),
        '. If it is still the previous key: ',
        code(typedAt(where, 'key pin <last-digits>')),
      ]
    }
    case 'ReporterKeyPinned':
      return [`${who} checked with ${name} that the key is theirs.`]
    case 'ReporterKeyReplaced':
      return [`${who} checked with ${name} that the new key is theirs. It replaces the previous key.`]
    case 'ReporterKeyForgotten':
      return [`${who} dropped the key of ${name}.`]
    case 'PlainAnswersAllowed':
      return [`${who}: answers to ${name} may be sent unencrypted, although they wrote encrypted.`]
    default:
      return assertNever(event)
  }
}

const shortKey = (key: PersonalKey | undefined): string =>
  key === undefined || key.value === null ? 'erased' : shortFingerprint(key.value.fingerprint)
