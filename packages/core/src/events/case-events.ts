import { z } from 'zod'
import {
  ApprovalId,
  BlobId,
  EffectId,
  MessageId,
  PersonId,
  ReleaseId,
  ReporterId,
  ReportId,
  Sha256,
} from '../shared/ids.ts'
import { Instant } from '../shared/instant.ts'
import { PersonalIdentity, PersonalText } from '../shared/personal.ts'
import { Platform } from '../shared/actor.ts'
import { BranchName, CreditKind, Disposition, ExitReason, Severity } from '../shared/words.ts'

const fact = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...shape })

/** Who writes a patch: a person of the case, or the reporter of one of its reports. */
export const Remediator = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), person: PersonId }),
  z.object({ kind: z.literal('reporter'), report: ReportId }),
])
export type Remediator = z.infer<typeof Remediator>

/** What the checks of a mail showed, in the order of trust; `not-signed` and `not-checked` prove nothing. */
export const MailTrust = z.enum(['signed-by-sender', 'domain-vouches', 'nothing-proven', 'failed'])
export type MailTrust = z.infer<typeof MailTrust>

/** What a reporter answered, as a person of the team logged it. No program reads free text as a yes. */
export const Answer = z.discriminatedUnion('about', [
  z.object({ about: z.literal('credit'), credit: CreditKind, name: PersonalText.optional() }),
  z.object({ about: z.literal('patch-offer'), willing: z.boolean() }),
  z.object({ about: z.literal('ai-use'), used: z.boolean(), checkedByPerson: z.boolean() }),
  z.object({ about: z.literal('consent'), agreed: z.boolean() }),
  z.object({ about: z.literal('verification'), branch: BranchName, sha256: Sha256, fixed: z.boolean() }),
])
export type Answer = z.infer<typeof Answer>

const intake = [
  fact('CaseOpened', {
    project: z.string(),
    source: z.enum(['mail', 'person']),
    publication: z.enum(['release', 'advisory', 'none']),
  }),
  fact('ReportAttached', {
    report: ReportId,
    reporter: ReporterId,
    identity: PersonalIdentity,
    message: MessageId,
    receivedAt: Instant,
    person: PersonId.optional(),
    answerable: z.boolean(),
  }),
  fact('MessageTakenIn', {
    message: MessageId,
    from: z.enum(['reporter', 'unverified', 'team']),
    report: ReportId.optional(),
    trust: MailTrust,
    automatic: z.boolean(),
  }),
  fact('MessageQuarantined', { message: MessageId, because: z.enum(['unparsable', 'too-large', 'parser-died']) }),
  fact('MessageSentOut', { report: ReportId, text: BlobId, sha256: Sha256 }),
  fact('ReporterAsked', { report: ReportId, about: z.array(z.enum(['credit', 'patch-offer', 'ai-use'])) }),
  fact('ReporterAnswered', { report: ReportId, answer: Answer, message: MessageId.optional() }),
  fact('AffectedBranchSet', {
    branch: BranchName,
    affected: z.boolean(),
    supported: z.boolean(),
    range: z.string().max(200).optional(),
    fixedVersion: z.string().max(60).optional(),
  }),
  fact('AdvisoryDrafted', {
    component: z.string().max(200),
    impact: z.string().max(2000),
    workaround: z.string().max(2000).optional(),
  }),
] as const

const reportManagement = [
  fact('CaseAcknowledged', { note: z.string().max(2000).optional() }),
  fact('CoordinatorSet', { person: PersonId }),
  fact('DispositionSet', { disposition: Disposition, reason: z.string().max(2000).optional() }),
  fact('SeverityRated', {
    severity: Severity,
    cvss3: z.string().max(200).optional(),
    cvss4: z.string().max(400).optional(),
  }),
  fact('WeaknessClassified', { cwe: z.string().regex(/^CWE-\d{1,5}$/) }),
  fact('CaseAccepted', {}),
  fact('CaseDeferred', { reason: z.string().max(2000).optional() }),
  fact('CaseClosed', { reason: z.string().max(2000).optional() }),
] as const

const people = [
  fact('PersonInvited', { person: PersonId, role: z.enum(['admin', 'team', 'maintainer', 'releaser', 'observer']) }),
  fact('StrangerNoticed', { platform: Platform, account: z.string().max(200) }),
] as const

const embargo = [
  fact('EmbargoProposed', { proposal: z.string(), by: z.enum(['standing', 'team', 'reporter']), end: Instant }),
  fact('EmbargoAccepted', { proposal: z.string(), by: z.enum(['team', 'reporter']), end: Instant }),
  fact('EmbargoRejected', { proposal: z.string() }),
  fact('EmbargoExited', { reason: ExitReason }),
] as const

const world = [
  fact('VendorAware', {}),
  fact('VulnerabilityPublic', {
    because: z.enum(['our-publication', 'signal']),
    link: z.string().max(2000).optional(),
  }),
] as const

const fix = [
  fact('PatchAssigned', { branches: z.array(BranchName).min(1), remediator: Remediator }),
  fact('PatchSubmitted', {
    branch: BranchName,
    sha256: Sha256,
    blob: BlobId,
    fileName: z.string().max(200),
    author: Remediator,
  }),
  fact('VerificationRequested', {
    branch: BranchName,
    sha256: Sha256,
    of: z.enum(['reporter', 'team']),
    report: ReportId.optional(),
    dueAt: Instant,
  }),
  fact('FixVerified', {
    branch: BranchName,
    sha256: Sha256,
    by: Remediator,
    message: MessageId.optional(),
    note: z.string().max(2000).optional(),
  }),
  fact('ChangesRequested', { branch: BranchName, sha256: Sha256, by: Remediator, reason: z.string().max(2000) }),
  fact('BranchWaived', {
    branch: BranchName,
    sha256: Sha256.optional(),
    kind: z.enum(['not-fixed', 'unverified']),
    reason: z.string().max(2000),
  }),
  fact('FixReady', {}),
  fact('FixWithdrawn', { branch: BranchName }),
  fact('ReleaseJoined', { release: ReleaseId }),
  fact('ReleaseLeft', { release: ReleaseId }),
] as const

const twoPeople = [
  fact('ApprovalRequested', {
    approval: ApprovalId,
    mode: z.enum(['second-person', 'second-look']),
    asked: z.string(),
    notBefore: Instant,
    digest: Sha256,
    shown: BlobId,
    by: PersonId,
  }),
  fact('ApprovalGiven', { approval: ApprovalId, by: PersonId }),
  fact('ApprovalRefused', { approval: ApprovalId, by: PersonId, reason: z.string().max(2000) }),
  fact('ApprovalVoided', { approval: ApprovalId, because: z.string().max(500) }),
] as const

const clocks = [
  fact('ReminderDue', { clock: z.string(), round: z.number().int(), fraction: z.number(), due: Instant }),
  fact('ClockBreached', { clock: z.string(), round: z.number().int(), due: Instant }),
] as const

/** What the outside answered; both kinds of stream record these. */
export const outside = [
  fact('ChannelOpened', { platform: Platform, channel: z.string(), name: z.string() }),
  fact('CardPlaced', { platform: Platform, slot: z.string(), channel: z.string(), message: z.string() }),
  fact('MailAccepted', { effect: EffectId, letter: z.string(), to: z.string(), messageId: z.string() }),
  fact('MailFailed', { effect: EffectId, letter: z.string(), to: z.string(), because: z.string().max(500) }),
  fact('MailBounced', { effect: EffectId, status: z.string().max(40) }),
  fact('EffectParked', {
    effect: EffectId,
    letter: z.string().optional(),
    to: z.string().optional(),
    doubt: z.boolean(),
    because: z.string().max(500),
  }),
  fact('DoubtSettled', { effect: EffectId, outcome: z.enum(['went', 'again']) }),
] as const

export const CaseEvent = z.discriminatedUnion('type', [
  ...intake,
  ...reportManagement,
  ...people,
  ...embargo,
  ...world,
  ...fix,
  ...twoPeople,
  ...clocks,
  ...outside,
])
export type CaseEvent = z.infer<typeof CaseEvent>

export { fact }
