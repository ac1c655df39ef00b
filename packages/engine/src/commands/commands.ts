import type { BlobId, CaseId, Command, Instant, Refusal, Sha256, StreamId } from '@embargo/core'
import type { Deps } from '../deps.ts'
import { versionWarnings } from '../documents/absent-versions.ts'
import { missingVersions } from '../documents/missing-versions.ts'
import type { MissingVersions } from '../documents/missing-versions.ts'
import { rehearse } from '../documents/rehearsal.ts'
import type { Rehearsal } from '../documents/rehearsal.ts'
import { askLink, claimLink } from './account-links.ts'
import type { LinkClaim, LinkCode, LinkRequest } from './account-links.ts'
import type { CommandResult, IrreversibleRequest, Preview } from './command.ts'
import { decideHeld } from './held-mails.ts'
import type { HeldMailDecision, HeldMailResult } from './held-mails.ts'
import { createLinkAttempts } from './link-attempts.ts'
import { previewMail } from './preview-mail.ts'
import type { MailPreview } from './preview-mail.ts'

/** The commands of the engine, and previews of what they would change. */
export type Commands = {
  /**
   * Decides the command, appends its events and enqueues their effects. All of this is durable when the promise
   * resolves. Idempotent by command id.
   */
  handle(command: Command): Promise<CommandResult>
  /**
   * Shows what a command that needs two people would do now, without doing it. For `approve`, shows what the waiting
   * command would do. The caller puts `{digest, blob}` into the request's `shown`.
   */
  preview(request: IrreversibleRequest, at: Instant): Promise<Preview | Refusal>
  /** For a command that a single person confirms: what that person should know about its mails before they are sent. */
  previewMail(command: Command): Promise<MailPreview | Refusal>
  /** Carries out a publication of the case as it would happen now, but at test targets. Nothing is sent or recorded. */
  rehearse(theCase: CaseId): Promise<Rehearsal | undefined>
  /**
   * Looks for the fixed versions of the case in the registries. Versions that are not found there are looked for at the
   * link that a person gave. Returns the versions that are not public; undefined if there is nothing to look for, or no
   * way to look.
   */
  missingVersions(theCase: CaseId, link: string): Promise<MissingVersions | undefined>
  /** Stores a text or a file of a case, so a request can refer to it. */
  putBlob(stream: StreamId, bytes: Uint8Array): Promise<{ readonly blob: BlobId; readonly sha256: Sha256 }>
  /** A code for linking another account of the caller. Only the caller may see it. */
  askLink(request: LinkRequest): Promise<LinkCode>
  claimLink(request: LinkRequest & { readonly code: string }): Promise<LinkClaim>
  decideHeld(decision: HeldMailDecision): Promise<HeldMailResult>
}

export function createCommands(deps: Deps): Commands {
  const attempts = createLinkAttempts()
  return {
    handle: (command) => deps.handle(command),
    async preview(request, at) {
      const shown = await deps.preview(request, at)
      if ('gate' in shown) return shown
      const warnings = await versionWarnings(deps, request, { at })
      return warnings.length === 0 ? shown : { ...shown, warnings }
    },
    previewMail: (command) => previewMail(deps, command),
    rehearse: (theCase) => rehearse(deps, theCase),
    missingVersions: (theCase, link) => missingVersions(deps, theCase, link),
    putBlob: (stream, bytes) => deps.blobs.put(stream, bytes),
    askLink: (request) => askLink(deps, request),
    claimLink: (request) => claimLink(deps, attempts, request),
    decideHeld: (decision) => decideHeld(deps, decision),
  }
}
