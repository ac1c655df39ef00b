import type { CourseRequest } from '../../../case/requests/course.ts'
import type { InputsOf } from './inputs.ts'

/**
 * Questions, pauses and letters change no rule of the machines. A new round comes to the same places as the first, so
 * that it is not played again.
 */
export const COURSE: InputsOf<CourseRequest> = {
  ask: () => [],
  defer: () => [],
  reopen: () => [],
  update: () => [],
  wait: () => [],
  publication: () => [],
}
