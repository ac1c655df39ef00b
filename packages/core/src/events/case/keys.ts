import type { z } from 'zod'
import { ReportId } from '../../shared/ids.ts'
import { PersonalKey } from '../../shared/public-key.ts'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** Requests about the OpenPGP keys of reporters. `case` is always the case for whose channel or number it was typed. */
export type KeysRequest =
  /** A person compared the key with its owner. `digits`: the last digits of its fingerprint, as they were read to them. */
  | { readonly verb: 'key.pin'; readonly case: CaseId; readonly report?: ReportId; readonly digits: string }
  /** The changed key takes the place of the one before; its digits are compared in the same way. */
  | { readonly verb: 'key.replace'; readonly case: CaseId; readonly report?: ReportId; readonly digits: string }
  | { readonly verb: 'key.forget'; readonly case: CaseId; readonly report?: ReportId }
  /** A reporter who wrote encrypted, and whose key is not known, is answered unencrypted. */
  | { readonly verb: 'key.plain'; readonly case: CaseId; readonly report?: ReportId }

/** Who may make each of them. */
export const keysRoles = {
  'key.pin': 'coordinate',
  'key.replace': 'coordinate',
  'key.forget': 'coordinate',
  'key.plain': 'coordinate',
} satisfies Record<KeysRequest['verb'], RoleSet>

/**
 * The OpenPGP keys of reporters. A fingerprint names a person as an address does, so it is in personal data alone, which can
 * be erased.
 */
export const keys = [
  /** It came with a mail of theirs: the first one, or the same with a new end or revoked. */
  fact('ReporterKeySeen', { report: ReportId, key: PersonalKey }, 'neither'),
  /** Another key came with a later mail. It replaces nothing. */
  fact('ReporterKeyChanged', { report: ReportId, key: PersonalKey }, 'message'),
  /** A person compared the key with its owner. Another one that came later is dismissed. */
  fact('ReporterKeyPinned', { report: ReportId }, 'message'),
  /** The changed key is theirs, and was compared. */
  fact('ReporterKeyReplaced', { report: ReportId }, 'message'),
  fact('ReporterKeyForgotten', { report: ReportId }, 'message'),
  fact('PlainAnswersAllowed', { report: ReportId }, 'message'),
] as const
export type KeysEvent = z.infer<(typeof keys)[number]>
