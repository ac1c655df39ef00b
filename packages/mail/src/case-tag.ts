import { createHash } from 'node:crypto'
import { CaseId, ReportId } from '@embargo/core'
import { base32 } from './base32.ts'

/**
 * Says which case a mail is about. If the mail belongs to one report, recipient or other vendor of the case, the tag
 * also says which.
 */
export type CaseTag = {
  readonly case: CaseId
  readonly report?: ReportId
  /** The mark of a recipient of a pre-notification. */
  readonly recipient?: RecipientMark
  /** The mark of a vendor to whom a report was forwarded. */
  readonly vendor?: VendorMark
}

/** Identifies a recipient in an address. The id of a recipient would be too long for that. */
export type RecipientMark = `k${string}`

/** Identifies another vendor in our reply address without showing the vendor's address. */
export type VendorMark = `v${string}`

/**
 * How many characters the mark of a recipient or vendor has. Its 65 bits are enough to tell the marks of one case
 * apart. A mark need not be secret, because the mac keeps strangers out.
 */
const MARK_CHARACTERS = 13

const REPORT = /^r\d{1,6}$/u
const RECIPIENT = new RegExp(`^k[a-z2-7]{${MARK_CHARACTERS}}$`, 'u')
const VENDOR = new RegExp(`^v[a-z2-7]{${MARK_CHARACTERS}}$`, 'u')

const isRecipient = (text: string): text is RecipientMark => RECIPIENT.test(text)
const isVendor = (text: string): text is VendorMark => VENDOR.test(text)

/** Makes the mark of a recipient, which is the same in every case and at every time. */
export function recipientMark({ list, recipient }: { list: string; recipient: string }): RecipientMark {
  return `k${markOf(`${list}/${recipient}`)}`
}

/** Makes the mark of a vendor's address, which is the same in every case and at every time. */
export function vendorMark(address: string): VendorMark {
  return `v${markOf(address.toLowerCase())}`
}

const markOf = (text: string): string => base32(createHash('sha256').update(text).digest()).slice(0, MARK_CHARACTERS)

/**
 * Writes `sec-2026-0042.r1` for a report, or `sec-2026-0042` for the case alone. The mark of a recipient or vendor
 * takes the place of `r1`. The text is in lower case, because mail servers may change the case of a local part.
 */
export function writeCaseTag(tag: CaseTag): string {
  const about = tag.recipient ?? tag.vendor ?? tag.report?.slice(tag.case.length + 1)
  return (about === undefined ? tag.case : `${tag.case}.${about}`).toLowerCase()
}

/** Reads the output of `writeCaseTag`, in upper or lower case. Undefined for any other text. */
export function readCaseTag(text: string): CaseTag | undefined {
  const [number = '', about, ...rest] = text.toLowerCase().split('.')
  const found = CaseId.safeParse(number.toUpperCase())
  if (!found.success || rest.length > 0) return undefined
  if (about === undefined) return { case: found.data }
  if (isRecipient(about)) return { case: found.data, recipient: about }
  if (isVendor(about)) return { case: found.data, vendor: about }
  if (!REPORT.test(about)) return undefined
  return { case: found.data, report: ReportId.parse(`${found.data}/${about}`) }
}
