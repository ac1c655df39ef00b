import { BlobId, previewCommand, Sha256 } from '@embargo/core'
import type {
  ApprovedDocument,
  ApprovedMail,
  CaseState,
  Instant,
  Policy,
  Rendering,
  PendingCommand,
  World,
} from '@embargo/core'
import { fingerprint } from './fingerprint.ts'

const BLOB = BlobId.parse('shown')
const digestCache = new Map<string, Sha256>()

/**
 * Stands in for the engine's preview of a command that takes two people. Two previews have different digests exactly if
 * they differ in the texts, the patches, the credit, the command's announcements or its mails.
 */
export function previewOf(policy: Policy, world: World, request: PendingCommand, at: Instant): Required<Rendering> {
  const { shown: _shown, ...plainRequest } = { shown: undefined, ...request }
  const preview = previewCommand(policy, world, request, at)
  const planned = preview === undefined || 'gate' in preview ? undefined : preview
  const words = wordsOf(world)
  const mails = (planned?.mails ?? []).map(({ letter, to }): ApprovedMail => ({ letter, to, words }))
  const documents = (planned?.documents ?? []).map((one): ApprovedDocument => ({ ...one, words }))
  // A pending command can have more fields than its request, and in another order. So the fields are sorted.
  const fields = Object.entries(planned?.waiting ?? plainRequest).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const digest = hashOf([fields, planned?.sentences, mails, documents, words])
  const { case: state, release } = world
  if (!PREVIEWS.has(digest))
    PREVIEWS.set(digest, { sentences: planned?.sentences ?? [], mails, state, at: release?.at })
  return { digest, blob: BLOB, now: digest, mails, documents }
}

/** The content of a preview, as the engine stores it under its digest. */
export type PreviewContent = {
  readonly sentences: readonly string[]
  readonly mails: readonly ApprovedMail[]
  readonly state: CaseState | undefined
  /** The date of the release. */
  readonly at: Instant | undefined
}

const PREVIEWS = new Map<Sha256, PreviewContent>()

export const previewContent = (digest: Sha256): PreviewContent | undefined => PREVIEWS.get(digest)

const words = new WeakMap<World, Sha256>()

function wordsOf(world: World): Sha256 {
  const known = words.get(world)
  if (known !== undefined) return known
  const { case: state, release } = world
  const fresh = hashOf([
    state?.advisory,
    state?.severity,
    state?.reports.map((report) => [report.id, report.credit]),
    state?.branches.map(({ name, affected, fix }) => [
      name,
      affected,
      fix !== undefined && 'sha256' in fix && fix.sha256,
    ]),
    release?.at,
  ])
  words.set(world, fresh)
  return fresh
}

export function hashOf(content: unknown): Sha256 {
  const text = JSON.stringify(content)
  const digest = digestCache.get(text) ?? Sha256.parse(fingerprint(text).map(hex).join('').padEnd(64, '0'))
  digestCache.set(text, digest)
  return digest
}

const hex = (part: number): string => part.toString(16).padStart(8, '0')
