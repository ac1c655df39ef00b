import type { CveRequest } from '../../../case/requests/cve.ts'
import { CASE } from '../arena.ts'
import type { InputsOf } from './inputs.ts'

/** Only whether an id is asked for is a rule; what it is and where its record stands changes texts alone. */
export const CVE: InputsOf<CveRequest> = {
  'cve-request': ({ project }) => (project.cve === 'none' ? [] : [{ verb: 'cve-request', case: CASE }]),
  'cve-set': () => [],
  'cve-publish': () => [],
  'cve-reject': () => [],
}
