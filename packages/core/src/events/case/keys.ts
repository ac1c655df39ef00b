import { z } from 'zod'
import { ReportId } from '../../shared/ids.ts'
import { PersonalKey } from '../../shared/public-key.ts'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** Requests about the OpenPGP keys of reporters. */
export type KeysRequest =
  /**
   * Confirms a key after a person compared its fingerprint with the owner. `digits`: the last digits of the
   * fingerprint, as the owner read them out.
   */
  | { readonly verb: 'key.pin'; readonly case: CaseId; readonly report?: ReportId; readonly digits: string }
  /**
   * Replaces the known key by the changed key, after a person compared the fingerprint of the changed key with the
   * owner. `digits`: as in `key.pin`.
   */
  | { readonly verb: 'key.replace'; readonly case: CaseId; readonly report?: ReportId; readonly digits: string }
  | { readonly verb: 'key.forget'; readonly case: CaseId; readonly report?: ReportId }
  /** Allows unencrypted answers to a reporter who wrote encrypted and whose key is not known. */
  | { readonly verb: 'key.plain'; readonly case: CaseId; readonly report?: ReportId }

/** The set of roles that may make each request. */
export const keysRoles = {
  'key.pin': 'coordinate',
  'key.replace': 'coordinate',
  'key.forget': 'coordinate',
  'key.plain': 'coordinate',
} satisfies Record<KeysRequest['verb'], RoleSet>

/**
 * Events about the OpenPGP keys of reporters. A fingerprint identifies a person, as an address does, so it is recorded
 * only as personal data, which can be erased.
 */
export const keys = [
  /**
   * A mail brought the reporter's first key, or the known key with another expiry date or a revocation. Or the key is
   * known from an earlier case of the same address. `confirmed`: a person confirmed the key in the earlier case.
   */
  fact(
    'ReporterKeySeen',
    { report: ReportId, key: PersonalKey, confirmed: z.literal(true).exactOptional() },
    'neither',
  ),
  /** The reporter's mails brought no key, but the Web Key Directory of their mail domain has one. */
  fact('ReporterKeyFound', { report: ReportId, key: PersonalKey }, 'message'),
  /** A later mail brought a different key. The known key remains in use until a person decides. */
  fact('ReporterKeyChanged', { report: ReportId, key: PersonalKey }, 'message'),
  /**
   * A person checked the fingerprint of the known key with the reporter. A different key that came later is dismissed.
   */
  fact('ReporterKeyPinned', { report: ReportId }, 'message'),
  /** A person checked the fingerprint of the changed key with the reporter. This key replaces the known key. */
  fact('ReporterKeyReplaced', { report: ReportId }, 'message'),
  fact('ReporterKeyForgotten', { report: ReportId }, 'message'),
  fact('PlainAnswersAllowed', { report: ReportId }, 'message'),
] as const
export type KeysEvent = z.infer<(typeof keys)[number]>
