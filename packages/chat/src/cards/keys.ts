import { hasEncryptedMail, holdsEncryptedReport, publicKeyOf, reporterName, spacedFingerprint } from '@embargo/core'
import type { CaseState, PublicKey, Report } from '@embargo/core'
import type { Card, Line, Span } from '@embargo/engine'
import type { CaseCall } from '../chat-command.ts'
import { day } from '../text/dates.ts'
import { typedAt } from '../usage.ts'
import { buildCard, notificationOf } from './card.ts'
import { NOT_SHOWN_HERE, strictestChat } from './chat-visibility.ts'
import { code, line, outside, plain, strong } from './spans.ts'
import type { LineParts } from './spans.ts'

/** The OpenPGP keys of the people whom this case writes to, with what to do about each. */
export function keysCard(call: CaseCall<unknown>): Card {
  const { state } = call.case
  const { policy } = call.engine.policy
  const recipients = policy.prenotification.lists.flatMap((list) => list.recipients)
  const pinned = [
    ...recipients.map(({ id, address }) => ({ name: id, key: publicKeyOf(policy, address) })),
    ...policy.people.map(({ name, mail }) => ({
      name,
      key: mail === undefined ? undefined : publicKeyOf(policy, mail),
    })),
  ]
  const without = recipients.filter(({ address }) => publicKeyOf(policy, address) === undefined)
  const lines = [
    ...state.reports.flatMap((report) => reporterLines(call, report)),
    ...pinned.flatMap(({ name, key }) =>
      key === undefined
        ? []
        : [line(strong(name), ' · ', spacedFingerprint(key.fingerprint), ' · pinned by the policy', ...untilOf(key))],
    ),
    ...(without.length === 0 ? [] : [withoutKey(without.map(({ id }) => id))]),
  ]
  return buildCard({
    kind: 'notice',
    title: `${state.id} · keys`,
    lines: lines.length === 0 ? [line('No keys are known.')] : lines,
    notification: notificationOf(state),
  })
}

/** The line about recipients without a key names at most this many of them. */
const MAX_NAMED = 5

/** Says how to look for the keys of recipients for whom the policy has no key. */
function withoutKey(names: readonly string[]): Line {
  const more = names.length - MAX_NAMED
  return line(
    strong(`${names.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`),
    ' · no key in the policy. To look for one in the directory of their mail domain: ',
    code('embargo keys find <address>'),
  )
}

/** What the card says about a reporter who has no key and writes unencrypted. */
const withoutEncryption = (state: CaseState, { plain: isAllowed }: Report, keyPlain: Span): LineParts =>
  isAllowed !== true && holdsEncryptedReport(state)
    ? [
        ' · no key known. Another reporter wrote encrypted, so the patch is not sent unencrypted to this one. Ask this reporter for a key, or allow the patch to go unencrypted: ',
        keyPlain,
      ]
    : [' · no key known: they are answered unencrypted.']

function reporterLines(call: CaseCall<unknown>, report: Report): readonly Line[] {
  const { state } = call.case
  const name = strong(reporterName(state, report.id))
  const type = (usage: string) => code(typedAt(call.invocation.place, usage))
  const { key } = report
  const known = key?.key.value
  if (known === undefined || known === null) {
    if (!hasEncryptedMail(state, report)) return [line(name, ...withoutEncryption(state, report, type('key plain')))]
    return report.plain === true
      ? [line(name, ' · no key known. They wrote encrypted; a person allowed unencrypted answers.')]
      : [
          line(
            name,
            ' · no key known. They wrote encrypted, so answers wait. Ask for their key, or allow unencrypted answers: ',
            type('key plain'),
          ),
        ]
  }
  const confirmed = key?.confirmed === true
  const changed = key?.changed?.value
  const first = line(
    name,
    ' · ',
    fingerprint(call, known),
    confirmed
      ? ' · confirmed'
      : key?.from === 'directory'
        ? ' · from the key directory of their mail domain, not confirmed'
        : ' · first seen, not confirmed',
    ...untilOf(known),
  )
  if (changed !== undefined && changed !== null)
    return [
      first,
      line(
        '⚠ Changed to ',
        fingerprint(call, changed),
        '. Mails to the reporter wait. Ask the reporter, in another way than by mail, which key is theirs.',
      ),
      line(
        'If it is the new key: ',
        type('key replace <last-digits>'),
        '. If it is still the previous key: ',
        type('key pin <last-digits>'),
      ),
    ]
  return confirmed
    ? [first]
    : [first, line('Compare it with them in another way than mail, then ', type('key pin <last-digits>'))]
}

/** A fingerprint identifies its owner as an address does, so it is shown only where addresses are shown. */
function fingerprint(
  { case: { state, before }, engine, invocation }: CaseCall<unknown>,
  { fingerprint: whole }: PublicKey,
): Span {
  const isShown =
    invocation.place.platform === 'terminal' ||
    strictestChat(engine.policy.policy, [state, ...before]).sender === 'name-and-address'
  return isShown ? outside(spacedFingerprint(whole), NOT_SHOWN_HERE) : plain(NOT_SHOWN_HERE)
}

const untilOf = ({ expiresAt }: PublicKey): LineParts => (expiresAt === undefined ? [] : [` · until ${day(expiresAt)}`])
