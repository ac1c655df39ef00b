import { CveId } from '@embargo/core'
import type { CveRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import type { InputsOf } from './inputs-by-verb.ts'

/** Two ids: rules ask whether a case has one, and whether it is this one. */
const IDS = ['CVE-1900-0001', 'CVE-1900-0002'].map((id) => CveId.parse(id))

const link = 'https://example.org/record'

export const CVE: InputsOf<CveRequest> = {
  'cve.request': () => [{ verb: 'cve.request', case: CASE }],
  'cve.set': () => IDS.map((cve) => ({ verb: 'cve.set', case: CASE, cve })),
  'cve.published': () => [{ verb: 'cve.published', case: CASE, link }],
  'cve.reject': () => [{ verb: 'cve.reject', case: CASE, reason: 'because' }],
}
