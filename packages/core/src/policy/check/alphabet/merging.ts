import type { MergingRequest } from '../../../case/requests/merging.ts'
import type { InputsOf } from './inputs.ts'

/** What takes a second case is not played: the exploration has one. */
export const MERGING: InputsOf<MergingRequest> = { open: () => [], duplicate: () => [], split: () => [] }
