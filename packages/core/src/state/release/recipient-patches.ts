import { branchesToFix } from '../stage.ts'
import type { Branch } from '../fix/state.ts'
import type { CaseState } from '../state.ts'
import { statedTexts } from '../stated-texts.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ReleaseId, Sha256 } from '../../shared/ids.ts'
import { toldOf } from './holders.ts'
import type { ReleaseState } from './state.ts'

type Patch = { readonly branch: string; readonly sha256: Sha256 }

/** The current patches of a case. */
const patchesOf = (state: CaseState): readonly Patch[] =>
  branchesToFix(state).flatMap(({ name, fix }) =>
    fix === undefined || fix.is === 'assigned' ? [] : [{ branch: name, sha256: fix.sha256 }],
  )

type NoticeText = { readonly name: string; readonly text: string }

/**
 * The texts that people wrote and that a notice to recipients contains. A notice contains none of the links that people
 * added.
 */
const statedInNotice = (state: CaseState): readonly NoticeText[] =>
  statedTexts(state)
    .filter(({ name, verb }) => (verb === 'advisory' && name !== 'link') || verb === 'triage.affects')
    .map(({ name, text }) => ({ name, text }))

const BRANCHES = 'affected branches'

/**
 * What a notice to recipients says about a case. The CVSS vectors are included, but the severity (`critical` to `low`)
 * is left out, because each change of the severity has its own mail.
 */
const noticeTexts = (state: CaseState): readonly NoticeText[] => [
  ...statedInNotice(state),
  ...[state.cvss4, state.cvss3].flatMap((text) => (text === undefined ? [] : [{ name: 'vector', text }])),
  ...(state.cwe === undefined ? [] : [{ name: 'weakness', text: state.cwe }]),
  { name: BRANCHES, text: JSON.stringify(state.branches.filter(({ affected }) => affected).map(affectedParts)) },
]

/** The name of an affected branch, and the names of the packages in it that are not affected. */
const affectedParts = ({ name, packages = [] }: Branch): readonly string[] => [
  name,
  ...packages.filter(({ affected }) => !affected).map((one) => one.package),
]

/** The event that records which patches and texts of a case recipients now have. */
export const heldPatches = (state: CaseState, release: ReleaseId): CaseEvent => ({
  type: 'CasePrenotified',
  release,
  patches: patchesOf(state),
  texts: noticeTexts(state),
})

/** The branches whose current patch the recipients of a release do not have. */
export const changedPatches = (state: CaseState, release: ReleaseState): readonly string[] =>
  (toldOf(release, state).length === 0 ? [] : patchesOf(state))
    .filter(({ branch, sha256 }) => !state.held?.some((one) => one.branch === branch && one.sha256 === sha256))
    .map(({ branch }) => branch)

/** The names of the texts that recipients of a release have read and that have changed since. */
export const changedTexts = (state: CaseState, release: ReleaseState): readonly string[] =>
  toldOf(release, state).length === 0 ? [] : outdatedTexts(state)

/** The names of the texts that have changed since the recipients of the last pre-notification got them. */
export function outdatedTexts(state: CaseState): readonly string[] {
  const { heldTexts: before } = state
  if (before === undefined) return []
  // An older version of Embargo recorded only the texts that people wrote. If that version made the record, only such
  // texts can be compared.
  const isShort = !before.some(({ name }) => name === BRANCHES)
  const now = isShort ? statedInNotice(state) : noticeTexts(state)
  const names = new Set([...now, ...before].map(({ name }) => name))
  return [...names].filter((name) => textsCalled(now, name) !== textsCalled(before, name))
}

/** All texts with this name. Several texts can share a name, such as the versions of one branch. */
const textsCalled = (texts: readonly NoticeText[], called: string): string =>
  JSON.stringify(texts.filter(({ name }) => name === called).map(({ text }) => text))
