export { csafProviderFiles } from './documents/csaf-provider.ts'
export type { Rehearsal, RehearsedStep } from './documents/rehearsal.ts'
export { createEngine } from './create-engine.ts'
export type { EngineOptions } from './create-engine.ts'
export type { Engine, RunningEngine } from './engine.ts'
export type { Commands } from './commands/commands.ts'
export type { Queries } from './queries/queries.ts'
export type { Texts } from './texts/texts.ts'
export type { Domain, DomainClock } from './domain.ts'
export * from './ports/index.ts'

export { createChannelAccess } from './access/channel-access.ts'
export { createOutsidersAlert } from './access/outsiders-alert.ts'
export type { OutsidersNews } from './access/outsiders-alert.ts'
export { createTeamChannelWatch } from './access/team-channel-watch.ts'
export type { TeamChannelNews } from './access/team-channel-watch.ts'

export type { LinkClaim, LinkCode, LinkRequest, PendingLink } from './commands/account-links.ts'
export { caseNumber } from './commands/handle-command.ts'
export type { CommandResult, IrreversibleRequest, Preview } from './commands/command.ts'
export type { HeldMailDecision, HeldMailResult } from './commands/held-mails.ts'

export { createKeyedMutex } from './shared/keyed-mutex.ts'

export { createDispatcher } from './dispatch/dispatcher.ts'
export type { CrashPoint, Dispatcher, DispatcherOptions } from './dispatch/context.ts'

export { createChannelCapacityAlert } from './health/channel-capacity-alert.ts'
export type { ChannelCapacityNews } from './health/channel-capacity-alert.ts'
export { createKeyExpiry } from './health/key-expiry.ts'
export { createSecurityTxtExpiry } from './health/security-txt-expiry.ts'
export { createMailQuotaAlert } from './health/mail-quota-alert.ts'
export type { QuotaNews } from './health/mail-quota-alert.ts'
export { createMailReviewAlert } from './health/mail-review-alert.ts'
export type { HeldCount, SetAsideCount } from './health/mail-review-alert.ts'
export { Outages } from './health/outages.ts'
export type { Outage } from './health/outages.ts'
export { createOutagesAlert } from './health/outages-alert.ts'
export type { OutageNews } from './health/outages-alert.ts'
export { StalledClocks } from './health/stalled-clocks.ts'
export { createStalledClocksAlert } from './health/stalled-clocks-alert.ts'
export type { StalledClocksNews } from './health/stalled-clocks-alert.ts'

export { createUnreadMailAlert } from './health/unread-mail-alert.ts'
export type { UnreadMailNews } from './health/unread-mail-alert.ts'

export { createCheckAgain } from './intake/check-again.ts'
export { createIntake } from './intake/intake.ts'
export type { Intake } from './intake/intake.ts'
export { createPrivateReports } from './intake/private-reports.ts'
export type { ConnectedRepository, PrivateReports } from './intake/private-reports.ts'
export { createMailQuota } from './intake/mail-quota.ts'
export { practiceAddress } from './intake/practice-address.ts'
export { createCanary } from './test-mail/canary.ts'
export { findTestMail, sendTestMail } from './test-mail/test-mail.ts'
export type { ReturnedTest, SentTest } from './test-mail/test-mail.ts'
export type { MailQuota, QuotaReason, QuotaSender } from './intake/mail-quota.ts'

export {
  confirmProjectKey,
  createProjectKey,
  extendProjectKey,
  importProjectKey,
  projectKeys,
  publishedKeys,
} from './keys/project-keys.ts'
export { createKeyLookup, findKey } from './keys/key-lookup.ts'
export type { FoundKey } from './keys/key-lookup.ts'
export { pinKeys } from './keys/pinned-keys.ts'
export type { PinnedKeyProblem } from './keys/pinned-keys.ts'
export type { CreatedKey, ExtendedKey, ImportedKey, ProjectKey } from './keys/project-keys.ts'

export type { CveCheck, UnusedCves } from './queries/cve-ids.ts'
export type { HeldMail, HeldMails } from './queries/held-mails.ts'

export { rebuildReadModels } from './projections/rebuild.ts'

export { createCallWatch } from './scheduler/call-watch.ts'
export { createCardWatch } from './scheduler/card-watch.ts'
export { createDigest } from './scheduler/digest.ts'
export { createScheduler } from './scheduler/scheduler.ts'
export type { Scheduler } from './scheduler/scheduler.ts'

export { connectionFailure } from './shared/connection-failure.ts'
export { skipDamaged } from './shared/damage.ts'
export { EngineError } from './shared/engine-error.ts'
export type { EngineErrorCode } from './shared/engine-error.ts'
export { realSleep } from './shared/signal.ts'
export type { Sleep } from './shared/signal.ts'

export { RECORD_FORMATS, RELEASE_TEXTS, securityMd, securityTxt, securityTxtExpires } from '@embargo/documents'
export type { FactSource, MissingFact, RecordFormat, ReleaseText } from '@embargo/documents'
export type { FormatGap } from './texts/record.ts'
export type { Rating } from './texts/rating.ts'
export type { CaseDocument } from './texts/record.ts'
export type { Weakness } from './texts/weakness.ts'
