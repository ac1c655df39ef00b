import type { CaseId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { CaseState } from './state.ts'

export const initialCase = (id: CaseId, at: Instant): CaseState => ({
  kind: 'case',
  id,
  version: 0,
  project: '',
  openedAt: at,
  lastEventAt: at,
  round: 1,
  publication: 'release',
  rm: 'received',
  em: { is: 'none' },
  cs: {},
  signals: [],
  people: {},
  reports: [],
  messages: [],
  quarantined: [],
  branches: [],
  links: [],
  moved: [],
  releasesSoFar: 0,
  approvals: [],
  waivers: [],
  channels: {},
  parked: [],
  told: {},
})
