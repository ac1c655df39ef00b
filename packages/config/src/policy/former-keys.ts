import { nameOf } from './path-name.ts'
import type { Path } from './policy-text.ts'

const ONE_APPROVER = 'Write approvals.by, which holds for everything that cannot be undone.'

const ROLES_BY_SET =
  'Set the roles of the group to which the command belongs (coordinate, contribute or publish; docs/policy.md lists their commands), or list the command in adminOnly.'

const FIXED_TIME = 'Remove it: this time is the same in every deployment.'

/** Removed keys, by their path in the policy or in a project's own policy, and what to write instead. */
const FORMER_KEYS: Readonly<Record<string, string>> = {
  severities:
    'Remove it: the policy applies to every severity. Only these settings have one value for each severity: clocks.fixReady, clocks.reporterVerification, prenotification.lead. To choose which severities a list is told about, use prenotification.lists.severities.',
  'approvals.prenotify': ONE_APPROVER,
  'approvals.disclose': ONE_APPROVER,
  'approvals.interim': ONE_APPROVER,
  'approvals.reschedule': ONE_APPROVER,
  'approvals.embargo': ONE_APPROVER,
  'approvals.waive': ONE_APPROVER,
  'approvals.signal': ONE_APPROVER,
  'approvals.reporterAddress': ONE_APPROVER,
  'approvals.forward': ONE_APPROVER,
  'clocks.fractions': FIXED_TIME,
  'clocks.escalateAt': FIXED_TIME,
  'clocks.acknowledge.fractions': FIXED_TIME,
  'clocks.needsInfo.fractions': FIXED_TIME,
  'clocks.stale': FIXED_TIME,
  'clocks.waitingOnParty': FIXED_TIME,
  'clocks.fixBeforeEmbargoEnd': FIXED_TIME,
  'clocks.embargoWarnings': FIXED_TIME,
  'clocks.ladder': FIXED_TIME,
  'clocks.publishCve': FIXED_TIME,
  'clocks.acknowledgePrenotification': FIXED_TIME,
  'clocks.consentSilence': FIXED_TIME,
  'clocks.offerOwner': FIXED_TIME,
  'clocks.needsInfo.closeAfter': 'Write the time itself: needsInfo: 30 days.',
  'clocks.keyExpiry': 'Take it out: the team is notified 30 days before any OpenPGP key expires.',
  'prenotification.leak':
    'Remove it: the other recipients are always told of a leak, because they have the same secret.',
  'prenotification.lists.subjectTag':
    'Write "kind: linux-distros": the subject of every mail to such a list begins with [vs].',
  'prenotification.lists.ossSecurityDuty':
    'Write "kind: linux-distros": such a list requires the post to oss-security within 24 hours.',
  'releaseWindow.zone': 'Write calendar.zone: the window has the zone of the calendar.',
  templates: 'Write templatesFrom, the name of a folder, and put each letter there as a text file (receipt.txt).',
  'chat.sender': 'Write chat.content: without-addresses, or without-senders.',
  'chat.mailText': 'Write chat.content: without-mail-text.',
  'waivers.reporter-verified': 'Write reporter-check.',
  'waivers.fix-ready': 'Write fix.',
  'waivers.cve-requested': 'Write cve.',
  'waivers.lead-time': 'Write notice.',
  'waivers.release-window': 'Write hours.',
  'waivers.recipient-keys': 'Write plain-text.',
  'waivers.credit-decided': 'Write credit.',
  'approvals.ahead': 'Remove it: a publication may always be approved during the last 24 hours before its date.',
}

/** What to write instead of a removed key; undefined for a key that never existed. */
export function insteadOfFormer(path: Path, key: string): string | undefined {
  const own = path[0] === 'projects' && path[2] === 'policy' ? path.slice(3) : path
  if (own.length === 1 && own[0] === 'roles') return ROLES_BY_SET
  const name = nameOf([...own, key].filter((step) => typeof step === 'string'))
  return Object.hasOwn(FORMER_KEYS, name) ? FORMER_KEYS[name] : undefined
}
